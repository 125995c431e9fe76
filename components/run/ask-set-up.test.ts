import { expect, test } from "vitest";
import { type AskChoice, depthOf, mcpOf, toolsOf } from "./ask-set-up";

const preset = (id: string, calls: number) => ({
	id,
	calls,
	available: true,
	plans: false,
	usesMcp: id === "deep",
	tools: ["library_search", "read_page"],
});
const presets = [preset("deep", 600), preset("odd", 200), preset("small", 3)];
const choice = (id: string, depth?: number): AskChoice => ({
	preset: id,
	answerMode: "report",
	collections: [],
	subAgents: false,
	withoutTools: [],
	approval: [],
	onlySites: "",
	neverSites: "",
	...(depth && { depth }),
});

test("the depth follows the preset until a person chooses one", () => {
	expect(depthOf(choice("deep"), presets)).toBe(600);
	expect(depthOf(choice("odd"), presets)).toBe(100);
	expect(depthOf(choice("small"), presets)).toBe(25);
	expect(depthOf(choice("deep", 25), presets)).toBe(25);
});

test("MCP servers follow the preset until a person chooses", () => {
	const setUp = { mcp: ["files", "web"], presets };
	expect(mcpOf(choice("deep"), setUp)).toEqual(["files", "web"]);
	expect(mcpOf(choice("odd"), setUp)).toEqual([]);
	expect(mcpOf({ ...choice("deep"), mcp: [] }, setUp)).toEqual([]);
	expect(mcpOf({ ...choice("odd"), mcp: ["web"] }, setUp)).toEqual(["web"]);
});

test("the library is no tool of a run that looks into no collection", () => {
	expect(toolsOf(choice("deep"), presets)).toEqual(["read_page"]);
	expect(toolsOf({ ...choice("deep"), collections: ["docs"] }, presets)).toEqual(["library_search", "read_page"]);
	expect(toolsOf(choice("gone"), presets)).toEqual([]);
});
