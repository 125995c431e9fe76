import type { LineGeometry, Tick } from "@/lib/trajectory/line-geometry";
import { TOOL_KINDS, type ToolKind } from "@/lib/trajectory/tool-kind";

/** Ink of a line, ready for `<path d>`: one a tool, one a kind of mark. */
export type LinePaths = Record<"rollbacks" | "errors" | "newSources", string> & { tools: [ToolKind, string][] };

const byTool = (ticks: readonly Tick[], draw: (tick: Tick) => string): [ToolKind, string][] => {
	const paths = new Map<ToolKind, string[]>();
	for (const tick of ticks) {
		const drawn = paths.get(tick.kind) ?? [];
		drawn.push(draw(tick));
		paths.set(tick.kind, drawn);
	}
	return TOOL_KINDS.flatMap((kind) => {
		const path = paths.get(kind);
		return path ? [[kind, path.join("")] as [ToolKind, string]] : [];
	});
};

const f = (n: number) => String(Math.round(n * 10) / 10);

/** Snapped so that a stroke of this thickness covers whole pixels. */
const crisp = (at: number, thickness: number) => (thickness < 1.6 ? Math.floor(at) + 0.5 : Math.round(at));

/** The gauge down the run page: 96 px wide, the line at x 42, depth from `top` down. */
export function columnPaths(line: LineGeometry, top: number): LinePaths {
	const y = (at: number) => crisp(top + at, line.thickness);
	return {
		tools: byTool(line.ticks, ({ at, from, long }) => `M${f(43 + from * 30)} ${f(y(at))}h${f(long * 30)}`),
		rollbacks: line.rollbacks.map((at) => `M36 ${f(top + at - 3)}l5 3l-5 3`).join(""),
		errors: line.errors.map((at) => `M35 ${f(top + at - 3.2)}l6 3.2l-6 3.2z`).join(""),
		newSources: line.newSources.map((at) => `M77 ${f(y(at))}h4`).join(""),
	};
}

/** The line on its side, depth to the right, standing on `base`; no chevrons at this size. */
export function stripPaths(line: LineGeometry, base: number): LinePaths {
	const x = (at: number) => crisp(at, line.thickness);
	const tall = base - 6;
	return {
		tools: byTool(line.ticks, ({ at, from, long }) => `M${f(x(at))} ${f(base - 1 - from * tall)}v${f(-long * tall)}`),
		rollbacks: "",
		errors: line.errors.map((at) => `M${f(at - 2.2)} ${base + 5}l2.2 -3.9l2.2 3.9z`).join(""),
		newSources: line.newSources.map((at) => `M${f(crisp(at, 1))} 2.5v-2.5`).join(""),
	};
}
