"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { metricsOf, metricsOfRange, type RunMetrics } from "@/lib/trajectory/metrics";
import { LineChart } from "./line-chart";
import { MetricTables } from "./metric-tables";
import { callAt } from "./row-facts";
import { type Traced, useAnswerTrace } from "./use-answer-trace";
import { useLook } from "./use-look";
import { useRunView } from "./use-run";
import { useRunCursor, useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

/** The run, or the calls that are selected, in figures: what they did, cost and brought; as far as the run is shown. */
export function MetricsTab() {
	const { view, version } = useRunView();
	const t = useTranslations("metrics");
	const { count } = useRunWords();
	const { range } = useLook().filter;
	// biome-ignore lint/correctness/useExhaustiveDependencies: the fold grows in place; `version` says when.
	const metrics = useMemo(() => (range ? metricsOfRange(view, range) : metricsOf(view)), [view, range, version]);
	const trace = useAnswerTrace();
	if (metrics.replies === 0) {
		return (
			<div className="p-6 max-desk:p-4">
				<EmptyState title={t("nothing")}>{t("nothingDetail")}</EmptyState>
			</div>
		);
	}
	return (
		<div className="h-full overflow-y-auto px-6 py-5 max-desk:px-4">
			<div className="mx-auto flex max-w-[1080px] flex-col gap-8">
				{range && (
					<p className="-mb-4 text-[13px]/5 text-ink-2 tabular-nums">
						{t("ofRange", { from: count(range.from), to: count(range.to) })}
					</p>
				)}
				<KeyFigures metrics={metrics} />
				{!range && <Ending metrics={metrics} trace={trace} />}
				<Charts metrics={metrics} trace={trace} first={range?.from ?? 0} />
				<MetricTables metrics={metrics} />
			</div>
		</div>
	);
}

function KeyFigures({ metrics }: { metrics: RunMetrics }) {
	const t = useTranslations("metrics");
	const { count, compact, duration, percent } = useRunWords();
	const { usage, calls, turns, replies, toolRuns, attempts, elapsedMs, modelMs, toolMs } = metrics;
	const waiting = Math.max(0, elapsedMs - modelMs - toolMs);
	const isModel = useIsModel();
	return (
		<dl className="grid grid-cols-3 gap-x-6 gap-y-5 max-desk:grid-cols-2">
			<Figure name={t("calls")} value={count(calls)} detail={t("turns", { n: turns })} />
			<Figure
				name={t("interactions")}
				value={count(replies + toolRuns)}
				detail={t("interactionsDetail", { replies: count(replies), toolRuns: count(toolRuns), attempts })}
			/>
			<Figure
				name={t("sources")}
				value={count(metrics.sources.at(-1)?.opened ?? 0)}
				detail={t("sourcesDetail", { seen: count(metrics.sources.at(-1)?.seen ?? 0) })}
			/>
			<Figure
				name={t("time")}
				value={duration(elapsedMs)}
				detail={t("timeDetail", { model: duration(modelMs), tool: duration(toolMs), waiting: duration(waiting) })}
			/>
			{isModel ? (
				<Figure
					name={t("tokens")}
					value={compact(usage.inputTokens + usage.outputTokens)}
					detail={t("tokensDetail", {
						input: compact(usage.inputTokens),
						output: compact(usage.outputTokens),
						cached: percent((usage.cachedTokens ?? 0) / Math.max(1, usage.inputTokens)),
					})}
				/>
			) : (
				<Figure name={t("tokens")} value={t("noTokens")} detail={t("noTokensDetail")} />
			)}
			<Figure
				name={t("repeats")}
				value={count(metrics.repeats)}
				detail={t("repeatsDetail", { without: count(metrics.withoutNew), last: count(metrics.lastNew) })}
			/>
		</dl>
	);
}

function useIsModel(): boolean {
	const { view } = useRunView();
	return view.settings?.model.provider !== "extractive";
}

function Figure({ name, value, detail }: { name: string; value: string; detail: string }) {
	return (
		<div className="min-w-0 border-t border-line-2 pt-2">
			<dt className="text-[12px]/4 text-ink-3">{name}</dt>
			<dd className="mt-1 text-[22px]/7 font-semibold tracking-[-0.011em] tabular-nums">{value}</dd>
			<dd className="text-[12px]/[18px] text-pretty text-ink-2">{detail}</dd>
		</div>
	);
}

function Ending({ metrics, trace }: { metrics: RunMetrics; trace: Traced }) {
	const t = useTranslations("metrics");
	const { t: run, recorded } = useRunWords();
	const { view } = useRunView();
	const lines: ReactNode[] = [];
	if (view.state === "ended" && view.outcome)
		lines.push(
			t.rich("endedAs", {
				outcome: run(`outcomes.${view.outcome}`),
				detail: recorded(view.detail),
				b: (outcome) => <b className="font-medium">{outcome}</b>,
			}),
		);
	if (trace.kind === "found") lines.push(<AnswerLine trace={trace.trace} calls={metrics.calls} />);
	if (trace.kind === "none") lines.push(t("noShortAnswer"));
	if (lines.length === 0) return;
	return (
		<section aria-label={t("ending")} className="flex max-w-[76ch] flex-col gap-1.5 text-[14px]/[22px]">
			{lines.map((line, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: two lines that keep their places.
				<p key={at}>{line}</p>
			))}
		</section>
	);
}

type Found = Extract<Traced, { kind: "found" }>["trace"];

/** Where the answer could first be read, when it was said, and how often what was said changed. */
function AnswerLine({ trace, calls }: { trace: Found; calls: number }) {
	const t = useTranslations("metrics");
	const { count } = useRunWords();
	const parts = [t("answerIs", { answer: trace.answer })];
	if (trace.firstResult === undefined) parts.push(t("neverRead"));
	else parts.push(t("firstRead", { n: count(trace.firstResult), after: calls - trace.firstResult }));
	if (trace.firstSaid !== undefined) parts.push(t("firstSaid", { n: count(trace.firstSaid) }));
	const changed = trace.stated.length - 1;
	if (changed > 0) parts.push(t("changed", { times: changed, n: count(trace.stated.at(-1)?.call ?? 0) }));
	return parts.join(" ");
}

type ChartsProps = {
	metrics: RunMetrics;
	trace: Traced;
	/** The call they begin with; 0 stands before the first. */
	first: number;
};

function Charts({ metrics, trace, first }: ChartsProps) {
	const t = useTranslations("metrics");
	const { compact, count } = useRunWords();
	const { view } = useRunView();
	const cursor = useRunCursor();
	const { goToCall } = useRunPage();
	const isModel = useIsModel();
	const at = cursor.index === undefined ? undefined : callAt(view.rows, cursor.index);
	const { sources, perTurn } = metrics;
	const shared = { xLabel: t("callNumber"), first, at, onPick: (n: number) => n > 0 && goToCall(n) };
	const read = trace.kind === "found" ? trace.trace.firstResult : undefined;
	const marks = read === undefined ? [] : [{ x: read, label: t("answerFirstRead") }];
	return (
		<div className="grid gap-x-10 gap-y-8 desk:grid-cols-2">
			<LineChart
				{...shared}
				title={t("sourcesOverCalls")}
				format={count}
				marks={marks}
				series={[
					{ id: "seen", label: t("seen"), ink: "ink", points: sources.map(({ n, seen }) => [n, seen]) },
					{
						id: "opened",
						label: t("opened"),
						ink: "read",
						dash: "5 3",
						points: sources.map(({ n, opened }) => [n, opened]),
					},
				]}
			/>
			{isModel && (
				<LineChart
					{...shared}
					title={t("promptOverCalls")}
					format={compact}
					{...(view.settings && { limit: { y: view.settings.contextTokens, label: t("window") } })}
					series={[
						{
							id: "prompt",
							label: t("prompt"),
							ink: "ink",
							points: perTurn.map(({ n, promptTokens }) => [n, promptTokens]),
						},
						{
							id: "cached",
							label: t("fromCache"),
							ink: "quiet",
							dash: "2 3",
							fill: true,
							points: perTurn.map(({ n, cachedTokens = 0 }) => [n, cachedTokens]),
						},
					]}
				/>
			)}
			{isModel && <SpeedCharts perTurn={perTurn} shared={shared} />}
		</div>
	);
}

type SpeedProps = {
	perTurn: RunMetrics["perTurn"];
	shared: { xLabel: string; first: number; at: number | undefined; onPick(n: number): void };
};

/** How long replies took, and how fast they were written, where the server's stream told. */
function SpeedCharts({ perTurn, shared }: SpeedProps) {
	const t = useTranslations("metrics");
	const { compact, duration } = useRunWords();
	const timed = perTurn.filter(({ ttftMs }) => ttftMs !== undefined);
	if (timed.length < 2) return;
	const speed = ({ replyTokens, modelMs, ttftMs = 0 }: RunMetrics["perTurn"][number]) =>
		Math.round((1000 * replyTokens) / Math.max(1, modelMs - ttftMs));
	return (
		<>
			<LineChart
				{...shared}
				title={t("waitOverCalls")}
				format={duration}
				series={[
					{ id: "first", label: t("firstToken"), ink: "ink", points: timed.map(({ n, ttftMs = 0 }) => [n, ttftMs]) },
					{
						id: "reply",
						label: t("wholeReply"),
						ink: "quiet",
						dash: "5 3",
						points: timed.map(({ n, modelMs }) => [n, modelMs]),
					},
				]}
			/>
			<LineChart
				{...shared}
				title={t("speedOverCalls")}
				format={compact}
				series={[
					{ id: "speed", label: t("tokensPerSecond"), ink: "ink", points: timed.map((turn) => [turn.n, speed(turn)]) },
				]}
			/>
		</>
	);
}
