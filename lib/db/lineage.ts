import "server-only";
import { eq } from "drizzle-orm";
import { store } from "./client";
import { runs } from "./schema";

/** A part of a run's journal that stands under the id of the run that wrote it; both ends included. */
export type JournalPart = { runId: string; from: number; to: number };

const END = Number.MAX_SAFE_INTEGER;
/** Forks of forks deeper than this are taken for a circle. */
const DEEPEST = 1000;

/**
 * Where the events of a run are: its own first one, its parent's up to the fork, then its own. A fork shares its past
 * by reference; nothing is copied until the parent is deleted.
 */
export function lineageOf(runId: string): JournalPart[] {
	const parts: JournalPart[] = [];
	let id = runId;
	let to = END;
	for (let depth = 0; depth < DEEPEST; depth++) {
		const parent = parentOf(id);
		const from = parent ? parent.seq + 1 : 2;
		if (from <= to) parts.unshift({ runId: id, from, to });
		if (!parent) break;
		to = Math.min(to, parent.seq);
		id = parent.runId;
	}
	return [{ runId, from: 1, to: 1 }, ...parts];
}

function parentOf(runId: string): { runId: string; seq: number } | undefined {
	const row = store()
		.select({ parentId: runs.parentId, parentSeq: runs.parentSeq })
		.from(runs)
		.where(eq(runs.id, runId))
		.get();
	return row?.parentId && row.parentSeq !== null ? { runId: row.parentId, seq: row.parentSeq } : undefined;
}

/** The part that holds one event of a run. */
export const journalPartOf = (runId: string, seq: number): JournalPart | undefined =>
	lineageOf(runId).find(({ from, to }) => seq >= from && seq <= to);
