import type { RunSummary } from "@/lib/trajectory/packet";

const STEPS = [25, 50, 100, 300, 600, 1000, 5000, 10_000, 50_000];

/** Calls that the lines of one list share as their full width: the next round number that holds the deepest budget. */
export function scaleOf(runs: readonly Pick<RunSummary, "budget" | "calls">[]): number {
	const deepest = Math.max(1, ...runs.map(({ budget, calls }) => Math.max(budget, calls)));
	return STEPS.find((step) => step >= deepest) ?? deepest;
}
