"use client";
import { useEffect, useMemo, useState } from "react";
import { sharedPast } from "@/lib/trajectory/shared-past";
import { keyOf, listAround, listRows, positionOf, type RowGroup, type RowItem } from "./row-items";
import { useLook, useLookedAt } from "./use-look";
import { useRunValue, useRunView } from "./use-run";
import { useRunCursor, useRunPage } from "./use-run-page";

/** The list as it is shown: places from 0, each a row or the head of a group. */
export type Listed = {
	count: number;
	at(position: number): RowItem;
	/** Stays with a row or a head wherever it moves. */
	key(position: number): number | string;
	positionOf(index: number): number | undefined;
	/** Rows that are stepped to, in order; a closed group by its first, a closed past not. Undefined when all rows are. */
	indices: readonly number[] | undefined;
	toggle(group: RowGroup, isOpen: boolean): void;
};

/** The rows under the filter, a shared past behind its head, folded further if the reader wants. */
export function useRowItems(): Listed {
	const { view, version } = useRunView();
	const cursor = useRunCursor();
	const { select } = useRunPage();
	const { isGrouped, isPastOpen, setPastOpen } = useLook();
	const { shown } = useLookedAt();
	const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
	const { rows, parent } = view;
	const count = useRunValue((store) => store.rows.length);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the rows grow in place; `version` says when.
	const shared = useMemo(() => (parent ? sharedPast(rows, parent.seq) : 0), [rows, parent, version]);
	const early = useRunValue((store) => store.earlyPast);
	const past = early?.rows ?? shared;
	const isInPast = cursor.index !== undefined && cursor.index < past;
	/** Whoever was led into the past stays there when the cursor goes. */
	useEffect(() => {
		if (isInPast) setPastOpen(true);
	}, [isInPast, setPastOpen]);
	/** Where nothing is folded the cursor moves nothing. */
	const inside = isGrouped || isInPast ? cursor.index : undefined;
	// biome-ignore lint/correctness/useExhaustiveDependencies: the rows grow in place; `version` says when.
	const items = useMemo(() => {
		if (early) return listAround(early, count, isPastOpen || isInPast);
		if (!isGrouped && past === 0) return;
		return listRows(rows, shown, { past, isPastOpen, isGrouped, opened, cursor: inside });
	}, [early, count, isInPast, rows, shown, past, isPastOpen, isGrouped, opened, inside, version]);
	const indices = useMemo(
		() => items?.filter(({ group, isOpen }) => !group || (!isOpen && group.kind !== "past")).map(({ index }) => index),
		[items],
	);
	const toggle = (group: RowGroup, isOpen: boolean) => {
		if (group.kind === "past") setPastOpen(!isOpen);
		else {
			const next = new Set(opened);
			if (isOpen) next.delete(keyOf(group));
			else next.add(keyOf(group));
			setOpened(next);
		}
		if (isOpen && cursor.index !== undefined && group.indices.includes(cursor.index)) select(undefined);
	};
	if (!items) return { ...plainList(shown, count), toggle };
	const at = (position: number): RowItem => items[position] ?? { index: position };
	return {
		count: items.length,
		at,
		key: (position) => {
			const { group, index } = at(position);
			return group ? `group ${keyOf(group)}` : index;
		},
		positionOf: (index) => positionOf(items, index),
		indices,
		toggle,
	};
}

function plainList(shown: readonly number[] | undefined, rows: number): Omit<Listed, "toggle"> {
	const indexAt = (position: number) => shown?.[position] ?? position;
	return {
		count: shown?.length ?? rows,
		at: (position) => ({ index: indexAt(position) }),
		key: indexAt,
		positionOf: (index) => {
			const at = shown ? shown.indexOf(index) : index;
			return at < 0 ? undefined : at;
		},
		indices: shown,
	};
}
