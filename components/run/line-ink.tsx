import type { ToolKind } from "@/lib/trajectory/tool-kind";
import type { LinePaths } from "./sounding-paths";

const STROKES: Record<ToolKind, string> = {
	search: "stroke-tool-search",
	library: "stroke-tool-library",
	read: "stroke-tool-read",
	code: "stroke-tool-code",
	other: "stroke-tool-other",
};

/** Ticks and marks of a line: at most eight paths at any depth. */
export function LineInk({ paths, thickness }: { paths: LinePaths; thickness: number }) {
	return (
		<>
			{paths.tools.map(([kind, d]) => (
				<path key={kind} className={STROKES[kind]} fill="none" strokeWidth={thickness} d={d} />
			))}
			<path className="stroke-ink-2" fill="none" strokeWidth={Math.min(1, thickness)} d={paths.newSources} />
			<path className="stroke-ink-2" fill="none" strokeWidth={1.25} d={paths.rollbacks} />
			<path className="fill-error" d={paths.errors} />
		</>
	);
}
