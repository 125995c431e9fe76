"use client";
import { lazy, Suspense } from "react";
import { useNewest } from "./use-run";

const SteerForm = lazy(async () => ({ default: (await import("./steer-form")).SteerForm }));

/** Where a person steers a run, as long as it goes on. */
export function SteerBar() {
	const { state } = useNewest();
	return (
		<Suspense fallback={<div className="h-[57px] border-t border-line" />}>
			{state !== "ended" && <SteerForm />}
		</Suspense>
	);
}
