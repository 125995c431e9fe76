"use client";
import { useMemo } from "react";
import { useRunView } from "@/components/run/use-run";
import { type Report, reportOf } from "@/lib/trajectory/report";

/** The report of the run, made once for each answer. */
export function useReport(): Report | undefined {
	const { view } = useRunView();
	const { answer } = view;
	// biome-ignore lint/correctness/useExhaustiveDependencies: an answer is made of what was opened before it.
	return useMemo(() => reportOf(view), [view, answer]);
}
