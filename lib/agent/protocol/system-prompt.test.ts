import { describe, expect, test } from "vitest";
import type { ToolSpec } from "../../trajectory/settings";
import { mirothinker } from "./mirothinker";
import { native } from "./native";

describe("the system prompt", () => {
	const search: ToolSpec = {
		server: "search_and_scrape_webpage",
		name: "google_search",
		description: "\n    Search the web.\n\n    Args:\n        q: What to look for\n    ",
		schema: {
			properties: {
				q: { title: "Q", type: "string" },
				location: { default: null, title: "Location", type: "string" },
				num: { default: 10, title: "Num", type: "integer" },
			},
			required: ["q"],
			title: "google_searchArguments",
			type: "object",
		},
	};
	const read: ToolSpec = {
		server: "reader",
		name: "read_it",
		description: "Read a page.\n\nArgs:\n    url: The user's page",
		schema: { properties: { url: { title: "Url", type: "string" } }, required: ["url"], title: "A", type: "object" },
	};
	const sogou: ToolSpec = { ...search, name: "other_search", description: "One line.", schema: {} };

	test("follows the order of the reference to the byte, tools under their servers", () => {
		expect(mirothinker.systemPrompt([search, read, sogou], "2026-03-04")).toBe(
			[
				"You work in an environment that gives you tools with which you can answer the user's question. ",
				"",
				"You have no tools other than the ones described further below. Use one tool per message; its result reaches you in the user's next response. Go through the task one tool use at a time, and let each step build on what the result before it showed. Today is: 2026-03-04",
				"",
				"# Tool-Use Formatting Instructions ",
				"",
				"A tool use is written in XML-style tags. The whole call is enclosed in <use_mcp_tool></use_mcp_tool>, and each parameter stands in a pair of tags of its own inside it.",
				"",
				"The Model Context Protocol (MCP) connects you to servers, and each server offers further tools and resources for your work. You reach the tools of these servers through `use_mcp_tool`.",
				"",
				"Description: ",
				"Asks a connected MCP server to run one of its tools. A server can offer more than one tool. Every tool has an input schema that names its required and its optional parameters.",
				"",
				"Parameters:",
				"- server_name: (required) The name of the MCP server that offers the tool",
				"- tool_name: (required) The name of the tool to run",
				"- arguments: (required) A JSON object with the tool's input parameters, following the tool's input schema; quotes inside a string must be escaped, and the whole must be valid JSON",
				"",
				"Usage:",
				"<use_mcp_tool>",
				"<server_name>name of the server</server_name>",
				"<tool_name>name of the tool</tool_name>",
				"<arguments>",
				"{",
				'"param1": "value1",',
				'"param2": "value2 with an \\"escaped\\" part"',
				"}",
				"</arguments>",
				"</use_mcp_tool>",
				"",
				"Important Notes:",
				"- A tool use must come **at the end** of your response, **top-level**, and must not be nested inside other tags.",
				"- Keep to this format in every tool use, without exception.",
				"",
				"Write string and scalar parameters as they are, and lists and objects as JSON. Spaces inside string values are kept. The output does not have to be valid XML: it is read with regular expressions.",
				"Here are the functions available in JSONSchema format:",
				"",
				"",
				"## Server name: search_and_scrape_webpage",
				"### Tool name: google_search",
				"Description: ",
				"    Search the web.",
				"",
				"    Args:",
				"        q: What to look for",
				"    ",
				"Input JSON schema: {'properties': {'q': {'title': 'Q', 'type': 'string'}, 'location': {'default': None, 'title': 'Location', 'type': 'string'}, 'num': {'default': 10, 'title': 'Num', 'type': 'integer'}}, 'required': ['q'], 'title': 'google_searchArguments', 'type': 'object'}",
				"### Tool name: other_search",
				"Description: One line.",
				"Input JSON schema: {}",
				"",
				"## Server name: reader",
				"### Tool name: read_it",
				"Description: Read a page.",
				"",
				"    Args:",
				"        url: The user's page",
				"    ",
				"Input JSON schema: {'properties': {'url': {'title': 'Url', 'type': 'string'}}, 'required': ['url'], 'title': 'A', 'type': 'object'}",
				"",
				"# General Objective",
				"",
				"Carry out the task iteratively: break it into clear steps and work through them with method.",
				"",
				"# Agent Specific Objective",
				"",
				"You are an agent that solves tasks by using tools step by step; the answers you arrive at must be complete, accurate and well reasoned.",
			].join("\n"),
		);
	});

	test("names the date once and carries no format of the answer", () => {
		const prompt = mirothinker.systemPrompt([search], "2026-03-04");
		expect(prompt.split("2026-03-04")).toHaveLength(2);
		expect(prompt).not.toContain("boxed");
	});
});

describe("the system prompt of the server's own calls", () => {
	test("holds the date, and no tools: they are in the body", () => {
		const tool = { server: "soundings", name: "web_search", description: "Searches.", schema: { type: "object" } };
		const prompt = native.systemPrompt([tool], "2026-03-04");
		expect(prompt.split("2026-03-04")).toHaveLength(2);
		expect(prompt).not.toContain("web_search");
		expect(prompt).not.toMatch(/[{}]/);
		expect(native.wireTools([tool])).toEqual([
			{ type: "function", function: { name: "web_search", description: "Searches.", parameters: { type: "object" } } },
		]);
		expect(native.wireTools([])).toBeUndefined();
	});
});
