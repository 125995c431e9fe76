/** The five families of tools that the screen tells apart (one hue, glyph and tick length each). */
export const TOOL_KINDS = ["search", "library", "read", "code", "other"] as const;
export type ToolKind = (typeof TOOL_KINDS)[number];

/** A map, not an object: a model may name a tool that every object knows, such as `constructor`. */
const KIND_OF = new Map<string, ToolKind>([
	["web_search", "search"],
	["google_search", "search"],
	["library_search", "library"],
	["read_page", "read"],
	["scrape_and_extract_info", "read"],
	["run_python", "code"],
	["run_python_code", "code"],
	["run_command", "code"],
	["create_sandbox", "code"],
]);

/** The family of a tool by its name; unknown names (MCP tools) are `other`. */
export const toolKindOf = (name: string): ToolKind => KIND_OF.get(name) ?? "other";

/** One letter a kind, for `LineMarks.kinds`. */
export const KIND_LETTER: Record<ToolKind, string> = { search: "s", library: "l", read: "r", code: "c", other: "o" };
