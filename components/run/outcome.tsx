"use client";
import { useTranslations } from "next-intl";
import { Status, type Tone } from "@/components/ui/status";
import type { RunSummary } from "@/lib/trajectory/packet";

type Word =
	| "answered"
	| "forced"
	| "cancelled"
	| "failed"
	| "limit"
	| "queued"
	| "running"
	| "waiting"
	| "paused"
	| "recovering"
	| "ended";

const TONES: Record<Word, Tone> = {
	answered: "ok",
	forced: "capped",
	cancelled: "off",
	failed: "failed",
	limit: "capped",
	queued: "off",
	running: "live",
	waiting: "capped",
	paused: "off",
	recovering: "live",
	ended: "off",
};

/** The one word of a run in a list: its state while it goes on, its outcome after. */
function wordOf({ state, outcome }: Pick<RunSummary, "state" | "outcome">): Word {
	if (state !== "ended") return state;
	if (outcome?.endsWith("_limit")) return "limit";
	return (outcome as Word | undefined) ?? "ended";
}

export function Outcome({ run }: { run: Pick<RunSummary, "state" | "outcome"> }) {
	const t = useTranslations("runs");
	const word = wordOf(run);
	return <Status tone={TONES[word]}>{t(`words.${word}`)}</Status>;
}
