"use client";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Row } from "@/lib/trajectory/row";
import type { RunActions, RunReading } from "./run-actions";
import type { RunStore } from "./run-store";
import { useNow } from "./use-now";

/** What every part that shows a run shares, in the workbench and where a run is passed on. */
type RunDesk = {
	store: RunStore;
	reading: RunReading;
	/** Pictures that come with a question are shown to a language model. */
	seesImages?: boolean;
};

export const RunDeskContext = createContext<RunDesk | undefined>(undefined);

export function useRunDesk(): RunDesk {
	const desk = useContext(RunDeskContext);
	if (!desk) throw new Error("This part stands on the run page only.");
	return desk;
}

export const RunActionsContext = createContext<RunActions | undefined>(undefined);

/** What can be done with the run: in the workbench alone. */
export function useRunActions(): RunActions {
	const actions = useContext(RunActionsContext);
	if (!actions) throw new Error("This part stands in the workbench only.");
	return actions;
}

/** A value of the store; the component renders again when it is another one. `select` must return stable values. */
export function useRunValue<T>(select: (store: RunStore) => T): T {
	const { store } = useRunDesk();
	const read = () => select(store);
	return useSyncExternalStore(store.subscribe, read, read);
}

/** The fold as far as it is shown, and a render with every change of it. For parts that look at the whole run. */
export function useRunView() {
	const { store } = useRunDesk();
	const version = useRunValue(({ version }) => version);
	return { view: store.view, version };
}

/** The fold of all events that are here, wherever the playhead stands. For what shows both past and present. */
export function useNewest() {
	const { store } = useRunDesk();
	const version = useRunValue(({ newestVersion }) => newestVersion);
	const state = useRunValue(({ newestState }) => newestState);
	return { view: store.newest, state, version };
}

/** One row: renders only when an event touched it or the playhead passed it. */
export const useRow = (index: number): Row | undefined => useRunValue((store) => store.row(index));

export const useRunState = () => useRunValue(({ state }) => state);

/** Whether the run is shown as it stood at a moment of the past, not as it stands. */
export const useIsPast = (): boolean => useRunValue(({ playhead }) => playhead !== undefined);

/** The run's own time: the clock while it is shown as it stands, ticking when `ticking`; in the past, then. */
export function useRunClock(ticking: boolean): number | undefined {
	const then = useRunValue(({ shownAt }) => shownAt && 100 * Math.floor(shownAt / 100));
	const now = useNow(ticking && then === undefined);
	return then ?? now;
}

/** Calls made at the moment of the past that is shown; undefined when the run is shown as it stands. */
export const usePastCalls = (): number | undefined =>
	useRunValue((store) => (store.playhead === undefined ? undefined : store.view.calls));
