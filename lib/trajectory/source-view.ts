import type { Source } from "./event";
import { type CallRow, isTurnRow, type Row } from "./row";

/** A source of the run: where it was first seen, where it was read. Numbers are call numbers. */
export type SourceView = {
	url: string;
	title: string;
	docId?: string | undefined;
	hash?: string | undefined;
	date?: string | undefined;
	firstCall: number;
	openedCall?: number;
	/** `seq` of the `tool.returned` that holds the text as read. */
	openedSeq?: number;
	/** The query of the search that first brought it. */
	query?: string;
	/** It was first seen in this turn, and leaves if the turn is rolled back. */
	firstTurn: number;
};

/** The call that brought a source: number, turn, `seq` of its result, and its query when it was a search. */
type Sighting = { n: number; turn: number; seq: number; query?: string };

/** Enters a source into the run's list; true when no earlier call had brought it. */
export function noteSource(sources: Map<string, SourceView>, source: Source, seen: Sighting): boolean {
	const known = sources.get(source.url);
	const opened = source.opened && known?.openedCall === undefined ? { openedCall: seen.n, openedSeq: seen.seq } : {};
	if (known) {
		sources.set(source.url, { ...known, ...(source.hash && { hash: source.hash }), ...opened });
		return false;
	}
	const { opened: _, ...facts } = source;
	sources.set(source.url, {
		...facts,
		firstCall: seen.n,
		firstTurn: seen.turn,
		...opened,
		...(seen.query !== undefined && { query: seen.query }),
	});
	return true;
}

/** Takes back what the calls of the newest turn had brought. */
export function forgetTurn(sources: Map<string, SourceView>, rows: readonly Row[], turn: number): void {
	for (let at = rows.length - 1; at >= 0; at--) {
		const row = rows[at];
		if (isTurnRow(row) && row.turn < turn) return;
		if (row?.kind === "call" && row.turn === turn) forgetCall(sources, row);
	}
}

/** Takes back the sources first seen by a call, and its openings of known ones. */
function forgetCall(sources: Map<string, SourceView>, row: CallRow): void {
	for (const { url } of row.sources) {
		const known = sources.get(url);
		if (known?.firstTurn === row.turn) sources.delete(url);
		else if (known?.openedSeq !== undefined && known.openedSeq === row.resultSeq) {
			const { openedCall: _, openedSeq: __, ...unopened } = known;
			sources.set(url, unopened);
		}
	}
}
