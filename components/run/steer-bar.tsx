"use client";
import { lazy } from "react";
import { InBrowser } from "@/components/ui/in-browser";
import { useNewest } from "./use-run";

const SteerForm = lazy(async () => ({ default: (await import("./steer-form")).SteerForm }));

/** Where a person steers a run, as long as it goes on. */
export function SteerBar() {
	const { state } = useNewest();
	if (state === "ended") return;
	return (
		<InBrowser place={<div className="h-[57px] border-t border-line" />}>
			<SteerForm />
		</InBrowser>
	);
}
