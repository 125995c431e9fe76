"use client";
import { Status } from "@/components/ui/status";
import type { Outcome } from "@/lib/trajectory/event";
import type { RunView } from "@/lib/trajectory/view";
import { activityOf } from "./activity";
import { endingOf } from "./ending";
import type { RunStore } from "./run-store";
import { useIsPast, useRunClock, useRunDesk, useRunState, useRunValue, useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";

/** The outcome that stands, from the events or, before they are here, from the cached summary. */
const outcomeOf = ({ view, summary }: RunStore): string | undefined => view.outcome ?? summary.outcome;

const hasAnswer = (view: RunView, caughtUp: boolean) => !caughtUp || view.answer !== undefined;

/** The mark in the header: what the run does right now, or how it ended. */
export function RunStatus() {
	const { store } = useRunDesk();
	const { view } = useRunView();
	const state = useRunState();
	const { t } = useRunWords();
	if (state === "ended") {
		const outcome = outcomeOf(store) as Outcome | undefined;
		if (!outcome) return <Status tone="idle">{t("states.ended")}</Status>;
		const { tone, word } = endingOf(outcome, hasAnswer(view, view.state === "ended"));
		return <Status tone={tone}>{t(`outcomes.${word}`)}</Status>;
	}
	if (state === "running") return <Doing />;
	return <Status tone={state === "waiting" || state === "asking" ? "held" : "idle"}>{t(`states.${state}`)}</Status>;
}

function Doing() {
	const { store } = useRunDesk();
	const isPast = useIsPast();
	useRunView();
	useRunValue(({ live }) => live);
	const doing = activityOf({ rows: store.rows, live: store.live });
	const now = useRunClock(doing.kind === "retry");
	const { activity } = useRunWords();
	if (isPast) return <Status tone="past">{activity(doing, now)}</Status>;
	return <Status tone={doing.kind === "retry" ? "held" : "live"}>{activity(doing, now)}</Status>;
}
