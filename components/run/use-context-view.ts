"use client";
import { useEffect, useRef, useState } from "react";
import type { ContextView } from "@/lib/trajectory/context-view";
import { isTurnRow, type Row } from "@/lib/trajectory/row";
import type { Retention } from "@/lib/trajectory/settings";
import { useRunActions, useRunDesk, useRunView } from "./use-run";
import { useRunCursor } from "./use-run-page";

/** Row indexes of the turns around the one that is looked at, as the timeline has them. */
export type ContextPlace = { turn: number; index: number; previous?: number; next?: number };

/** The turn at the cursor, or the newest one that is shown; undefined before the first. */
export function useContextPlace(): ContextPlace | undefined {
	const { view } = useRunView();
	const cursor = useRunCursor();
	return placeIn(view.rows, cursor.index ?? view.rows.length - 1);
}

/** Of the rows up to `at`, the last that belongs to a turn, with its neighbours of other turns. */
function placeIn(rows: readonly Row[], at: number): ContextPlace | undefined {
	const index = turnRow(rows, at, -1, 0);
	const row = index === undefined ? undefined : rows[index];
	if (index === undefined || !isTurnRow(row)) return undefined;
	const previous = turnRow(rows, index - 1, -1, row.turn);
	const next = turnRow(rows, index + 1, 1, row.turn);
	return {
		turn: row.turn,
		index,
		...(previous !== undefined && { previous }),
		...(next !== undefined && { next }),
	};
}

function turnRow(rows: readonly Row[], from: number, by: 1 | -1, not: number): number | undefined {
	for (let at = from; at >= 0 && at < rows.length; at += by) {
		const row = rows[at];
		if (isTurnRow(row) && row.turn !== not) return at;
	}
	return undefined;
}

type Loaded = { key: string; context?: ContextView; error?: string };
type Asked = { turn: number | undefined; retention?: Retention | undefined; whole: boolean };

/** What the model saw at a turn. What was shown stays until the next is here. */
export function useContextView({ turn, retention, whole }: Asked): Loaded & { isLoading: boolean } {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const { view } = useRunView();
	const row = view.rows.findLast((each) => isTurnRow(each) && each.turn === turn);
	const isCounted = isTurnRow(row) && row.usage !== undefined;
	const key = JSON.stringify([turn, retention, whole, isCounted, turn === undefined || row !== undefined]);
	const [loaded, setLoaded] = useState<Loaded>({ key: "" });
	const read = useRef(actions.readContext);
	useEffect(() => {
		if (turn === undefined) return;
		let isNewest = true;
		const ask = async () => {
			const query = { run: store.runId, turn, whole, ...(retention && { retention }) };
			const answer = await read.current(query).catch((error: Error) => ({ ok: false, error: error.message }) as const);
			if (!isNewest) return;
			setLoaded(answer.ok ? { key, context: answer.context } : { key, error: answer.error });
		};
		void ask();
		return () => {
			isNewest = false;
		};
	}, [store, turn, whole, retention, key]);
	return { ...loaded, isLoading: loaded.key !== key };
}
