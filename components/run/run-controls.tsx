"use client";
import { Pause, Play, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { Suspense } from "react";
import { Button } from "@/components/ui/button";
import { isUnderWay } from "./activity";
import { NotifySwitch } from "./lazy-beside";
import { RunMenu } from "./run-menu";
import { useDeed } from "./use-deed";
import { useNewest, useRunActions, useRunDesk, useRunValue } from "./use-run";
import { useRunWords } from "./use-run-words";

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

/** Pause, go on, stop; what else can be done with the run is in the menu. */
export function RunControls() {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const { state } = useNewest();
	const isPausing = useRunValue((known) => known.newestState === "running" && known.stateDetail !== "");
	const t = useTranslations("fork");
	const { t: words } = useRunWords();
	const { act, isBusy, setback } = useDeed();
	const id = store.runId;
	const resume = (
		<Button disabled={isBusy} onClick={() => act(() => actions.resume(id))}>
			<Play {...ICON} />
			{isPausing ? t("keepGoing") : t("resume")}
		</Button>
	);
	return (
		<>
			{setback && (
				<span role="alert" className="self-center text-[12px]/4 text-error">
					{setback.message}
				</span>
			)}
			{(state === "paused" || isPausing) && resume}
			{isUnderWay(state) && !isPausing && (
				<Button disabled={isBusy} onClick={() => act(() => actions.pause(id))} title={t("pauseHint")}>
					<Pause {...ICON} />
					{t("pause")}
				</Button>
			)}
			{state !== "ended" && (
				<Button disabled={isBusy} onClick={() => act(() => actions.stopRun(id))} title={words("stopHint")}>
					<Square {...ICON} />
					{words("stop")}
				</Button>
			)}
			<Suspense>{isUnderWay(state) && <NotifySwitch />}</Suspense>
			<RunMenu />
		</>
	);
}
