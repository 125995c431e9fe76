import type { RunSummary } from "@/lib/trajectory/packet";

export type RunsFilter = { search: string; state: string };
/** The newest runs of a filter; `matching` of them exist, among `total` runs of which `going` run now. */
export type RunsPage = { runs: RunSummary[]; matching: number; total: number; going: number };
/** `before` is the birth of the last run that is known; without it the newest runs come. */
export type LoadRuns = (query: RunsFilter & { before?: number; limit: number }) => Promise<RunsPage>;

const MOST = 500;

/** How many of the newest runs must be looked at again so that none that goes on is passed over. */
export function refreshLimit(runs: readonly RunSummary[], size: number): number {
	const last = runs.findLastIndex(({ state }) => state !== "ended");
	return Math.min(MOST, Math.max(size, last + 1));
}

/** The newest runs as they are now, and behind them those of the old list that are older than what was looked at. */
export function refreshed(old: RunsPage, fresh: RunsPage, limit: number): RunsPage {
	const end = fresh.runs.at(-1);
	if (!end || fresh.runs.length < limit) return fresh;
	return { ...fresh, runs: [...fresh.runs, ...old.runs.filter(({ createdAt }) => createdAt < end.createdAt)] };
}
