import type { FindHit } from "@/lib/trajectory/find-hit";
import { noteTarget, type Row } from "@/lib/trajectory/row";

/** A hit at its row, by index. */
export type FoundPlace = { hit: FindHit; index: number };

/** Where the hits stand among the rows, in the order of rows; those whose row is not here or not `shown` are left out. */
export function placesOf(
	rows: readonly Row[],
	hits: readonly FindHit[],
	shown: readonly number[] | undefined,
): FoundPlace[] {
	if (hits.length === 0) return [];
	const seen = shown && new Set(shown);
	const byEvent = rowsByEvent(rows);
	const places = hits.flatMap((hit): FoundPlace[] => {
		const index = rowOf(hit, byEvent);
		return index !== undefined && (seen?.has(index) ?? true) ? [{ hit, index }] : [];
	});
	return places.sort((a, b) => a.index - b.index);
}

type ByEvent = { replies: Map<number, number[]>; others: Map<number, number> };

function rowsByEvent(rows: readonly Row[]): ByEvent {
	const replies = new Map<number, number[]>();
	const others = new Map<number, number>();
	rows.forEach((row, index) => {
		others.set(noteTarget(row), index);
		if (!others.has(Math.floor(row.key))) others.set(Math.floor(row.key), index);
		if (!("replySeq" in row) || row.replySeq === undefined) return;
		const known = replies.get(row.replySeq);
		if (known) known.push(index);
		else replies.set(row.replySeq, [index]);
	});
	return { replies, others };
}

function rowOf({ seq, part, call = 0, target }: FindHit, { replies, others }: ByEvent): number | undefined {
	if (part === "note") return others.get(target ?? 0);
	return part === "result" || part === "words" ? others.get(seq) : replies.get(seq)?.[call];
}

/** Hits by the index of their row. */
export function byRow(places: readonly FoundPlace[]): Map<number, FindHit[]> {
	const rows = new Map<number, FindHit[]>();
	for (const { hit, index } of places) {
		const known = rows.get(index);
		if (known) known.push(hit);
		else rows.set(index, [hit]);
	}
	return rows;
}

/** The hit that follows (1) or precedes (−1) a place; `from` is a hit's place, or the row the reader is at. */
export function nextPlace(
	places: readonly FoundPlace[],
	by: 1 | -1,
	from: { at?: number | undefined; index: number },
): number | undefined {
	if (places.length === 0) return undefined;
	if (from.at !== undefined) return (from.at + by + places.length) % places.length;
	if (by > 0)
		return Math.max(
			0,
			places.findIndex(({ index }) => index >= from.index),
		);
	const before = places.findLastIndex(({ index }) => index <= from.index);
	return before < 0 ? places.length - 1 : before;
}
