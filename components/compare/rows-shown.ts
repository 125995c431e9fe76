import type { Both } from "@/lib/trajectory/align";
import type { CallBrief, RowBrief } from "./brief";

export type RowsFilter = "around" | "all" | "differences" | "wasted";

/** What the list draws: a row by its place, the place where the runs part, or rows that are left out. */
export type ListItem =
	| { kind: "row"; row: number }
	| { kind: "divergence" }
	| { kind: "fold"; from: number; to: number; counts: FoldCounts };
export type FoldCounts = { n: number; same: number; alike: number; onlyA: number; onlyB: number };

const BEFORE = 4;
const BEHIND = 10;

type Aligned = { rows: readonly RowBrief[]; calls: Both<readonly CallBrief[]> };

/** Where the reader starts when nothing divides the runs. */
export const isShort = (rows: readonly RowBrief[]): boolean => rows.length <= BEFORE + BEHIND + 4;

/** Items of the list under a filter; `part` is the row before which the runs part, undefined when they do not. */
export function itemsOf({ rows, calls }: Aligned, filter: RowsFilter, part: number | undefined): ListItem[] {
	const middle = Math.min(part ?? 0, rows.length);
	const from = filter === "around" ? Math.max(0, middle - BEFORE) : 0;
	const to = filter === "around" ? Math.min(rows.length, middle + BEHIND) : rows.length;
	const items: ListItem[] = [];
	if (from > 0) items.push(fold(rows, 0, from));
	for (let row = from; row < to; row++) {
		if (row === part) items.push({ kind: "divergence" });
		if (passes(rows[row], calls, filter)) items.push({ kind: "row", row });
	}
	if (part !== undefined && part >= to) items.push({ kind: "divergence" });
	if (to < rows.length) items.push(fold(rows, to, rows.length));
	return items;
}

function passes(row: RowBrief | undefined, calls: Aligned["calls"], filter: RowsFilter): boolean {
	if (!row) return false;
	const [a, b] = row;
	if (filter === "differences") return a < 0 || b < 0;
	return filter !== "wasted" || calls.a[a]?.waste !== undefined || calls.b[b]?.waste !== undefined;
}

function fold(rows: readonly RowBrief[], from: number, to: number): ListItem {
	const counts = { n: to - from, same: 0, alike: 0, onlyA: 0, onlyB: 0 };
	for (const [a, b, relation] of rows.slice(from, to)) {
		if (b < 0) counts.onlyA++;
		else if (a < 0) counts.onlyB++;
		else if (relation === "alike" || relation === "evidence") counts.alike++;
		else counts.same++;
	}
	return { kind: "fold", from, to, counts };
}
