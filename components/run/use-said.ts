"use client";
import { useCallback } from "react";
import type { Remark } from "@/lib/trajectory/said";
import { useDeed } from "./use-deed";
import { useRunActions, useRunDesk } from "./use-run";

/** Says something of the run, and takes it into the fold: a run that has ended is not followed any more. */
export function useSaid() {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const { act, isBusy, setback } = useDeed();
	const say = useCallback(
		(said: Remark, done?: () => void) =>
			act(
				() => actions.annotate(store.runId, said, store.newest.lastSeq),
				({ events }) => {
					store.take({
						t: "events",
						runId: store.runId,
						events,
						state: store.newestState,
						done: store.newestState === "ended",
					});
					done?.();
				},
			),
		[act, actions, store],
	);
	return { say, isBusy, problem: setback?.message };
}
