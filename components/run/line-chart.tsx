"use client";
import { AxisBottom, AxisLeft } from "@visx/axis";
import { curveStepAfter } from "@visx/curve";
import { Area, LinePath } from "@visx/shape";
import { useTranslations } from "next-intl";
import { type PointerEvent, useId, useRef, useState } from "react";
import { CHART_HEIGHT as HEIGHT, PAD, type Scales, scalesFor } from "./chart-scales";
import { useLength } from "./use-line";
import { useRunWords } from "./use-run-words";

export type Series = {
	id: string;
	label: string;
	points: readonly (readonly [x: number, y: number])[];
	/** The second sign beside the hue. */
	dash?: string;
	ink: "ink" | "quiet" | "read";
	fill?: boolean;
};
export type ChartMark = { x: number; label: string };

type Props = {
	title: string;
	xLabel: string;
	series: readonly Series[];
	/** Vertical rules with a word beside them. */
	marks?: readonly ChartMark[];
	/** Where the axis begins. */
	first?: number;
	/** A horizontal limit. */
	limit?: { y: number; label: string };
	format(value: number): string;
	/** The place of the page's cursor, and the way to another one. */
	at?: number | undefined;
	onPick?(x: number): void;
};

const MOST_POINTS = 600;
const INKS = { ink: "var(--ink)", quiet: "var(--ink-3)", read: "var(--tool-read)" };
const TICK = { fill: "var(--ink-3)", fontSize: 11, fontFamily: "var(--font-sans)" };

/** Lines over the run's calls, named at their ends, told apart by dash as well as hue, with the same figures as a table. */
export function LineChart({ title, xLabel, series, marks = [], first = 0, limit, format, at, onPick }: Props) {
	const box = useRef<HTMLDivElement>(null);
	const width = useLength(box, "clientWidth");
	const name = useId();
	const [hovered, setHovered] = useState<number>();
	const drawn = series.map((each) => ({ ...each, points: thinned(each.points) }));
	const scales = scalesFor(drawn, { first, width, limit: limit?.y });
	const { x, last } = scales;
	const isDrawn = (n: number) => n >= first && n <= last;
	const place = hovered ?? (at !== undefined && isDrawn(at) ? at : undefined);
	const callAt = (event: PointerEvent<SVGSVGElement>) => {
		const from = event.currentTarget.getBoundingClientRect().left;
		return Math.max(first, Math.min(last, Math.round(x.invert(event.clientX - from))));
	};
	return (
		<figure className="min-w-0" aria-labelledby={name}>
			<figcaption className="mb-1 flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
				<span id={name} className="text-[13px]/5 font-semibold">
					{title}
				</span>
				<Legend series={drawn} at={place} format={format} />
			</figcaption>
			<div ref={box}>
				{width > 0 && (
					<svg
						width={width}
						height={HEIGHT}
						aria-hidden="true"
						className={onPick && "cursor-crosshair"}
						onPointerMove={(event) => setHovered(callAt(event))}
						onPointerLeave={() => setHovered(undefined)}
						onPointerDown={(event) => onPick?.(callAt(event))}
					>
						<Axes scales={scales} width={width} xLabel={xLabel} format={format} />
						{limit && <Limit limit={limit} scales={scales} width={width} />}
						{drawn.map((each) => (
							<Line key={each.id} series={each} scales={scales} />
						))}
						<Marks marks={marks.filter((mark) => isDrawn(mark.x))} x={x} width={width} />
						{place !== undefined && (
							<path d={`M${x(place)} ${PAD.top}V${HEIGHT - PAD.bottom}`} stroke="var(--accent)" />
						)}
					</svg>
				)}
			</div>
			<FiguresTable xLabel={xLabel} series={drawn} format={format} />
		</figure>
	);
}

type AxesProps = Pick<Props, "xLabel" | "format"> & { scales: Scales; width: number };

function Axes({ scales: { x, y }, width, xLabel, format }: AxesProps) {
	return (
		<>
			<AxisLeft
				scale={y}
				left={PAD.left}
				numTicks={4}
				tickFormat={(value) => format(Number(value))}
				hideTicks
				hideAxisLine
				tickLabelProps={{ ...TICK, textAnchor: "end", dx: -6, dy: 4 }}
			/>
			<AxisBottom
				scale={x}
				top={HEIGHT - PAD.bottom}
				numTicks={Math.max(2, Math.floor(width / 110))}
				stroke="var(--line-3)"
				tickStroke="var(--line-3)"
				tickLength={4}
				label={xLabel}
				labelProps={{ ...TICK, textAnchor: "middle" }}
				tickLabelProps={{ ...TICK, textAnchor: "middle", dy: 2 }}
			/>
			{y.ticks(4).map((value) => (
				<path key={value} d={`M${PAD.left} ${y(value)}H${width - PAD.right}`} stroke="var(--line)" />
			))}
		</>
	);
}

type LimitProps = { limit: NonNullable<Props["limit"]>; scales: Scales; width: number };

function Limit({ limit, scales: { y, top }, width }: LimitProps) {
	if (limit.y > top) return;
	return (
		<g>
			<path d={`M${PAD.left} ${y(limit.y)}H${width - PAD.right}`} stroke="var(--error)" strokeDasharray="6 3" />
			<text x={width - PAD.right} y={y(limit.y) - 4} {...TICK} fill="var(--error)" textAnchor="end">
				{limit.label}
			</text>
		</g>
	);
}

function Line({ series: { points, dash, ink, fill }, scales: { x, y } }: { series: Series; scales: Scales }) {
	const shape = { data: [...points], x: ([n]: readonly [number, number]) => x(n), curve: curveStepAfter };
	const height = ([, value]: readonly [number, number]) => y(value);
	return (
		<g>
			{fill && <Area {...shape} y0={y(0)} y1={height} fill={INKS[ink]} opacity={0.14} />}
			<LinePath {...shape} y={height} stroke={INKS[ink]} strokeWidth={1.5} {...(dash && { strokeDasharray: dash })} />
		</g>
	);
}

type MarksProps = { marks: readonly ChartMark[]; x: Scales["x"]; width: number };

/** Words stand on the side that has room, each a line below the one before. */
const Marks = ({ marks, x, width }: MarksProps) =>
	marks.map((mark, index) => {
		const isFar = x(mark.x) > width * 0.7;
		return (
			<g key={`${mark.label} ${mark.x}`}>
				<path d={`M${x(mark.x)} ${PAD.top}V${HEIGHT - PAD.bottom}`} stroke="var(--ink-2)" strokeDasharray="2 3" />
				<text
					x={x(mark.x) + (isFar ? -5 : 5)}
					y={PAD.top + 9 + 13 * (index % 3)}
					{...TICK}
					fill="var(--ink-2)"
					textAnchor={isFar ? "end" : "start"}
				>
					{mark.label}
				</text>
			</g>
		);
	});

/** Keeps the first, the last and evenly many between: more than pixels cannot be seen. */
function thinned(points: Series["points"]): Series["points"] {
	if (points.length <= MOST_POINTS) return points;
	const stride = Math.ceil(points.length / MOST_POINTS);
	return points.filter((_, at) => at % stride === 0 || at === points.length - 1);
}

const valueAt = (points: Series["points"], at: number): number | undefined => points.findLast(([x]) => x <= at)?.[1];

type Told = Pick<Props, "series" | "format">;

function Legend({ series, at, format }: Told & { at: number | undefined }) {
	const { count } = useRunWords();
	const t = useTranslations("metrics");
	return (
		<span className="flex flex-wrap items-center gap-x-3.5 text-[12px]/4 text-ink-2">
			{at !== undefined && <span className="tabular-nums text-accent">{t("atCall", { n: count(at) })}</span>}
			{series.map(({ id, label, dash, ink, points }) => {
				const value = at === undefined ? points.at(-1)?.[1] : valueAt(points, at);
				return (
					<span key={id} className="flex items-center gap-1.5">
						<svg width="18" height="6" aria-hidden="true">
							<path d="M0 3h18" stroke={INKS[ink]} strokeWidth="2" {...(dash && { strokeDasharray: dash })} />
						</svg>
						{label}
						<b className="font-medium tabular-nums text-ink">{value === undefined ? "–" : format(value)}</b>
					</span>
				);
			})}
		</span>
	);
}

const TABLE_ROWS = 40;

function FiguresTable({ xLabel, series, format }: Told & { xLabel: string }) {
	const { count } = useRunWords();
	const t = useTranslations("metrics");
	const longest = series.reduce<Series["points"]>(
		(most, { points }) => (points.length > most.length ? points : most),
		[],
	);
	const stride = Math.max(1, Math.ceil(longest.length / TABLE_ROWS));
	const rows = longest.filter((_, at) => at % stride === 0 || at === longest.length - 1).map(([x]) => x);
	return (
		<details className="text-[12px]/5 text-ink-2">
			<summary className="w-fit cursor-pointer text-ink-3 hover:text-ink">{t("asTable")}</summary>
			<div className="mt-1 max-h-64 overflow-auto">
				<table className="tabular-nums">
					<thead>
						<tr className="*:pr-6 *:text-left *:font-medium">
							<th>{xLabel}</th>
							{series.map(({ id, label }) => (
								<th key={id}>{label}</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map((x) => (
							<tr key={x} className="*:pr-6">
								<td>{count(x)}</td>
								{series.map(({ id, points }) => {
									const value = valueAt(points, x);
									return <td key={id}>{value === undefined ? "–" : format(value)}</td>;
								})}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</details>
	);
}
