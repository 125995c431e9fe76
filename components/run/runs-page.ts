import type { RunSummary } from "@/lib/trajectory/packet";

/** `marks`: judged so, or with notes. Archived runs stand apart. */
export type RunsFilter = {
	search: string;
	state: string;
	tag?: string;
	marks?: RunMarks;
	archived?: boolean;
};
export const RUN_MARKS = ["good", "bad", "noted"] as const;
export type RunMarks = (typeof RUN_MARKS)[number];

/** What an address says of a list; what it does not understand is left out. */
export function filterOf(query: Record<string, string | string[] | undefined>): RunsFilter {
	const text = (name: string, most: number) => {
		const value = query[name];
		return typeof value === "string" ? value.slice(0, most) : "";
	};
	const tag = text("tag", 40);
	const marks = RUN_MARKS.find((known) => known === query.marks);
	return {
		search: text("q", 500),
		state: text("state", 40),
		...(tag && { tag }),
		...(marks && { marks }),
		...(query.archived === "1" && { archived: true }),
	};
}

/** The address of a list; the plain one when nothing is filtered. */
export function addressOf({ search, state, tag, marks, archived }: RunsFilter): `/runs?${string}` | "/runs" {
	const query = new URLSearchParams();
	if (search) query.set("q", search);
	if (state && state !== "any") query.set("state", state);
	if (tag) query.set("tag", tag);
	if (marks) query.set("marks", marks);
	if (archived) query.set("archived", "1");
	return query.size > 0 ? `/runs?${query}` : "/runs";
}

/** The newest runs of a filter; `matching` of them exist, among `total` not archived ones of which `going` run now. */
export type RunsPage = { runs: RunSummary[]; matching: number; total: number; going: number };
/** A tag in use, and how many runs carry it. */
export type TagCount = { tag: string; runs: number };
/** `before` is the birth of the last run that is known; without it the newest runs come. */
export type LoadRuns = (query: RunsFilter & { before?: number; limit: number }) => Promise<RunsPage>;

/** As many runs as the server gives at once. */
export const MOST = 500;

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
