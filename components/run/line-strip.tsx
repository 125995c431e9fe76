import { lineGeometry } from "@/lib/trajectory/line-geometry";
import type { RunSummary } from "@/lib/trajectory/packet";
import { LineInk } from "./line-ink";
import { stripPaths } from "./sounding-paths";

const HEIGHT = 34;
const BASE = 27;
/** Room for the lead beyond the end of the line. */
const LEAD = 10;

type Props = {
	run: RunSummary;
	width: number /** Calls the whole width stands for, the same in one list. */;
	scale: number;
};

const leadClass = ({ state, outcome }: RunSummary): string => {
	if (state !== "ended") return "fill-accent";
	if (outcome === "failed") return "fill-error";
	return outcome === "answered" || outcome === "cancelled" ? "fill-ink" : "fill-none stroke-warn";
};

/** A run's sounding line on its side: recognised at a glance, compared by its length. */
export function LineStrip({ run, width, scale }: Props) {
	const length = (width - LEAD) * Math.min(1, run.budget / scale);
	const line = lineGeometry(run.line, {
		calls: run.calls,
		budget: Math.min(run.budget, Math.max(scale, run.calls)),
		length,
	});
	return (
		<svg width={width} height={HEIGHT} className="block max-w-full overflow-visible" aria-hidden="true">
			<line className="stroke-line-3" strokeDasharray="1 4" x1={line.lead} x2={line.bed} y1={BASE} y2={BASE} />
			<path className="stroke-line-3" fill="none" d={`M${line.bed} ${BASE - 3}v6`} />
			<line className="stroke-ink" strokeWidth={1.5} x1={0} x2={line.lead} y1={BASE} y2={BASE} />
			<LineInk paths={stripPaths({ ...line, rollbacks: [] }, BASE)} thickness={line.thickness} />
			<path
				className={leadClass(run)}
				strokeWidth={1.25}
				d={`M${line.lead} ${BASE - 1.5}v3l6 1.5q1.900 -.2 2.400 -3q-.7 -2.800 -2.400 -3z`}
			/>
		</svg>
	);
}
