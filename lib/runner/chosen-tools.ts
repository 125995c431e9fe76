import "server-only";
import type { Tool } from "../agent/tool";
import { TOOLS } from "../tools/tools";
import type { AskInput } from "../trajectory/ask";

type Told = Pick<Tool, "spec">;
type Choice = Pick<AskInput, "withoutTools" | "approval">;
type Chosen =
	| { ok: true; tools: Told[]; approval: string[] }
	| { ok: false; field: "withoutTools" | "approval"; message: string };

/**
 * The tools of a run out of those its preset offers, and which of them ask a person first. A name that is none of any
 * preset's tools is refused: a slip of the pen must not let a tool run unasked.
 */
export function chooseTools(offered: readonly Told[], { withoutTools = [], approval = [] }: Choice): Chosen {
	const known = new Set([...TOOLS, ...offered].map(({ spec }) => spec.name));
	const names = [...known].sort().join(", ");
	const noTool = (name: string) => `There is no tool "${name}". There are: ${names}.`;
	const off = withoutTools.find((name) => !known.has(name));
	if (off !== undefined) return { ok: false, field: "withoutTools", message: noTool(off) };
	const asked = approval.find((name) => !known.has(name));
	if (asked !== undefined) return { ok: false, field: "approval", message: noTool(asked) };
	const tools = offered.filter(({ spec }) => !withoutTools.includes(spec.name));
	if (tools.length === 0) {
		return { ok: false, field: "withoutTools", message: "Every tool is switched off. Leave at least one on." };
	}
	const ofRun = tools.map(({ spec }) => spec.name);
	return { ok: true, tools, approval: ofRun.filter((name) => approval.includes(name)) };
}
