"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { FirstRows } from "@/lib/trajectory/first-rows";
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

/** The router looks at the whole page whenever the address changes: it is written when the cursor rests. */
const REST_MS = 100;

/** Where the page opens; `first` has the chosen row when that came along. */
export type OpenedAt = { place: RunPlace; look: Look; first: FirstRows | undefined };

/** The cursor and the tab; with the look and the playhead they are kept in the address without a new entry in the history. */
export function useCursor(store: RunStore, { place, look, first }: OpenedAt): RunCursor {
	const isWanted = (place.call ?? place.row) !== undefined && first?.chosen === undefined;
	const wanted = useRef<RunPlace | undefined>(isWanted ? place : undefined);
	const at = usePlayheadPlace(store, place.at);
	const forget = useCallback(() => {
		wanted.current = undefined;
	}, []);
	const chosen = useRowCursor(store, { tab: place.tab, index: first?.chosen }, forget);
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
		if (query === location.search) return;
		const write = () => history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
		const timer = setTimeout(write, REST_MS);
		return () => clearTimeout(timer);
	}, [store, tab, cursor.index, at, look]);
	return chosen;
}

/** The cursor and the tab. `onSelect` is called before a row is chosen. */
export function useRowCursor(
	store: RunStore,
	first: { tab: RunTab; index?: number | undefined },
	onSelect = nothing,
): RunCursor {
	const [tab, openTab] = useState(first.tab);
	const [cursor, setCursor] = useState<Cursor>({ index: first.index, jump: first.index === undefined ? 0 : 1 });
	const newest = useRef(first.index);
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
			const index = rowOfCall(store.newestRows, n);
			const row = store.newestRows[index ?? -1];
			if (!row && !store.isCaughtUp) whenCaughtUp(store, () => goToCall(n));
			if (row && store.playhead !== undefined) store.seek(momentOf(row));
			else if (row) select(index);
		},
		[store, select],
	);
	return { cursor, chosen, tab, select, goToCall, openTab };
}

const nothing = (): void => undefined;

/** A call may be asked for before it has come in. */
function whenCaughtUp(store: RunStore, act: () => void): void {
	const leave = store.subscribe(() => {
		if (!store.isCaughtUp) return;
		leave();
		act();
	});
}
