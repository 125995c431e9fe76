"use client";
import { useMemo } from "react";
import { LineInk } from "./line-ink";
import { LEADS, useLeadTone } from "./line-lead";
import { stripPaths } from "./sounding-paths";
import { STRIP_END } from "./sounding-size";
import { useLine } from "./use-line-geometry";
import { useLook } from "./use-look";
import { usePastCalls } from "./use-run";
import { useRunCursor } from "./use-run-page";

const BASE = 28;

type DrawingProps = {
	width: number;
	/** The call the line stands at. */
	at: number;
};

/** All that is drawn of the line on its side. */
export function StripDrawing({ width, at }: DrawingProps) {
	const { range } = useLook().filter;
	const cursor = useRunCursor();
	const tone = useLeadTone();
	const { line } = useLine(Math.max(0, width - STRIP_END));
	const paths = useMemo(() => stripPaths(line, BASE), [line]);
	const past = usePastCalls();
	return (
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
	);
}
