"use client";
import { useEffect, useState } from "react";
import type { FindResult } from "@/lib/trajectory/find-hit";
import { keepFinding } from "./keep-finding";
import type { FindInRun } from "./run-actions";
import { useRunDesk } from "./use-run";

const TYPING_MS = 180;
/** A live run is looked through again at most this often. */
const AGAIN_MS = 1500;

export type FindState = FindResult & { isLooking: boolean; error?: string };
type Held = FindState & { text: string };

const NOTHING: FindState = { hits: [], isCut: false, isLooking: false };

/**
 * What the server finds for a text, asked when the typing rests and again as the run grows. Nothing, where there is
 * nobody to ask.
 */
export function useFind(text: string, findInRun: FindInRun | undefined): FindState {
	const { store } = useRunDesk();
	const [held, setHeld] = useState<Held>({ ...NOTHING, text: "" });
	const wanted = text.trim();

	useEffect(() => {
		if (wanted === "" || !findInRun) return;
		const lost = (error: unknown) => ({ ok: false, error: error instanceof Error ? error.message : "" }) as const;
		return keepFinding({
			seqNow: () => store.newest.lastSeq,
			ask: () => findInRun(store.runId, wanted).catch(lost),
			onFound: (answer) => {
				const found = answer.ok ? answer.found : { hits: [], isCut: false, error: answer.error };
				setHeld({ ...found, isLooking: false, text: wanted });
			},
			restMs: TYPING_MS,
			againMs: AGAIN_MS,
		});
	}, [wanted, findInRun, store]);

	if (wanted === "" || !findInRun) return NOTHING;
	return held.text === wanted ? held : { ...NOTHING, isLooking: true };
}
