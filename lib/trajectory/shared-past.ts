import type { Row } from "./row";

/** What a fork shares with its parent: rows, and the calls among them that count. */
export type SharedPast = { rows: number; calls: number };

/**
 * How many rows, from the first, a forked run shares with its parent whole; `cut` is the last event they share. A row
 * that the fork ends otherwise, by an edited reply or result, is its own.
 */
export function sharedPast(rows: readonly Row[], cut: number): number {
	const own = rows.findIndex((row) => endOf(row) > cut);
	return own < 0 ? rows.length : own;
}

/** The event that settled a row; infinite while none has. */
function endOf(row: Row): number {
	if (row.kind === "open") return Number.POSITIVE_INFINITY;
	if (row.kind === "reply") return row.replySeq ?? row.key;
	if (row.kind === "call" && !row.rolledBack) return row.resultSeq ?? Number.POSITIVE_INFINITY;
	return Math.floor(row.key);
}
