"use client";
import { createContext, useContext } from "react";
import type { RunCursor } from "./use-cursor";

/** A source to read, and what is said of it: the first of `claims` that it holds is marked. */
export type OpenedSource = { url: string; claims: readonly string[] };

/** What the panes share beside the run itself: the cursor, the tab, and the way to a source's text. */
export type RunPageState = RunCursor & {
	/** Opens a source as it was read, where it says what a claim says; no address closes it. */
	openSource(url: string, claims?: readonly string[]): void;
};

export const RunPageContext = createContext<RunPageState | undefined>(undefined);

export function useRunPage(): RunPageState {
	const page = useContext(RunPageContext);
	if (!page) throw new Error("This part stands on the run page only.");
	return page;
}
