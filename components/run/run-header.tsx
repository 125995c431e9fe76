"use client";
import { lazy, type ReactNode, Suspense } from "react";
import { Button } from "@/components/ui/button";
import type { PauseRow } from "@/lib/trajectory/row";
import type { RunView } from "@/lib/trajectory/view";
import { isUnderWay } from "./activity";
import { useForkDesk } from "./fork-desk";
import { RunControls } from "./run-controls";
import { RunStatus } from "./run-status";
import type { RunStore } from "./run-store";
import { SpawnerLine } from "./spawner-line";
import { TitleEditor } from "./title-editor";
import { useRunClock, useRunDesk, useRunState, useRunValue, useRunView } from "./use-run";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

const FamilyLine = lazy(async () => ({ default: (await import("./family-line")).FamilyLine }));

/** Title, what the run does, its counts, and stop. Stands before the first event is here. */
export function RunHeader({ children }: { children: ReactNode }) {
	const { view } = useRunView();
	return (
		<header className="min-w-0 border-b border-line bg-paper px-4 pt-3 desk:px-6 desk:pt-3.5">
			<div className="flex flex-col gap-2.5 max-desk:[&:has(>div>:only-child)]:flex-row desk:min-h-8 desk:flex-row desk:items-start desk:gap-6">
				<TitleEditor />
				<div className="flex flex-none gap-1.5 max-desk:w-full max-desk:*:flex-1 max-desk:[&:has(>:only-child)]:w-auto">
					<ReadButton />
					<RunControls />
				</div>
			</div>
			<Stats view={view} />
			<Family view={view} />
			<SpawnerLine />
			{children}
		</header>
	);
}

/** Where the run came from and what came from it; the code for that is loaded where there is something to say. */
function Family({ view }: { view: RunView }) {
	const { store } = useRunDesk();
	const { family, hasForks } = useForkDesk();
	const isCaughtUp = useRunValue((shown) => shown.isCaughtUp);
	const hasOne = (family && hasForks) || view.rows.some(({ kind }) => kind === "fork");
	const place = (store.summary.parent || hasForks) && <div className="mt-1.5 h-5" />;
	const isToCome = family ? !isCaughtUp : hasForks || !isCaughtUp;
	return <Suspense fallback={place}>{hasOne ? <FamilyLine /> : isToCome && place}</Suspense>;
}

/** The way to the answer, where it is not on the screen already. */
function ReadButton() {
	const state = useRunState();
	const hasAnswer = useRunValue((store) => store.hasAnswer);
	const { tab, openTab } = useRunPage();
	const { t } = useRunWords();
	if (state !== "ended" || !hasAnswer || tab === "report") return;
	return (
		<Button variant="primary" onClick={() => openTab("report")}>
			{t("readReport")}
		</Button>
	);
}

function Stats({ view }: { view: RunView }) {
	const { store } = useRunDesk();
	const state = useRunState();
	const { t, count, recorded } = useRunWords();
	const isHere = view.lastSeq > 0 && (view.state === "ended" || store.isCaughtUp);
	const calls = isHere ? view.calls : store.summary.calls;
	const budget = view.settings?.limits.calls ?? store.summary.budget;
	const why = state === "ended" ? view.detail || store.summary.detail : store.stateDetail;
	return (
		<dl className="mt-2 flex flex-wrap items-baseline gap-x-[22px] gap-y-1 text-[13px]/5 text-ink-3 max-desk:gap-x-3.5">
			<div className="self-center">
				<dt className="sr-only">{t("status")}</dt>
				<dd>
					<RunStatus />
				</dd>
			</div>
			<Elapsed view={view} />
			<Stat name={t("calls")} value={count(calls)} after={t("ofCount", { n: count(budget) })} />
			<Tokens view={view} />
			{state === "ended" && <Opened view={view} store={store} />}
			{why && <Stat name={state === "ended" ? t("whyEnded") : t("whyWaiting")} value={recorded(why)} wraps />}
		</dl>
	);
}

type StatProps = { name: string; value: string; after?: string; wraps?: boolean };

function Stat({ name, value, after, wraps = false }: StatProps) {
	return (
		<div className={wraps ? "min-w-0 [overflow-wrap:anywhere]" : "whitespace-nowrap"}>
			<dt className="mr-1.5 inline">{name}</dt>
			<dd className="inline tabular-nums text-ink">
				{value}
				{after && <span className="text-ink-3"> {after}</span>}
			</dd>
		</div>
	);
}

function Elapsed({ view }: { view: RunView }) {
	const { store } = useRunDesk();
	const state = useRunState();
	const { t, clock, duration } = useRunWords();
	const ended = view.endedAt ?? store.summary.endedAt;
	const clockNow = useRunClock(isUnderWay(state));
	const now = state === "paused" ? (pausedAt(view) ?? clockNow) : clockNow;
	const from = view.startedAt || store.summary.createdAt;
	if (state === "ended" && ended !== undefined) return <Stat name={t("took")} value={duration(ended - from)} />;
	return <Stat name={t("elapsed")} value={now === undefined ? "–" : clock(now - from)} />;
}

/** When the run was paused last; what people note meanwhile does not count. */
const pausedAt = ({ rows }: RunView): number | undefined =>
	rows.findLast((row): row is PauseRow => row.kind === "pause" && row.paused)?.at;

/** Tokens of a language model; the built-in engine has none to show. */
function Tokens({ view }: { view: RunView }) {
	const { t, compact, percent } = useRunWords();
	const { inputTokens, outputTokens, cachedTokens = 0 } = view.usage;
	if (inputTokens === 0 || view.settings?.model.provider === "extractive") return;
	const cached = cachedTokens > 0 ? t("cachedShare", { share: percent(cachedTokens / inputTokens) }) : t("tokensIn");
	const window = view.settings?.contextTokens;
	return (
		<>
			<div className="whitespace-nowrap">
				<dt className="mr-1.5 inline">{t("tokens")}</dt>
				<dd className="inline tabular-nums text-ink">
					{compact(inputTokens)} <span className="text-ink-3">{cached}</span> {compact(outputTokens)}{" "}
					<span className="text-ink-3">{t("tokensOut")}</span>
				</dd>
			</div>
			{view.state !== "ended" && window !== undefined && (
				<Stat name={t("context")} value={compact(view.contextTokens)} after={t("ofCount", { n: compact(window) })} />
			)}
		</>
	);
}

function Opened({ view, store }: { view: RunView; store: RunStore }) {
	const { t, count } = useRunWords();
	if (view.state !== "ended") return <Stat name={t("sources")} value={count(store.summary.sources)} />;
	let opened = 0;
	for (const source of view.sources.values()) if (source.openedSeq !== undefined) opened++;
	return <Stat name={t("sources")} value={count(opened)} after={t("openedOf", { n: count(view.sources.size) })} />;
}
