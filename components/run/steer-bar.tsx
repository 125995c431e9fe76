"use client";
import { lazy, Suspense } from "react";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { useNewest } from "./use-run";

const SteerForm = lazy(async () => ({ default: (await import("./steer-form")).SteerForm }));

/** Where a person steers a run, as long as it goes on. The server draws no form: what is typed before its code is here would be lost. */
export function SteerBar() {
	const { state } = useNewest();
	const isInBrowser = useInBrowser();
	if (state === "ended") return;
	const place = <div className="h-[57px] border-t border-line" />;
	return isInBrowser ? (
		<Suspense fallback={place}>
			<SteerForm />
		</Suspense>
	) : (
		place
	);
}
