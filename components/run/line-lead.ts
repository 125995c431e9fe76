"use client";
import { endingOf } from "./ending";
import { useNewest, useRunDesk } from "./use-run";

export const LEADS = {
	live: "fill-accent",
	ok: "fill-ink",
	stopped: "fill-ink",
	idle: "fill-ink",
	held: "fill-accent",
	past: "fill-accent",
	capped: "fill-paper stroke-warn",
	failed: "fill-error",
};

/** How the weight at the newest call is drawn: by how the run stands. */
export function useLeadTone(): keyof typeof LEADS {
	const { store } = useRunDesk();
	const { state, view } = useNewest();
	const outcome = (view.outcome ?? store.summary.outcome) as Parameters<typeof endingOf>[0] | undefined;
	return state !== "ended" || !outcome ? "live" : endingOf(outcome, true).tone;
}
