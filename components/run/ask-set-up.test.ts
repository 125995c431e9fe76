import { expect, test } from "vitest";
import { type AskChoice, depthOf } from "./ask-set-up";

const preset = (id: string, calls: number) => ({ id, calls, available: true, plans: false });
const presets = [preset("deep", 600), preset("odd", 200), preset("small", 3)];
const choice = (id: string, depth?: number): Pick<AskChoice, "preset" | "depth"> => ({
	preset: id,
	...(depth && { depth }),
});

test("the depth follows the preset until a person chooses one", () => {
	expect(depthOf(choice("deep"), presets)).toBe(600);
	expect(depthOf(choice("odd"), presets)).toBe(100);
	expect(depthOf(choice("small"), presets)).toBe(25);
	expect(depthOf(choice("deep", 25), presets)).toBe(25);
});
