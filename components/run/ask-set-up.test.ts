import { expect, test } from "vitest";
import { type AskChoice, depthOf, toolsOf } from "./ask-set-up";

const preset = (id: string, calls: number) => ({
	id,
	calls,
	available: true,
	plans: false,
	tools: ["library_search", "read_page"],
});
const presets = [preset("deep", 600), preset("odd", 200), preset("small", 3)];
const choice = (id: string, depth?: number): AskChoice => ({
	preset: id,
	answerMode: "report",
	collections: [],
	withoutTools: [],
	approval: [],
	...(depth && { depth }),
});

test("the depth follows the preset until a person chooses one", () => {
	expect(depthOf(choice("deep"), presets)).toBe(600);
	expect(depthOf(choice("odd"), presets)).toBe(100);
	expect(depthOf(choice("small"), presets)).toBe(25);
	expect(depthOf(choice("deep", 25), presets)).toBe(25);
});

test("the library is no tool of a run that looks into no collection", () => {
	expect(toolsOf(choice("deep"), presets)).toEqual(["read_page"]);
	expect(toolsOf({ ...choice("deep"), collections: ["docs"] }, presets)).toEqual(["library_search", "read_page"]);
	expect(toolsOf(choice("gone"), presets)).toEqual([]);
});
