"use client";
import { useEffect, useRef, useState } from "react";
import type { AnswerTrace } from "@/lib/trajectory/answer-trace";
import { useRunDesk, useRunView } from "./use-run";

/** `none`: the run has no short answer to look for. */
export type Traced = { kind: "unknown" } | { kind: "none" } | { kind: "found"; trace: AnswerTrace };

/** Where the answer could first be read, looked for in the whole texts on the server once the run has ended. */
export function useAnswerTrace(): Traced {
	const { store, reading } = useRunDesk();
	const { view } = useRunView();
	const [traced, setTraced] = useState<Traced>({ kind: "unknown" });
	const read = useRef(reading.readAnswerTrace);
	const hasEnded = view.state === "ended";
	useEffect(() => {
		if (!hasEnded) return;
		let isHere = true;
		const ask = async () => {
			const answer = await read.current(store.runId).catch(() => undefined);
			if (!(isHere && answer?.ok)) return;
			setTraced(answer.trace ? { kind: "found", trace: answer.trace } : { kind: "none" });
		};
		void ask();
		return () => {
			isHere = false;
		};
	}, [store, hasEnded]);
	return hasEnded ? traced : { kind: "unknown" };
}
