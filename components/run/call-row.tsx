"use client";
import { Repeat2, TriangleAlert } from "lucide-react";
import { lazy, Suspense } from "react";
import { cn } from "@/components/ui/cn";
import type { CallRow, RowSource } from "@/lib/trajectory/row";
import { toolKindOf } from "@/lib/trajectory/tool-kind";
import { Found } from "./found-text";
import { argumentLine, rowMs, rowSources, sourceLabel } from "./row-facts";
import { ResultLine, RowFrame, ThoughtLine } from "./row-frame";
import { useRunSlots } from "./run-slots";
import { type Glyph, ToolGlyph } from "./tool-glyph";
import { useRunClock, useRunState, useRunValue } from "./use-run";
import { useRunWords } from "./use-run-words";

const glyphOf = (row: CallRow): Glyph => {
	if (row.rolledBack) return "rolledBack";
	return row.status === "error" ? "error" : toolKindOf(row.call.name);
};

const RowPictures = lazy(async () => ({ default: (await import("./call-files")).RowPictures }));
const hasPicture = ({ files }: CallRow): boolean => files.some(({ type }) => type.startsWith("image/"));

type CallRowProps = { row: CallRow; isSelected: boolean; repeats: number | undefined };

/** A tool call: thought, call, result. `repeats` is the call that asked or opened the same before. */
export function CallRowBody({ row, isSelected, repeats }: CallRowProps) {
	const { count } = useRunWords();
	const state = useRunState();
	const { subAgent } = useRunSlots();
	const isRunning = row.status === "running" && !row.rolledBack && state !== "ended";
	return (
		<RowFrame
			number={row.n === undefined ? undefined : count(row.n)}
			glyph={<ToolGlyph glyph={glyphOf(row)} />}
			duration={isRunning ? <Ticking since={row.calledAt ?? row.startedAt} /> : <Duration row={row} />}
			isLive={isRunning}
			isSelected={isSelected}
		>
			<ThoughtLine
				text={row.thought || row.text}
				isOpen={isSelected || isRunning}
				isStruck={row.rolledBack !== undefined}
			/>
			<CallLine row={row} />
			<ResultLine isOpen={isSelected || row.rolledBack !== undefined}>
				<Outcome row={row} isRunning={isRunning} />
				<Faults row={row} />
				{repeats !== undefined && <Repeats row={row} of={repeats} />}
			</ResultLine>
			{hasPicture(row) && (
				<Suspense fallback={<div className="mt-1.5 h-[104px]" />}>
					<RowPictures row={row} />
				</Suspense>
			)}
			{row.child !== undefined && subAgent?.(row.child)}
		</RowFrame>
	);
}

function CallLine({ row }: { row: CallRow }) {
	const struck = row.rolledBack && "text-ink-3 line-through decoration-line-3";
	return (
		<div className="flex min-w-0 items-baseline gap-x-2 font-mono text-[13px]/5 max-desk:flex-wrap">
			<b className={cn("max-w-full flex-none truncate font-medium", struck)}>{row.call.name}</b>
			<span
				className={cn(
					"min-w-0 text-ink-2 max-desk:line-clamp-2 max-desk:basis-full max-desk:[overflow-wrap:anywhere] desk:truncate",
					struck,
				)}
			>
				<Found text={argumentLine(row.call)} />
			</span>
		</div>
	);
}

function Outcome({ row, isRunning }: { row: CallRow; isRunning: boolean }) {
	const { t, activity, recorded } = useRunWords();
	const progress = useRunValue(({ progress }) => (progress?.callId === row.call.id ? progress.text : undefined));
	if (row.rolledBack)
		return <span className="text-ink">{t("rolledBack", { detail: recorded(row.rolledBack.detail) })}</span>;
	if (isRunning) {
		const doing = activity({ kind: "calling", tool: toolKindOf(row.call.name), name: row.call.name }, undefined);
		return (
			<>
				<span className="text-accent">{doing}</span>
				{progress && <span className="truncate text-ink-2">{progress}</span>}
			</>
		);
	}
	if (row.status === "error") {
		return (
			<>
				<span className="line-clamp-2 text-error desk:line-clamp-1">{row.summary}</span>
				<span>{t("modelWasTold")}</span>
			</>
		);
	}
	if (row.status === "asking") return <span className="text-warn">{t("asksYou")}</span>;
	if (row.status === "queued" || row.status === "running") return <span>{t("neverRun")}</span>;
	return (
		<>
			<span className={cn("line-clamp-2 desk:line-clamp-1", row.status === "empty" ? "text-ink-3" : "text-ink")}>
				<Found text={row.summary} />
			</span>
			<Sources sources={row.sources} />
		</>
	);
}

function Sources({ sources }: { sources: readonly RowSource[] }) {
	const { t } = useRunWords();
	const { shown, more } = rowSources(sources);
	return (
		<>
			{shown.map((source) => (
				<span key={source.url} className="inline-flex min-w-0 max-w-[32ch] items-center gap-[5px] text-ink-2">
					{source.firstSeen && (
						<>
							<span className="size-[5px] flex-none rounded-full bg-ink" aria-hidden="true" />
							<span className="sr-only">{t("firstSeen")}</span>
						</>
					)}
					<span className="truncate">{sourceLabel(source)}</span>
				</span>
			))}
			{more > 0 && <span>{t("moreSources", { n: more })}</span>}
		</>
	);
}

function Repeats({ row, of }: { row: CallRow; of: number }) {
	const { t } = useRunWords();
	const word = toolKindOf(row.call.name) === "read" ? "openedBefore" : "askedBefore";
	return (
		<span className="inline-flex shrink-0! items-center gap-1 text-[12px]/4 whitespace-nowrap text-warn">
			<Repeat2 size={12} strokeWidth={1.75} aria-hidden="true" />
			{t(word, { n: of })}
		</span>
	);
}

/** Requests that failed before this reply came. */
export function Faults({ row }: { row: Pick<CallRow, "faults"> }) {
	const { t, fault } = useRunWords();
	const last = row.faults.at(-1);
	if (!last) return;
	return (
		<span className="inline-flex items-center gap-1 text-[12px]/4 text-warn">
			<TriangleAlert size={12} strokeWidth={1.75} aria-hidden="true" />
			{t("faultsBefore", { n: row.faults.length, cause: fault(last.fault, last.message) })}
		</span>
	);
}

function Duration({ row }: { row: CallRow }) {
	const { duration } = useRunWords();
	const ms = rowMs(row);
	return ms === undefined ? undefined : duration(ms);
}

function Ticking({ since }: { since: number }) {
	const { duration } = useRunWords();
	const now = useRunClock(true);
	return now === undefined ? undefined : duration(Math.max(0, now - since));
}
