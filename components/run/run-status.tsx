"use client";
import { Check, Circle, CircleSlash, Hourglass, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { Outcome } from "@/lib/trajectory/event";
import type { RunView } from "@/lib/trajectory/view";
import { activityOf } from "./activity";
import type { RunStore } from "./run-store";
import { useNow } from "./use-now";
import { useRunDesk, useRunState, useRunValue, useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";

type Tone = "live" | "ok" | "capped" | "failed" | "off";

const TONES: Record<Tone, { hue: string; mark: ReactNode }> = {
	live: { hue: "text-accent", mark: <Circle size={8} className="mx-[3px] fill-current motion-safe:animate-pulse" /> },
	ok: { hue: "text-ok", mark: <Check size={14} strokeWidth={2} /> },
	capped: { hue: "text-warn", mark: <Hourglass size={14} strokeWidth={1.75} /> },
	failed: { hue: "text-error", mark: <TriangleAlert size={14} strokeWidth={1.75} /> },
	off: { hue: "text-ink-2", mark: <CircleSlash size={14} strokeWidth={1.75} /> },
};

/** How a run ended, as the mark shows it. A limit that still brought an answer is a forced answer. */
export function endingOf(outcome: Outcome, hasAnswer: boolean): { tone: Tone; word: Outcome } {
	if (outcome === "answered") return { tone: "ok", word: "answered" };
	if (outcome === "cancelled") return { tone: "off", word: "cancelled" };
	if (outcome === "failed") return { tone: "failed", word: "failed" };
	return { tone: "capped", word: hasAnswer ? "forced" : outcome };
}

/** The outcome that stands, from the events or, before they are here, from the cached summary. */
export const outcomeOf = ({ view, summary }: RunStore): string | undefined => view.outcome ?? summary.outcome;

const hasAnswer = (view: RunView, caughtUp: boolean) => !caughtUp || view.answer !== undefined;

function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
	const { hue, mark } = TONES[tone];
	return (
		<span className={cn("inline-flex items-center gap-1.5 text-[13px]/5 font-medium", hue)}>
			<span aria-hidden="true">{mark}</span>
			{children}
		</span>
	);
}

/** The mark in the header: what the run does right now, or how it ended. */
export function RunStatus() {
	const { store } = useRunDesk();
	const { view } = useRunView();
	const state = useRunState();
	const { t } = useRunWords();
	if (state === "ended") {
		const outcome = outcomeOf(store) as Outcome | undefined;
		if (!outcome) return <Mark tone="off">{t("states.ended")}</Mark>;
		const { tone, word } = endingOf(outcome, hasAnswer(view, view.state === "ended"));
		return <Mark tone={tone}>{t(`outcomes.${word}`)}</Mark>;
	}
	if (state === "running") return <Doing />;
	return <Mark tone={state === "waiting" ? "capped" : "off"}>{t(`states.${state}`)}</Mark>;
}

function Doing() {
	const { store } = useRunDesk();
	useRunView();
	useRunValue(({ live }) => live);
	const doing = activityOf({ rows: store.view.rows, live: store.live });
	const now = useNow(doing.kind === "retry");
	const { activity } = useRunWords();
	return <Mark tone={doing.kind === "retry" ? "capped" : "live"}>{activity(doing, now)}</Mark>;
}
