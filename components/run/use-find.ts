"use client";
import { useEffect, useRef, useState } from "react";
import type { FindResult } from "@/lib/trajectory/find-hit";
import { useNewest, useRunDesk } from "./use-run";

const TYPING_MS = 180;
/** A live run is looked through again at most this often. */
const AGAIN_MS = 1500;

export type FindState = FindResult & { isLooking: boolean; error?: string };
type Held = FindState & { text: string };

const NOTHING: FindState = { hits: [], isCut: false, isLooking: false };

/** What the server finds for a text, asked when the typing rests and again as the run grows. */
export function useFind(text: string): FindState {
	const { store, actions } = useRunDesk();
	const { view } = useNewest();
	const [held, setHeld] = useState<Held>({ ...NOTHING, text: "" });
	const asked = useRef({ number: 0, seq: 0, at: 0 });
	const wanted = text.trim();
	const isNew = held.text !== wanted;
	const { lastSeq } = view;

	useEffect(() => {
		if (wanted === "" || (!isNew && asked.current.seq === lastSeq)) return;
		const since = Date.now() - asked.current.at;
		const wait = isNew ? TYPING_MS : Math.max(0, AGAIN_MS - since);
		const timer = setTimeout(async () => {
			const number = ++asked.current.number;
			asked.current = { number, seq: lastSeq, at: Date.now() };
			const lost = (error: unknown) => ({ ok: false, error: error instanceof Error ? error.message : "" }) as const;
			const answer = await actions.findInRun(store.runId, wanted).catch(lost);
			if (number !== asked.current.number) return;
			setHeld({
				...(answer.ok ? answer.found : { hits: [], isCut: false, error: answer.error }),
				isLooking: false,
				text: wanted,
			});
		}, wait);
		return () => clearTimeout(timer);
	}, [wanted, isNew, lastSeq, actions, store]);

	if (wanted === "") return NOTHING;
	return isNew ? { ...NOTHING, isLooking: true } : held;
}
