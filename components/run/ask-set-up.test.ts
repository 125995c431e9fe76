import { expect, test } from "vitest";
import { type AskChoice, depthOf, inputOf, mcpAsking, mcpOf, toolsOf } from "./ask-set-up";

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

test("marks of an MCP server's tools go with the run that uses the server, and stay chosen without it", () => {
	const plans = presets.map((known) => ({ ...known, plans: known.id === "deep" }));
	const setUp = {
		presets: plans,
		preset: "deep",
		collections: [],
		web: [],
		mcp: ["files", "web"],
		approval: [],
		seesImages: false,
	};
	const marked = {
		...choice("deep"),
		withoutTools: ["files__remove", "web__post", "gone"],
		approval: ["files__write", "files__remove", "web__get", "read_page"],
	};
	expect(inputOf({ ...marked, mcp: ["files"] }, setUp)).toMatchObject({
		mcp: ["files"],
		withoutTools: ["files__remove"],
		approval: ["read_page", "files__write", "files__remove"],
	});
	expect(mcpAsking({ ...marked, mcp: ["files"] }, setUp)).toEqual(["files__write"]);
	const unable = inputOf({ ...marked, preset: "odd", mcp: ["files"] }, setUp);
	expect(unable).toMatchObject({ withoutTools: [], approval: ["read_page"] });
	expect(mcpAsking({ ...marked, preset: "odd", mcp: ["files"] }, setUp)).toEqual([]);
});
