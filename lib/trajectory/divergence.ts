import type { AlignedRow, Both } from "./align";
import type { Deed } from "./deed";
import type { ForkChange } from "./event";
import type { ForkRow } from "./row";
import type { RunView } from "./view";

/**
 * Where two runs first do different things. `row` is the first row of the alignment behind it. `step`: each did
 * something of its own, of the named kind; `extra`: one did more before they met again, or when the other had ended.
 */
export type Divergence =
	| { kind: "none" }
	| { kind: "answer"; row: number }
	| { kind: "fork"; row: number; afterCall: number; changes: readonly ForkChange[]; side?: "a" | "b" }
	| { kind: "step"; what: "query" | "page" | "step"; row: number; a: number; b: number }
	| { kind: "extra"; side: "a" | "b"; row: number; isLast: boolean };

type Aligned = { views: Both<RunView>; deeds: Both<readonly Deed[]>; rows: readonly AlignedRow[] };

/** The first divergence; of a fork, where it left the run that both share. */
export function divergenceOf({ views, deeds, rows }: Aligned): Divergence {
	const fork = forkOf(views, rows);
	if (fork) return fork;
	const row = rows.findIndex((each) => each.a === undefined || each.b === undefined);
	if (row < 0) return answersDiffer(views) ? { kind: "answer", row: rows.length } : { kind: "none" };
	const gap = gapFrom(rows, row);
	const [a, b] = [gap.a[0], gap.b[0]];
	if (a !== undefined && b !== undefined) {
		return { kind: "step", what: whatOf(deeds.a[a], deeds.b[b]), row, a, b };
	}
	return { kind: "extra", side: a === undefined ? "b" : "a", row, isLast: gap.end === rows.length };
}

/** The calls without counterpart that stand between two pairs. */
function gapFrom(rows: readonly AlignedRow[], from: number): Both<number[]> & { end: number } {
	const gap: Both<number[]> & { end: number } = { a: [], b: [], end: from };
	for (let row = rows[from]; row; row = rows[++gap.end]) {
		if (row.a !== undefined && row.b !== undefined) break;
		if (row.a !== undefined) gap.a.push(row.a);
		if (row.b !== undefined) gap.b.push(row.b);
	}
	return gap;
}

function whatOf(a: Deed | undefined, b: Deed | undefined): "query" | "page" | "step" {
	if (!a || a.group !== b?.group) return "step";
	if (a.group === "search") return "query";
	return a.group === "read" ? "page" : "step";
}

const answersDiffer = ({ a, b }: Both<RunView>): boolean =>
	(a.answer?.content ?? "").trim() !== (b.answer?.content ?? "").trim();

/** Where two runs of one family part: behind the last call that both have from the run they share. */
function forkOf({ a, b }: Both<RunView>, rows: readonly AlignedRow[]): Divergence | undefined {
	const [own, other] = [forksByRun(a), forksByRun(b)];
	const shared = [...own.keys()].find((runId) => other.has(runId));
	if (shared === undefined) return undefined;
	const [left, right] = [own.get(shared), other.get(shared)];
	const first = earlier(left, right);
	if (!first) return undefined;
	const row = rows.findIndex(({ a: at, b: to }) => (at ?? 0) >= first.afterCall || (to ?? 0) >= first.afterCall);
	const side = sideOf(left, right);
	return {
		kind: "fork",
		row: row < 0 ? rows.length : row,
		afterCall: first.afterCall,
		changes: first.changes,
		...(side && { side }),
	};
}

/** The run itself (nothing left it) and each it came from, nearest first, with the row that leaves that one. */
function forksByRun({ runId, rows }: RunView): Map<string, ForkRow | undefined> {
	const forks = new Map<string, ForkRow | undefined>([[runId, undefined]]);
	for (let at = rows.length - 1; at >= 0; at--) {
		const row = rows[at];
		if (row?.kind === "fork") forks.set(row.parent.runId, row);
	}
	return forks;
}

function earlier(one: ForkRow | undefined, two: ForkRow | undefined): ForkRow | undefined {
	if (!one || !two) return one ?? two;
	return two.afterCall < one.afterCall ? two : one;
}

/** Which run is the fork of the other; neither when both came from a third. */
function sideOf(a: ForkRow | undefined, b: ForkRow | undefined): "a" | "b" | undefined {
	if (a && b) return undefined;
	return a ? "a" : "b";
}
