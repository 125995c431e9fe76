"use client";
import { memo, useMemo } from "react";
import { cn } from "@/components/ui/cn";
import { type LineGeometry, scaleNumbers } from "@/lib/trajectory/line-geometry";
import { isUnderWay } from "./activity";
import { LineInk } from "./line-ink";
import { LEADS, useLeadTone } from "./line-lead";
import { callAt } from "./row-facts";
import { columnPaths } from "./sounding-paths";
import { BELOW, TOP } from "./sounding-size";
import { useLine } from "./use-line-geometry";
import { useLook } from "./use-look";
import { useNewest, usePastCalls, useRunDesk } from "./use-run";
import { useRunCursor } from "./use-run-page";
import { useRunWords } from "./use-run-words";

/** Rows in view, as indices of `view.rows`. */
export type InView = { first: number; last: number };

type DrawingProps = {
	height: number;
	/** The call the line stands at. */
	at: number;
	inView: InView;
};

/** All that is drawn of the sounding line; what a hand does with it is the line's own. */
export function SoundingDrawing({ height, at, inView }: DrawingProps) {
	const cursor = useRunCursor();
	const { line, calls, budget } = useLine(Math.max(0, height - TOP - BELOW));
	const past = usePastCalls();
	const isLive = isUnderWay(useNewest().state);
	const isRiding = calls > 0 && (past !== undefined || cursor.index !== undefined || isLive);
	return (
		<svg width={96} height={height} className="absolute top-0 left-0 overflow-visible" aria-hidden="true">
			<RangeBand line={line} />
			<Scale line={line} budget={budget} />
			<Ink line={line} />
			{past !== undefined && <Ahead line={line} past={past} />}
			<Lead line={line} calls={calls} budget={budget} />
			<ViewBracket line={line} inView={inView} />
			{isRiding && <CursorTag y={TOP + at * line.pitch} call={at} />}
		</svg>
	);
}

const Ink = memo(function Ink({ line }: { line: LineGeometry }) {
	const paths = useMemo(() => columnPaths(line, TOP), [line]);
	return (
		<>
			<line className="stroke-ink" strokeWidth={1.5} x1={42} x2={42} y1={TOP} y2={TOP + line.lead} />
			<LineInk paths={paths} thickness={line.thickness} />
			<path
				className="fill-accent"
				d={line.steers.map((at) => `M39.5 ${TOP + at}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z`).join("")}
			/>
		</>
	);
});

/** What is still to come in a replay: three tenths of its ink are left. */
function Ahead({ line, past }: { line: LineGeometry; past: number }) {
	const from = TOP + (past + 0.5) * line.pitch;
	return (
		<rect
			className="fill-paper opacity-70"
			x={33}
			y={from}
			width={54}
			height={Math.max(0, TOP + line.lead + line.thickness - from)}
		/>
	);
}

/** Numerals, the slack line below the newest call, and the bed at the budget. */
const Scale = memo(function Scale({ line, budget }: { line: LineGeometry; budget: number }) {
	const { compact } = useRunWords();
	const bed = TOP + line.bed;
	const numbers = scaleNumbers(budget);
	return (
		<>
			<path className="stroke-line" fill="none" d={`M38 ${TOP}h44`} />
			<line className="stroke-line-3" strokeDasharray="1 4" x1={42} x2={42} y1={TOP + line.lead} y2={bed} />
			<path
				className="stroke-line-3"
				fill="none"
				d={numbers
					.filter((n) => n > 0 && n * line.pitch > line.lead)
					.map((n) => `M42 ${Math.round(TOP + n * line.pitch)}h6`)
					.join("")}
			/>
			<path className="stroke-line-3" fill="none" d={`M38 ${bed + 0.5}h44${hatching(bed)}`} />
			{numbers.map((n) => (
				<text
					key={n}
					x={30}
					y={TOP + n * line.pitch + 4}
					textAnchor="end"
					className="fill-ink-3 text-[11px] tabular-nums"
				>
					{n >= 1000 ? compact(n) : n}
				</text>
			))}
		</>
	);
});

const hatching = (bed: number) => [44, 50, 56, 62, 68, 74, 80].map((x) => `M${x} ${bed + 5.5}l4.5 -5`).join("");

/** The weight at the newest call, coloured by how the run stands. */
function Lead({ line, calls, budget }: { line: LineGeometry; calls: number; budget: number }) {
	const { t, count } = useRunWords();
	const tone = useLeadTone();
	const y = TOP + line.lead;
	return (
		<g
			style={{ transform: `translateY(${y}px)` }}
			className="motion-safe:transition-transform motion-safe:duration-[280ms] motion-safe:ease-[cubic-bezier(.2,0,0,1)]"
		>
			<path
				className={LEADS[tone]}
				strokeWidth={tone === "capped" ? 1.5 : 0}
				d="M39.5 0h5l2.5 11q.3 3.5 -5 4.5q-5.3 -1 -5 -4.5z"
			/>
			<text
				x={54}
				y={11}
				className={cn("text-[11px] font-semibold tabular-nums", tone === "live" ? "fill-accent" : "fill-ink")}
			>
				{count(calls)}
			</text>
			<text x={54} y={24} className="fill-ink-3 text-[11px] tabular-nums">
				{t("ofCount", { n: count(budget) })}
			</text>
		</g>
	);
}

/** Which part of the run the timeline shows. */
function ViewBracket({ line, inView }: { line: LineGeometry; inView: InView }) {
	const { store } = useRunDesk();
	if (inView.last < inView.first) return;
	const from = callAt(store.newestRows, inView.first);
	const to = callAt(store.newestRows, inView.last);
	const y1 = TOP + Math.max(0, from - 0.5) * line.pitch;
	const y2 = Math.max(y1 + 4, TOP + (to + 0.5) * line.pitch);
	return <line className="stroke-ink-3" strokeWidth={2} x1={91} x2={91} y1={y1} y2={y2} />;
}

function CursorTag({ y, call }: { y: number; call: number }) {
	const width = Math.max(28, String(call).length * 6.4 + 8);
	return (
		<g style={{ transform: `translateY(${y}px)` }}>
			<path className="stroke-accent" fill="none" d="M32 0h60" />
			<rect className="fill-accent" x={31 - Math.min(28, width)} y={-8} width={width} height={16} rx={3} />
			<path className="fill-accent" d={`M${Math.max(31, 3 + width)} -3l4 3l-4 3z`} />
			<text
				x={31 - Math.min(28, width) + width / 2}
				y={4}
				textAnchor="middle"
				className="fill-accent-ink text-[11px] font-medium tabular-nums"
			>
				{call}
			</text>
		</g>
	);
}

/** The selected calls: a tint between two edges. */
function RangeBand({ line }: { line: LineGeometry }) {
	const { range } = useLook().filter;
	if (!range) return;
	const y1 = TOP + (range.from - 0.5) * line.pitch;
	const y2 = Math.max(y1 + 2, TOP + (range.to + 0.5) * line.pitch);
	return (
		<>
			<rect className="fill-accent/10" x={0} y={y1} width={96} height={y2 - y1} />
			<path className="stroke-accent" fill="none" d={`M0 ${y1}h96M0 ${y2}h96`} />
		</>
	);
}
