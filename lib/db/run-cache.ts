import type { RunSummary } from "../trajectory/packet";

/** The cached columns of a summary: all but identity and birth. */
export function cacheOf(summary: RunSummary) {
	const { id: _, createdAt: __, outcome, endedAt, ...facts } = summary;
	return { ...facts, outcome: outcome ?? null, endedAt: endedAt ?? null };
}
