import type { Health } from "../runner/health";
import type { McpState } from "../runner/mcp";
import type { RenderHealth } from "../web/render/health";

/** What an installation has, as lines for a person: the model, where it searches, what the library holds. */
export function foundLines({ engine, search, library, python, problems }: Health): string[] {
	const answering = engine.ok ? `${engine.id} at ${engine.baseUrl ?? "OpenAI"}, ${engine.detail}` : "does not answer";
	const model = engine.provider === "extractive" ? engine.detail : answering;
	const searched = search
		.filter(({ ok }) => ok)
		.map(({ id, name, detail }) => (id === "library" ? `library (${detail})` : name));
	const held = library.collections.map(({ name, documents }) => `${name} ${documents.toLocaleString("en")}`);
	return [
		`model    ${model}`,
		`search   ${searched.join(", ") || "nothing"}`,
		`library  ${held.join(", ") || "empty"}`,
		`python   ${pythonLine(python)}`,
		...problems.flatMap(({ what, remedy }) => [`! ${what}`, `  ${remedy}`]),
	];
}

function pythonLine(python: Health["python"]): string {
	if (python.state === "off") return "switched off (PYTHON_SANDBOX=off)";
	if (python.state === "missing") return `none: ${python.why} ${python.remedy}`;
	const { version, engine, program, packages, passedOver } = python;
	const held = packages.map((one) => `${one.name} ${one.version}`).join(", ") || "no scientific packages";
	const why = passedOver ? `\n! ${passedOver.why}\n  ${passedOver.remedy}` : "";
	return `${version} in ${engine} (${program}), ${held}${why}`;
}

/** Whether pages that their scripts write are read. */
export function renderLine(seen: RenderHealth): string {
	if (seen.state === "off") return "render   switched off (READ_RENDER=off)";
	if (seen.state === "missing") return `! Pages are not rendered: ${seen.why}\n  ${seen.remedy}`;
	return `render   Chromium ${seen.version} in its own sandbox, behind the filtering proxy`;
}

/** The MCP servers, each with the tools a run can use, and those it cannot with the reason. */
export function mcpLines(servers: readonly McpState[]): string[] {
	return servers.flatMap(({ name, ok, detail, tools, refused, ms }) => [
		ok ? `mcp      ${name}: ${tools.join(", ") || "no tool"} (${ms} ms)` : `! MCP server ${name}: ${detail}`,
		...refused.map((tool) => `  ${tool.name} is left out: ${tool.why}`),
	]);
}
