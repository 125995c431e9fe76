import { endingOf } from "@/components/run/ending";
import { stripPaths } from "@/components/run/sounding-paths";
import { lineGeometry } from "@/lib/trajectory/line-geometry";
import type { Snapshot } from "@/lib/trajectory/snapshot";
import type { ToolKind } from "@/lib/trajectory/tool-kind";

const WIDTH = 1056;
const BASE = 120;
const INK = "#15181B";
const QUIET = "#666C73";
const RULE = "#8D9197";
const TOOLS: Record<ToolKind, string> = {
	search: "#1B4F9C",
	library: "#2E93C4",
	read: "#0F8B76",
	code: "#B87A00",
	other: "#3E444B",
};
const LONGEST_TITLE = 150;
/** Longer titles are set smaller, so that four lines stand clear of the run's line. */
const LONG_TITLE = 70;

/** What the font at hand can draw; a title in another script is left out rather than shown as boxes. */
const isDrawable = (text: string): boolean =>
	!/[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]|\p{Extended_Pictographic}/u.test(
		text.replace(/[©®™]/gu, ""),
	);

/** Paper and ink: the title, the run's sounding line on its side, and its figures. Drawn by Satori, so styles are inline. */
export function PreviewCard({ snapshot, name }: { snapshot: Snapshot; name: string }) {
	const { title, calls, budget, model } = snapshot;
	const shown = title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE).trimEnd()}…` : title;
	return (
		<div
			style={{
				display: "flex",
				flexDirection: "column",
				width: "100%",
				height: "100%",
				padding: "64px 72px",
				backgroundColor: "#FBFBF9",
				color: INK,
				fontFamily: "Geist",
			}}
		>
			<div style={{ display: "flex", fontSize: 30, fontWeight: 600, letterSpacing: "-0.015em" }}>{name}</div>
			<div
				style={{
					display: "flex",
					marginTop: 36,
					fontSize: shown.length > LONG_TITLE ? 46 : 56,
					lineHeight: 1.18,
					fontWeight: 600,
					letterSpacing: "-0.022em",
				}}
			>
				{isDrawable(shown) ? shown : ""}
			</div>
			<div style={{ display: "flex", flexGrow: 1 }} />
			<PreviewLine snapshot={snapshot} />
			<div style={{ display: "flex", justifyContent: "space-between", marginTop: 24, fontSize: 26, color: QUIET }}>
				<span>{`${calls} / ${budget}`}</span>
				<span>{model !== "extractive" && isDrawable(model) ? model.slice(0, 60) : ""}</span>
			</div>
		</div>
	);
}

function PreviewLine({ snapshot }: { snapshot: Snapshot }) {
	const { line: marks, calls, budget, outcome, report } = snapshot;
	const isForced = outcome !== undefined && endingOf(outcome, report !== undefined).tone === "capped";
	const line = lineGeometry(marks, { calls, budget, length: WIDTH - 16 });
	const thickness = Math.max(1.5, line.thickness);
	const { tools } = stripPaths({ ...line, thickness }, BASE);
	return (
		<svg width={WIDTH} height={BASE + 12} viewBox={`0 0 ${WIDTH} ${BASE + 12}`} role="presentation">
			<path stroke={RULE} strokeWidth={2} strokeDasharray="2 8" d={`M${line.lead} ${BASE}H${line.bed}`} />
			<path stroke={RULE} strokeWidth={2} d={`M${line.bed} ${BASE - 8}v16`} />
			<path stroke={INK} strokeWidth={3} d={`M0 ${BASE}H${line.lead}`} />
			{tools.map(([kind, path]) => (
				<path key={kind} stroke={TOOLS[kind]} strokeWidth={thickness * 1.5} d={path} />
			))}
			<path
				fill={isForced ? "#FBFBF9" : INK}
				stroke={isForced ? "#8A5A00" : "none"}
				strokeWidth={3}
				d={`M${line.lead} ${BASE - 3}v6l11 3q4 -.4 4.5 -6q-1 -5.6 -4.5 -6z`}
			/>
		</svg>
	);
}
