import type { RunSummary } from "../trajectory/packet";

/** The cached columns of a summary: all but identity, birth and descent, which are set once. */
export function cacheOf(summary: RunSummary) {
	const { id: _, createdAt: __, parent: ___, spawnedBy: ____, outcome, endedAt, label, ...facts } = summary;
	return { ...facts, outcome: outcome ?? null, endedAt: endedAt ?? null, label: label ?? null };
}
