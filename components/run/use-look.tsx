"use client";
import {
	createContext,
	type Dispatch,
	type ReactNode,
	type SetStateAction,
	useCallback,
	useContext,
	useMemo,
	useState,
} from "react";
import type { CallMarks } from "@/lib/trajectory/call-marks";
import type { FindHit } from "@/lib/trajectory/find-hit";
import type { Finder } from "@/lib/trajectory/find-text";
import type { FoundPlace } from "./found-rows";
import type { Look } from "./look-query";
import { filterRows, type RowFilter } from "./row-filter";
import type { FindInRun } from "./run-actions";
import { useCallMarks } from "./use-call-marks";
import { type FindState, useFind } from "./use-find";
import { useFinding } from "./use-finding";
import { useRunView } from "./use-run";
import { useRunCursor, useRunPage } from "./use-run-page";

type LookState = Look & {
	setFilter(filter: RowFilter): void;
	setFind(text: string): void;
	setGrouped(isGrouped: boolean): void;
	setPastOpen(isPastOpen: boolean): void;
};

type LookedAt = {
	/** What kept calls repeat and bring, by row. */
	marks: ReadonlyMap<number, CallMarks>;
	/** Indices of the rows under the filter; undefined when all are. */
	shown: readonly number[] | undefined;
	found: Omit<FindState, "hits"> & { places: readonly FoundPlace[]; at: number | undefined };
	/** The hits of each row by its index; undefined when nothing is looked for. */
	foundRows: ReadonlyMap<number, readonly FindHit[]> | undefined;
	/** Goes to the next hit (1) or the one before (−1), round and round. */
	goToHit(by: 1 | -1): void;
};

const NOWHERE: readonly FoundPlace[] = [];

const LookContext = createContext<LookState | undefined>(undefined);
/** Apart from the look, since it changes with every event of a live run. */
const LookedAtContext = createContext<LookedAt | undefined>(undefined);
/** Apart from the rest, so that a row renders again only when another thing is looked for. */
const FinderContext = createContext<Finder | undefined>(undefined);
const HitContext = createContext<FindHit | undefined>(undefined);

/** How the reader looks at the run; renders again only when that is another way. */
export function useLook(): LookState {
	const look = useContext(LookContext);
	if (!look) throw new Error("This part stands on the run page only.");
	return look;
}

/** What there is to see that way; renders again with the run. */
export function useLookedAt(): LookedAt {
	const seen = useContext(LookedAtContext);
	if (!seen) throw new Error("This part stands on the run page only.");
	return seen;
}

/** Finds in a text what the reader looks for; undefined when that is nothing. */
export const useFinder = () => useContext(FinderContext);

/** The hit the reader has gone to. */
export const useHit = () => useContext(HitContext);

type ProviderProps = {
	look: Look;
	onLook: Dispatch<SetStateAction<Look>>;
	/** Absent where the run cannot be looked through. */
	findInRun?: FindInRun;
	children: ReactNode;
};

export function LookProvider({ look, onLook, findInRun, children }: ProviderProps) {
	const { filter, find } = look;
	const { view, version } = useRunView();
	const cursor = useRunCursor();
	const { chosen, select, openTab } = useRunPage();
	const { rows, remarks } = view;
	const marks = useCallMarks(rows, version);
	const shown = useMemo(() => filterRows(rows, filter, { remarks, marks }), [rows, remarks, filter, marks]);
	const looked = useFind(find, findInRun);
	const { hits } = looked;
	const finding = useFinding(find !== "");
	// biome-ignore lint/correctness/useExhaustiveDependencies: the rows grow in place; `version` says when.
	const places = useMemo(() => finding?.placesOf(rows, hits, shown) ?? NOWHERE, [rows, hits, shown, finding, version]);
	const foundRows = useMemo(() => (find.trim() === "" ? undefined : finding?.byRow(places)), [find, places, finding]);
	const finder = useMemo(() => finding?.finderOf(find), [find, finding]);
	const [hit, setHit] = useState<FindHit>();
	const at = hit && placeOf(places, hit, cursor.index);
	const goToHit = useCallback(
		(by: 1 | -1) => {
			const next = finding?.nextPlace(places, by, { at, index: chosen() ?? 0 });
			const place = next === undefined ? undefined : places[next];
			if (!place) return;
			openTab("timeline");
			setHit(place.hit);
			select(place.index);
		},
		[finding, places, at, chosen, select, openTab],
	);
	const setters = useMemo(
		() => ({
			setFilter: (filter: RowFilter) => onLook((before) => ({ ...before, filter })),
			setFind: (find: string) => onLook((before) => ({ ...before, find })),
			setGrouped: (isGrouped: boolean) => onLook((before) => ({ ...before, isGrouped })),
			setPastOpen: (isPastOpen: boolean) => onLook((before) => ({ ...before, isPastOpen })),
		}),
		[onLook],
	);
	const value = useMemo<LookState>(() => ({ ...look, ...setters }), [look, setters]);
	const seen = useMemo<LookedAt>(() => {
		const { hits: _, ...state } = looked;
		return { marks, shown, found: { ...state, places, at }, foundRows, goToHit };
	}, [looked, marks, shown, places, at, foundRows, goToHit]);
	return (
		<LookContext value={value}>
			<FinderContext value={finder}>
				<HitContext value={at === undefined ? undefined : places[at]?.hit}>
					<LookedAtContext value={seen}>{children}</LookedAtContext>
				</HitContext>
			</FinderContext>
		</LookContext>
	);
}

/** The place of a hit, as long as its row is the chosen one: a new look finds new hits that mean the same. */
function placeOf(places: readonly FoundPlace[], hit: FindHit, cursor: number | undefined): number | undefined {
	const at = places.findIndex(
		({ hit: { seq, part, call }, index }) =>
			index === cursor && seq === hit.seq && part === hit.part && call === hit.call,
	);
	return at < 0 ? undefined : at;
}
