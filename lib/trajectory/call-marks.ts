import { type Deed, deedOf } from "./deed";
import type { ToolCall } from "./event";
import { type CallRow, isKeptCall, type Row } from "./row";

/** What a kept call repeats (numbers of the earlier call), and whether it brought a source that none before it had. */
export type CallMarks = { newSource: boolean; duplicateOf?: number; refetchOf?: number };

/** Marks of the kept calls by row index. A duplicate asks the same again; a refetch opens the same part of a page again. */
export function callMarks(rows: readonly Row[]): Map<number, CallMarks> {
	const marks = new Map<number, CallMarks>();
	const asked = new Map<string, number>();
	rows.forEach((row, index) => {
		if (!isKeptCall(row)) return;
		const { key, kind } = knownDeed(row);
		const before = asked.get(key);
		marks.set(index, {
			newSource: row.sources.some(({ firstSeen }) => firstSeen),
			...(before !== undefined && (kind === "read" ? { refetchOf: before } : { duplicateOf: before })),
		});
		if (before === undefined && row.status !== "error") asked.set(key, row.n);
	});
	return marks;
}

/** Of a call's deed, only what its arguments say: its row may change, its arguments do not. */
const known = new WeakMap<ToolCall, Pick<Deed, "key" | "kind">>();

function knownDeed(row: CallRow): Pick<Deed, "key" | "kind"> {
	const before = known.get(row.call);
	if (before) return before;
	const { key, kind } = deedOf(row);
	known.set(row.call, { key, kind });
	return { key, kind };
}
