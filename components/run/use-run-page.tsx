"use client";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Cursor, RunCursor } from "./use-cursor";

/** A source to read, and what is said of it: the first of `claims` that it holds is marked. */
export type OpenedSource = { url: string; claims: readonly string[] };

/** Opens a source as it was read, where it says what a claim says; no address closes it. */
type OpenSource = (url: string, claims?: readonly string[]) => void;

/** What the panes share beside the run itself: the tab, the ways to a place, and the way to a source's text. */
export type RunPageState = Omit<RunCursor, "cursor"> & { openSource: OpenSource };

const RunPageContext = createContext<RunPageState | undefined>(undefined);
/** Apart from the rest: it changes with every step, and most parts only lead somewhere. */
const CursorContext = createContext<Cursor | undefined>(undefined);

type ProviderProps = { at: RunCursor; openSource: OpenSource; children: ReactNode };

export function RunPageProvider({ at, openSource, children }: ProviderProps) {
	const { cursor, chosen, tab, select, goToCall, openTab } = at;
	const page = useMemo(
		() => ({ chosen, tab, select, goToCall, openTab, openSource }),
		[chosen, tab, select, goToCall, openTab, openSource],
	);
	return (
		<RunPageContext value={page}>
			<CursorContext value={cursor}>{children}</CursorContext>
		</RunPageContext>
	);
}

export function useRunPage(): RunPageState {
	const page = useContext(RunPageContext);
	if (!page) throw new Error("This part stands on the run page only.");
	return page;
}

/** The chosen row; renders again with every step. */
export function useRunCursor(): Cursor {
	const cursor = useContext(CursorContext);
	if (!cursor) throw new Error("This part stands on the run page only.");
	return cursor;
}
