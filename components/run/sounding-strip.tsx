"use client";
import { type PointerEvent, useMemo, useRef } from "react";
import { LineInk } from "./line-ink";
import { LEADS, useLeadTone } from "./line-lead";
import { RangePicker } from "./range-picker";
import { callAt } from "./row-facts";
import { stripPaths } from "./sounding-paths";
import { keyTarget, useCursorText, useLength, useLine } from "./use-line";
import { useLook } from "./use-look";
import { usePastCalls, useRunDesk } from "./use-run";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

const BASE = 28;

/** The sounding line on its side, for screens too narrow for the gauge. */
export function SoundingStrip() {
	const { store } = useRunDesk();
	const { cursor, goToCall } = useRunPage();
	const { t, count } = useRunWords();
	const { range } = useLook().filter;
	const tone = useLeadTone();
	const box = useRef<HTMLDivElement>(null);
	const width = useLength(box, "clientWidth");
	const { line, calls, budget } = useLine(Math.max(0, width - 14));
	const paths = useMemo(() => stripPaths(line, BASE), [line]);
	const past = usePastCalls();
	const at = past ?? (cursor.index === undefined ? calls : callAt(store.newest.rows, cursor.index));
	const text = useCursorText(at, calls, budget);
	const go = (event: PointerEvent) => {
		const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
		goToCall(Math.max(1, Math.min(calls, Math.round(x / line.pitch))));
	};
	return (
		<div className="sticky top-0 z-6 border-b border-line bg-paper px-4 pt-2 pb-1.5 desk:hidden">
			<div
				ref={box}
				role="slider"
				tabIndex={0}
				aria-label={t("line.name")}
				aria-valuemin={Math.min(1, calls)}
				aria-valuemax={calls}
				aria-valuenow={at}
				aria-valuetext={text}
				className="h-9 touch-pan-y"
				onKeyDown={(event) => {
					const target = keyTarget(event, at, store);
					if (target === undefined) return;
					event.preventDefault();
					event.stopPropagation();
					goToCall(target);
				}}
				onPointerDown={(event) => calls > 0 && go(event)}
				onPointerMove={(event) => calls > 0 && event.buttons > 0 && go(event)}
			>
				{width > 0 && (
					<svg width={width} height={36} className="overflow-visible" aria-hidden="true">
						<line className="stroke-line-3" strokeDasharray="1 4" x1={line.lead} x2={line.bed} y1={BASE} y2={BASE} />
						<path className="stroke-line-3" fill="none" d={`M${line.bed} ${BASE - 3}v6`} />
						<line className="stroke-ink" strokeWidth={1.5} x1={0} x2={line.lead} y1={BASE} y2={BASE} />
						<LineInk paths={paths} thickness={line.thickness} />
						{range && (
							<rect
								className="fill-accent/12"
								x={(range.from - 0.5) * line.pitch}
								y={-1}
								width={Math.max(2, (range.to - range.from + 1) * line.pitch)}
								height={37}
							/>
						)}
						{past !== undefined && (
							<rect
								className="fill-paper opacity-70"
								x={(past + 0.5) * line.pitch}
								y={-1}
								width={Math.max(0, line.lead - (past + 0.5) * line.pitch)}
								height={37}
							/>
						)}
						<path
							className={LEADS[tone]}
							strokeWidth={tone === "capped" ? 1.25 : 0}
							d={`M${line.lead} ${BASE - 1.5}v3l6 1.5q1.9 -.2 2.4 -3q-.7 -2.8 -2.4 -3z`}
						/>
						{(past !== undefined || cursor.index !== undefined) && (
							<path className="stroke-accent" d={`M${at * line.pitch} -2v38`} />
						)}
					</svg>
				)}
			</div>
			<div className="mt-px flex items-center justify-between text-[11px]/4 tabular-nums text-ink-3">
				<span className="text-ink-2" aria-hidden="true">
					{t("callsMade", { n: calls, count: count(calls) })}
				</span>
				<RangePicker />
				<span aria-hidden="true">{count(budget)}</span>
			</div>
		</div>
	);
}
