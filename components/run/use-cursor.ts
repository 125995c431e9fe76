"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Look } from "./look-query";
import { queryOf, type RunPlace, type RunTab, rowOfPlace } from "./place";
import { momentOf, rowOfCall } from "./row-facts";
import type { RunStore } from "./run-store";
import { usePlayheadPlace } from "./use-playhead-place";

/** The chosen row: `index` in `view.rows`. `jump` grows with every choice that should bring the row into view. */
export type Cursor = { index: number | undefined; jump: number };

export type RunCursor = {
	cursor: Cursor;
	/** The chosen row at this moment: a key may be pressed before the choice it follows is rendered. */
	chosen(): number | undefined;
	tab: RunTab;
	select(index: number | undefined): void;
	/** Chooses a call; in a replay, moves the playhead behind it. */
	goToCall(n: number): void;
	openTab(tab: RunTab): void;
};

/** The cursor and the tab; with the look and the playhead they are kept in the address without a new entry in the history. */
export function useCursor(store: RunStore, place: RunPlace, look: Look): RunCursor {
	const wanted = useRef<RunPlace | undefined>(place.call === undefined && place.row === undefined ? undefined : place);
	const at = usePlayheadPlace(store, place.at);
	const forget = useCallback(() => {
		wanted.current = undefined;
	}, []);
	const chosen = useRowCursor(store, place.tab, forget);
	const { tab, cursor, select } = chosen;

	/** A place in the address may lie ahead of what has come in yet. */
	useEffect(() => {
		if (!wanted.current) return;
		const look = () => {
			const index = wanted.current && rowOfPlace(store.view.rows, wanted.current);
			if (index !== undefined) select(index);
			if (index !== undefined || (wanted.current && store.isCaughtUp)) leave();
		};
		const leave = store.subscribe(look);
		look();
		return leave;
	}, [store, select]);

	useEffect(() => {
		if (wanted.current) return;
		const row = cursor.index === undefined ? undefined : store.row(cursor.index);
		const query = queryOf({ tab, row, at, look });
		if (query !== location.search)
			history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
	}, [store, tab, cursor.index, at, look]);
	return chosen;
}

/** The cursor and the tab. `onSelect` is called before a row is chosen. */
export function useRowCursor(store: RunStore, firstTab: RunTab, onSelect = nothing): RunCursor {
	const [tab, openTab] = useState(firstTab);
	const [cursor, setCursor] = useState<Cursor>({ index: undefined, jump: 0 });
	const newest = useRef<number>(undefined);
	const chosen = useCallback(() => newest.current, []);
	const select = useCallback(
		(index: number | undefined) => {
			onSelect();
			newest.current = index;
			setCursor(({ jump }) => ({ index, jump: jump + 1 }));
		},
		[onSelect],
	);
	const goToCall = useCallback(
		(n: number) => {
			const index = rowOfCall(store.newest.rows, n);
			const row = index === undefined ? undefined : store.newest.rows[index];
			if (row && store.playhead !== undefined) store.seek(momentOf(row));
			else if (row) select(index);
		},
		[store, select],
	);
	return { cursor, chosen, tab, select, goToCall, openTab };
}

const nothing = (): void => undefined;
