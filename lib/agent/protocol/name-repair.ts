import type { ToolSpec } from "../../trajectory/settings";

/** The tools whose server upstream puts right. */
const MAPPED = ["run_python_code", "google_search", "scrape_and_extract_info"];

/** What models write for `run_python_code`. */
const PYTHON_NAMES = /<tool_name>python(?:_code)?<\/tool_name>/g;

/**
 * Puts right the server and tool names that MiroThinker models mix up, before the reply enters the history (spec
 * §1.8.3). The mapping comes from the run's own tools, so that runs cannot disturb one another (decision D20). A text that
 * names the right server anywhere is left alone, as upstream does.
 */
export function repairNames(text: string, tools: readonly ToolSpec[]): string {
	if (!text.includes("<tool_name>")) return text;
	let repaired = text;
	for (const { name, server } of tools) {
		if (!MAPPED.includes(name)) continue;
		if (name === "run_python_code") repaired = repaired.replace(PYTHON_NAMES, `<tool_name>${name}</tool_name>`);
		if (repaired.includes(`<tool_name>${name}</tool_name>`)) repaired = repairServer(repaired, name, server);
	}
	return repaired;
}

function repairServer(text: string, name: string, server: string): string {
	const right = `<server_name>${server}</server_name>`;
	if (text.includes(right)) return text;
	const wrong = new RegExp(`<server_name>[^<]+</server_name>(\\s*<tool_name>${name}</tool_name>)`, "g");
	return text.replace(wrong, (_, rest: string) => right + rest);
}
