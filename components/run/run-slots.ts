"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { CallRow, ForkRow } from "@/lib/trajectory/row";

/** What the workbench puts into the panes of a run. Where a run is only read, these places are empty. */
export type RunSlots = {
	/** Above the rows: the field that looks through the run, and what it says. */
	find?: ReactNode;
	findNote?: ReactNode;
	/** In the row where a run leaves its parent. */
	parentLink?(row: ForkRow): ReactNode;
	/** In the row of a call that a sub-agent works on. */
	subAgent?(child: string): ReactNode;
	/** What the run is called that this one was forked from, where that is known. */
	parentTitle?(otherwise: ReactNode): ReactNode;
	/** In the inspector: beside the steps, below the head of a call, beside its arguments and its result. */
	copyLink?: ReactNode;
	callActions?(row: CallRow): ReactNode;
	callPart?(row: CallRow, part: "arguments" | "result"): ReactNode;
	/** Below everything about a row, by the event that remarks of it name. */
	remarks?(target: number): ReactNode;
	/** Below the settings of the run. */
	aboutRun?: ReactNode;
};

export const RunSlotsContext = createContext<RunSlots>({});

export const useRunSlots = (): RunSlots => useContext(RunSlotsContext);
