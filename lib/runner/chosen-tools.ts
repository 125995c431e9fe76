import "server-only";
import type { Tool } from "../agent/tool";
import { env } from "../env";
import { TOOLS } from "../tools/tools";
import type { AskInput } from "../trajectory/ask";
import { namespaced } from "../trajectory/namespaced";
import type { ToolSpec } from "../trajectory/settings";

type Told = Pick<Tool, "spec">;
type Choice = Pick<AskInput, "withoutTools" | "approval">;
type Chosen =
	| { ok: true; tools: Told[]; approval: string[] }
	| { ok: false; field: "withoutTools" | "approval"; message: string };

type NamedTool = Pick<ToolSpec, "server" | "name" | "mcp">;

/** What a person may call a tool: as the run does, and one of an MCP server also by its server. */
const namesOf = ({ server, name, mcp }: NamedTool): string[] =>
	mcp === undefined ? [name] : [name, namespaced(server, mcp)];

/** Whether a tool asks first when nobody chose; one of an MCP server is also meant by its own name there. */
export function asksByDefault(tool: NamedTool): boolean {
	const { APPROVAL_TOOLS } = env();
	return ["*", ...namesOf(tool), tool.mcp].some((name) => name !== undefined && APPROVAL_TOOLS.includes(name));
}

/**
 * The tools of a run out of those its preset offers, and which of them ask a person first. A name that is none of any
 * preset's tools is refused: a slip of the pen must not let a tool run unasked.
 */
export function chooseTools(offered: readonly Told[], { withoutTools = [], approval = [] }: Choice): Chosen {
	const all = [...TOOLS, ...offered].map(({ spec }) => spec);
	const known = new Set(all.flatMap(namesOf));
	const names = [...new Set(all.map(({ name }) => name))].sort().join(", ");
	const noTool = (name: string) => `There is no tool "${name}". There are: ${names}.`;
	const off = withoutTools.find((name) => !known.has(name));
	if (off !== undefined) return { ok: false, field: "withoutTools", message: noTool(off) };
	const asked = approval.find((name) => !known.has(name));
	if (asked !== undefined) return { ok: false, field: "approval", message: noTool(asked) };
	const isIn = (chosen: readonly string[]) => (tool: Told) => namesOf(tool.spec).some((name) => chosen.includes(name));
	const isOff = isIn(withoutTools);
	const tools = offered.filter((tool) => !isOff(tool));
	if (tools.length === 0) {
		return { ok: false, field: "withoutTools", message: "Every tool is switched off. Leave at least one on." };
	}
	return { ok: true, tools, approval: tools.filter(isIn(approval)).map(({ spec }) => spec.name) };
}
