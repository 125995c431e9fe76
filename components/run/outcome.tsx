"use client";
import { useTranslations } from "next-intl";
import { Status, type Tone } from "@/components/ui/status";
import type { Outcome as Ending } from "@/lib/trajectory/event";
import type { RunSummary } from "@/lib/trajectory/packet";
import type { RunState } from "@/lib/trajectory/run-state";

/** The one word of a run in a list: its state while it goes on, its outcome after. */
export type RunWord = RunState | Ending;

const TONES: Record<RunWord, Tone> = {
	queued: "idle",
	running: "live",
	waiting: "held",
	asking: "held",
	paused: "idle",
	recovering: "live",
	ended: "idle",
	answered: "ok",
	forced: "capped",
	turn_limit: "capped",
	call_limit: "capped",
	context_limit: "capped",
	time_limit: "capped",
	token_limit: "capped",
	cancelled: "stopped",
	failed: "failed",
};

const isWord = (word: string): word is RunWord => Object.hasOwn(TONES, word);

/** The word that an address or a stored row names, if there is one. */
export const runWord = (word: string): RunWord | undefined => (isWord(word) ? word : undefined);

export function Outcome({ run: { state, outcome } }: { run: Pick<RunSummary, "state" | "outcome"> }) {
	const t = useTranslations("runs");
	const word = state === "ended" ? (runWord(outcome ?? "") ?? "ended") : state;
	return <Status tone={TONES[word]}>{t(`words.${word}`)}</Status>;
}
