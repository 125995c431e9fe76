import "server-only";
import type { RedactionRules } from "../trajectory/redact";
import type { Paper, PaperWords } from "./paper";
import { type ShareRefusal, takeBareSnapshot, takeSnapshot } from "./share";

/** Nothing is taken out of what its owner takes along. */
const NONE: RedactionRules = { kinds: [], words: [] };

/**
 * A run as its owner takes it along, nothing taken out; with `pages`, also the cited pages as they were read. Refused
 * while there is no answer.
 */
export async function readPaper(
	runId: string,
	words: PaperWords,
	pages: boolean,
): Promise<{ ok: true; paper: Paper } | ShareRefusal> {
	const take = pages ? takeSnapshot : takeBareSnapshot;
	const taken = await take(runId, { scope: "sources", rules: NONE });
	if (!taken.ok) return taken;
	const { snapshot, parts } = taken;
	if (!snapshot.report) return { ok: false, why: "noReport" };
	return { ok: true, paper: { words, snapshot, parts } };
}
