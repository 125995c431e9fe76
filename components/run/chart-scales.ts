import { scaleLinear } from "@visx/scale";

/** Of a chart, in CSS pixels; the padding holds the axes and the ends of the lines. */
export const CHART_HEIGHT = 190;
export const PAD = { top: 14, right: 16, bottom: 34, left: 52 };

type Drawn = { points: readonly (readonly [x: number, y: number])[] };
type Frame = { first: number; width: number; limit: number | undefined };

export type Scales = ReturnType<typeof scalesFor>;

/** From `first` to the last point. A limit far above all values would flatten them: it is left out of the picture then. */
export function scalesFor(series: readonly Drawn[], { first, width, limit }: Frame) {
	const most = Math.max(1, ...series.flatMap(({ points }) => points.map(([, y]) => y)));
	const last = Math.max(first + 1, ...series.map(({ points }) => points.at(-1)?.[0] ?? 0));
	const top = limit !== undefined && limit < 2 * most ? Math.max(most, limit) : most;
	return {
		last,
		top,
		x: scaleLinear<number>({ domain: [first, last], range: [PAD.left, Math.max(PAD.left + 1, width - PAD.right)] }),
		y: scaleLinear<number>({ domain: [0, top], range: [CHART_HEIGHT - PAD.bottom, PAD.top], nice: true }),
	};
}
