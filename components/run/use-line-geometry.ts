"use client";
import { useMemo } from "react";
import { type LineGeometry, lineGeometry } from "@/lib/trajectory/line-geometry";
import { useDepth } from "./use-line";
import { useNewest } from "./use-run";

/** What a drawing of the run's depth needs. */
export function useLine(length: number): { line: LineGeometry; calls: number; budget: number } {
	const { version } = useNewest();
	const { calls, budget, marks } = useDepth(length);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the marks grow in place; `version` says when.
	const line = useMemo(() => lineGeometry(marks, { calls, budget, length }), [marks, calls, budget, length, version]);
	return { line, calls, budget };
}
