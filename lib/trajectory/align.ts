import type { Deed } from "./deed";
import { Likeness, type Relation, rarity, sameness } from "./likeness";

/** The same of each of two runs. */
export type Both<T> = { a: T; b: T };

/** Two calls side by side, by their places in their runs, or one that has no counterpart. */
export type AlignedRow =
	| { a: number; b: number; relation: Relation; likeness: number }
	| { a: number; b?: undefined }
	| { a?: undefined; b: number };

/** `cut`: how many calls of each run were looked at, where that is not all of them. */
export type Alignment = { rows: AlignedRow[]; score: number; cut?: Both<number> };

/** What it costs to leave the other run, and each call for which one stays away. A lone weak match is not worth two gaps. */
const GAP_OPEN = 0.2;
const GAP_CALL = 0.02;
/** Bytes for the way back, one a pair of calls: 6,000 calls against 6,000. */
const MOST_PAIRS = 36_000_000;

/** How a pair of places is best gone on from: both at once, one of A alone, one of B alone. */
const BOTH = 0;
const ONLY_A = 1;
const ONLY_B = 2;
const A_GOES_ON = 4;
const B_GOES_ON = 8;

/**
 * Aligns two runs by what their calls did: the best global alignment under affine gap costs (Needleman and Wunsch,
 * Gotoh), where a pair is worth its likeness. Of equally good ones the earliest pairs win, whichever run is named
 * first. Quadratic in what the runs do not begin or end alike; very long ones are cut (`cut`).
 */
export function align(a: readonly Deed[], b: readonly Deed[]): Alignment {
	if (comesAfter(a, b)) return mirrored(align(b, a));
	const head = commonHead(a, b);
	const tail = commonTail(a, b, head);
	const middle = {
		a: a.slice(head, Math.min(a.length - tail, head + reach(a.length, b.length, head))),
		b: b.slice(head, Math.min(b.length - tail, head + reach(b.length, a.length, head))),
	};
	const isWhole = head + middle.a.length + tail === a.length && head + middle.b.length + tail === b.length;
	const pairs: AlignedRow[] = [];
	for (let at = 0; at < head; at++) pairs.push(samePair(a, at, at));
	const { rows, score } = alignMiddle(new Likeness(middle.a, middle.b, rarity(a, b)), middle);
	for (const row of rows) pairs.push(shifted(row, head));
	if (isWhole) for (let left = tail; left > 0; left--) pairs.push(samePair(a, a.length - left, b.length - left));
	const cut = isWhole ? {} : { cut: { a: head + middle.a.length, b: head + middle.b.length } };
	return { rows: pairs, score: score + head + (isWhole ? tail : 0), ...cut };
}

const samePair = (deeds: readonly Deed[], a: number, b: number): AlignedRow => ({
	a,
	b,
	relation: sameness(deeds[a]?.kind ?? "other"),
	likeness: 1,
});

/** How many calls of one run are looked at behind the common beginning, so that the table of pairs fits. */
function reach(length: number, other: number, head: number): number {
	const [mine, theirs] = [length - head, other - head];
	if (mine * theirs <= MOST_PAIRS) return mine;
	const side = Math.floor(Math.sqrt(MOST_PAIRS));
	return theirs < side ? Math.floor(MOST_PAIRS / theirs) : Math.min(mine, side);
}

/** One order of two runs, so that naming them the other way round gives the same pairs. */
function comesAfter(a: readonly Deed[], b: readonly Deed[]): boolean {
	if (a.length !== b.length) return a.length > b.length;
	for (let at = 0; at < a.length; at++) {
		const [mine, theirs] = [a[at]?.key ?? "", b[at]?.key ?? ""];
		if (mine !== theirs) return mine > theirs;
	}
	return false;
}

function mirrored({ rows, cut, ...rest }: Alignment): Alignment {
	const turned = rows.map((row): AlignedRow => {
		if (row.a === undefined) return { a: row.b };
		return row.b === undefined ? { b: row.a } : { ...row, a: row.b, b: row.a };
	});
	return { ...rest, rows: inBlocks(turned), ...(cut && { cut: { a: cut.b, b: cut.a } }) };
}

/** Between two pairs, what A did alone comes before what B did alone. */
function inBlocks(rows: readonly AlignedRow[]): AlignedRow[] {
	const sorted: AlignedRow[] = [];
	let onlyB: AlignedRow[] = [];
	for (const row of rows) {
		if (row.a === undefined) {
			onlyB.push(row);
			continue;
		}
		if (row.b !== undefined) {
			sorted.push(...onlyB);
			onlyB = [];
		}
		sorted.push(row);
	}
	return [...sorted, ...onlyB];
}

function commonHead(a: readonly Deed[], b: readonly Deed[]): number {
	let head = 0;
	while (head < a.length && head < b.length && a[head]?.key === b[head]?.key) head++;
	return head;
}

function commonTail(a: readonly Deed[], b: readonly Deed[], head: number): number {
	const most = Math.min(a.length, b.length) - head;
	let tail = 0;
	while (tail < most && a[a.length - 1 - tail]?.key === b[b.length - 1 - tail]?.key) tail++;
	return tail;
}

function shifted(row: AlignedRow, by: number): AlignedRow {
	if (row.a === undefined) return { b: row.b + by };
	return row.b === undefined ? { a: row.a + by } : { ...row, a: row.a + by, b: row.b + by };
}

/** Fills the table from the last calls to the first, so that the way forward takes the earliest of equal pairs. */
function alignMiddle(likeness: Likeness, { a, b }: Both<readonly Deed[]>): { rows: AlignedRow[]; score: number } {
	const width = b.length + 1;
	const ways = new Uint8Array((a.length + 1) * width);
	const below = lastLine(b.length, ways.subarray(a.length * width));
	const alike = new Float64Array(b.length);
	for (let i = a.length - 1; i >= 0; i--) {
		likeness.row(i, alike);
		fillLine(below, alike, ways.subarray(i * width, (i + 1) * width));
	}
	return { rows: inBlocks(walk({ a: a.length, b: b.length, ways }, likeness)), score: below.best[0] ?? 0 };
}

/** The best score from each place of B on, and the best among those that leave out the next call of A. */
type Line = { best: Float64Array; withoutA: Float64Array };

function lastLine(length: number, ways: Uint8Array): Line {
	const best = new Float64Array(length + 1);
	for (let j = length - 1; j >= 0; j--) {
		best[j] = -GAP_OPEN - GAP_CALL * (length - j);
		ways[j] = ONLY_B | (j < length - 1 ? B_GOES_ON : 0);
	}
	return { best, withoutA: new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY) };
}

const valueAt = (line: Float64Array, j: number): number => line[j] ?? Number.NEGATIVE_INFINITY;

/** One step up: `line` holds the line below and becomes this one. */
function fillLine({ best, withoutA }: Line, alike: Float64Array, ways: Uint8Array): void {
	let withoutB = Number.NEGATIVE_INFINITY;
	let belowRight = 0;
	for (let j = best.length - 1; j >= 0; j--) {
		const below = valueAt(best, j);
		const openA = below - GAP_OPEN;
		const openB = valueAt(best, j + 1) - GAP_OPEN;
		const goesOn = (valueAt(withoutA, j) > openA ? A_GOES_ON : 0) | (withoutB > openB ? B_GOES_ON : 0);
		const skipA = Math.max(openA, valueAt(withoutA, j)) - GAP_CALL;
		withoutB = Math.max(openB, withoutB) - GAP_CALL;
		const same = valueAt(alike, j);
		const pair = same > 0 ? same + belowRight : Number.NEGATIVE_INFINITY;
		const top = Math.max(pair, skipA, withoutB);
		ways[j] = goesOn | choiceOf(top, pair, skipA);
		belowRight = below;
		best[j] = top;
		withoutA[j] = skipA;
	}
}

function choiceOf(top: number, pair: number, skipA: number): number {
	if (pair === top) return BOTH;
	return skipA === top ? ONLY_A : ONLY_B;
}

/** Goes the best way forward. Inside a gap the way says whether it goes on; where it ends, all is open again. */
function walk({ a, b, ways }: { a: number; b: number; ways: Uint8Array }, likeness: Likeness): AlignedRow[] {
	const rows: AlignedRow[] = [];
	let inside = BOTH;
	for (let i = 0, j = 0; i < a || j < b; ) {
		const way = ways[i * (b + 1) + j] ?? 0;
		const choice = inside === BOTH ? way & 3 : inside;
		if (choice === BOTH) rows.push({ a: i, b: j, ...likeness.relation(i, j) });
		else rows.push(choice === ONLY_A ? { a: i } : { b: j });
		inside = goesOn(way, choice) ? choice : BOTH;
		if (choice !== ONLY_B) i++;
		if (choice !== ONLY_A) j++;
	}
	return rows;
}

const goesOn = (way: number, choice: number): boolean =>
	(choice === ONLY_A && (way & A_GOES_ON) !== 0) || (choice === ONLY_B && (way & B_GOES_ON) !== 0);
