import { isKeptCall, type KeptCall, type Row } from "@/lib/trajectory/row";
import type { SharedPast } from "@/lib/trajectory/shared-past";

/** Rows that stand together: what a fork shares with its parent, one attempt of several, calls of a tool in a row. */
export type RowGroup = { indices: readonly number[] } & (
	| { kind: "past"; calls: number }
	| { kind: "attempt"; attempt: number; calls: number }
	| { kind: "tool"; name: string; from: number; to: number }
);

/** A place in the list: a row, or the head of a group, whose rows follow when it is open. */
export type RowItem = { index: number; group?: RowGroup; isOpen?: boolean };

/** Fewer calls than this are not worth a group. */
const LEAST = 3;

type Folding = {
	/** Groups that were opened, by the index of their first row. */
	opened: ReadonlySet<number>;
	/** A row that must be seen: its group is open. */
	cursor: number | undefined;
};

type Listing = Folding & {
	/** Rows at the beginning that are shared with the run this one was forked from. */
	past: number;
	isPastOpen: boolean;
	isGrouped: boolean;
};

/**
 * The rows as they are listed: the shared past behind one head, as long as something of the run's own is shown with it;
 * attempts and tools folded when `isGrouped`. Linear in the rows.
 */
export function listRows(rows: readonly Row[], shown: readonly number[] | undefined, listing: Listing): RowItem[] {
	const { past, isPastOpen, isGrouped, ...folding } = listing;
	const all = shown ?? rows.map((_, index) => index);
	const inside = (part: readonly number[]) =>
		isGrouped ? foldRows(rows, part, folding) : part.map((index) => ({ index }));
	const before = all.filter((index) => index < past);
	const own = all.filter((index) => index >= past);
	const calls = callsAmong(rows, before);
	if (calls === 0 || (shown && own.length === 0)) return inside(all);
	const group: RowGroup = { kind: "past", calls, indices: before };
	const opened = isPastOpen ? new Set([keyOf(group)]) : folding.opened;
	return [...folded(group, { ...folding, opened }, () => inside(before)), ...inside(own)];
}

/** The rows (those of `shown`, if only some are) with attempts and runs of one tool folded. Linear in the rows. */
export function foldRows(rows: readonly Row[], shown: readonly number[] | undefined, folding: Folding): RowItem[] {
	const all = shown ?? rows.map((_, index) => index);
	const attempts = byAttempt(rows, all);
	return attempts.flatMap((indices, at) => {
		if (at === attempts.length - 1) return byTool(rows, indices, folding);
		const calls = callsAmong(rows, indices);
		const group: RowGroup = { kind: "attempt", attempt: attemptOf(rows, indices), calls, indices };
		return folded(group, folding, () => byTool(rows, indices, folding));
	});
}

/** A group's head, and its rows when it is open. */
function folded(group: RowGroup, { opened, cursor }: Folding, inside: () => RowItem[]): RowItem[] {
	const [index = 0] = group.indices;
	const isOpen = opened.has(keyOf(group)) || (cursor !== undefined && group.indices.includes(cursor));
	return [{ index, group, isOpen }, ...(isOpen ? inside() : [])];
}

/** What a group is known by: the past, an attempt and a tool's calls may all begin with the same row. */
export function keyOf({ kind, indices: [index = 0] }: RowGroup): number {
	if (kind === "past") return Number.NEGATIVE_INFINITY;
	return kind === "attempt" ? -1 - index : index;
}

const callsAmong = (rows: readonly Row[], indices: readonly number[]): number =>
	indices.filter((index) => isKeptCall(rows[index])).length;

/** Like `listRows` for `count` rows, none of them left out or grouped, of which only some need be here. */
export function listAround(past: SharedPast, count: number, isPastOpen: boolean): RowItem[] {
	const all = Array.from({ length: count }, (_, index) => ({ index }));
	const indices = all.slice(0, past.rows).map(({ index }) => index);
	const group: RowGroup = { kind: "past", calls: past.calls, indices };
	return [{ index: 0, group, isOpen: isPastOpen }, ...(isPastOpen ? all : all.slice(past.rows))];
}

function byAttempt(rows: readonly Row[], indices: readonly number[]): number[][] {
	const attempts: number[][] = [[]];
	for (const index of indices) {
		const last = attempts.at(-1) ?? [];
		if (rows[index]?.kind === "attempt" && last.length > 0) attempts.push([index]);
		else last.push(index);
	}
	return attempts;
}

function attemptOf(rows: readonly Row[], indices: readonly number[]): number {
	for (const index of indices) {
		const row = rows[index];
		if (row && "attempt" in row) return row.attempt;
	}
	return 1;
}

function byTool(rows: readonly Row[], indices: readonly number[], folding: Folding): RowItem[] {
	const items: RowItem[] = [];
	let run: number[] = [];
	const end = () => {
		items.push(...groupOf(rows, run, folding));
		run = [];
	};
	for (const index of indices) {
		const [row, last] = [rows[index], rows[run.at(-1) ?? -1]];
		if (!isPlain(row) || (isPlain(last) && last.call.name !== row.call.name)) end();
		if (isPlain(row)) run.push(index);
		else items.push({ index });
	}
	end();
	return items;
}

function groupOf(rows: readonly Row[], run: readonly number[], folding: Folding): RowItem[] {
	const plain = () => run.map((index) => ({ index }));
	const [first, last] = [rows[run[0] ?? -1], rows[run.at(-1) ?? -1]];
	if (run.length < LEAST || !isKeptCall(first) || !isKeptCall(last)) return plain();
	const group: RowGroup = { kind: "tool", name: first.call.name, from: first.n, to: last.n, indices: run };
	return folded(group, folding, plain);
}

/** Nothing is hidden: calls that failed or still run stand by themselves. */
const isPlain = (row: Row | undefined): row is KeptCall =>
	isKeptCall(row) && (row.status === "ok" || row.status === "empty");

/** Where a row stands in the list; at the head of its group when that is closed. Undefined when it is not shown. */
export function positionOf(items: readonly RowItem[], index: number): number | undefined {
	const at = items.findIndex((item) => item.index === index && !(item.group && item.isOpen));
	if (at >= 0) return at;
	const head = items.findIndex(({ group, isOpen }) => !isOpen && group?.indices.includes(index));
	return head < 0 ? undefined : head;
}

/** `131` and `133` → `131–3`: the second number without what it shares with the first. */
export function shortRange(from: number, to: number): string {
	const [a, b] = [String(from), String(to)];
	if (a.length !== b.length) return `${a}–${b}`;
	let same = 0;
	while (same < a.length - 1 && a[same] === b[same]) same++;
	return `${a}–${b.slice(same)}`;
}
