import { lineGeometry } from "@/lib/trajectory/line-geometry";
import type { RunSummary } from "@/lib/trajectory/packet";
import { LineInk } from "./line-ink";
import { stripPaths } from "./sounding-paths";

const HEIGHT = 34;
/** Below the line, for the lead and the marks of errors. */
const FOOT = 7;
/** Room for the lead beyond the end of the line. */
const LEAD = 10;
/** Bins stand 2 px apart; drawn thinner, they stay bars instead of a block. */
const THICKEST = 1.4;

type Props = {
	run: RunSummary;
	/** Pixels, the same for every line of a list. */
	width: number;
	/** Calls that the whole line stands for, the same for every line of a list. */
	scale: number;
	/** Pixels; 34 when absent. */
	height?: number;
};

/** Pixels of a strip of this width that the scale's calls take: an axis over the list spans these. */
export const stripLength = (width: number): number => width - LEAD;

const leadClass = ({ state, outcome }: RunSummary): string => {
	if (state !== "ended") return "fill-accent";
	if (outcome === "failed") return "fill-error";
	return outcome === "answered" || outcome === "cancelled" ? "fill-ink" : "fill-none stroke-warn";
};

/** A run's sounding line on its side: recognised at a glance, compared by its length. */
export function LineStrip({ run, width, scale, height = HEIGHT }: Props) {
	const base = height - FOOT;
	const budget = Math.max(1, run.budget);
	const length = stripLength(width) * Math.min(1, budget / scale);
	const line = lineGeometry(run.line, { calls: run.calls, budget, length });
	const thickness = Math.min(THICKEST, line.thickness);
	const paths = stripPaths({ ...line, thickness }, base);
	return (
		<svg width={width} height={height} className="block max-w-full overflow-visible" aria-hidden="true">
			<line className="stroke-line-3" strokeDasharray="1 4" x1={line.lead} x2={line.bed} y1={base} y2={base} />
			<path className="stroke-line-3" fill="none" d={`M${line.bed} ${base - 3}v6`} />
			<line className="stroke-ink" strokeWidth={1.5} x1={0} x2={line.lead} y1={base} y2={base} />
			<LineInk paths={paths} thickness={thickness} />
			<path
				className={leadClass(run)}
				strokeWidth={1.25}
				d={`M${line.lead} ${base - 1.5}v3l6 1.5q1.9-.2 2.4-3q-.5-2.8-2.4-3z`}
			/>
		</svg>
	);
}
