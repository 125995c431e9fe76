import { describe, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { extractBoxed, extractFailureSummary } from "./answer";

describe("the boxed answer", () => {
	test.each([
		["\\boxed{42}", "42"],
		["\\boxed {a}", "a"],
		["\\boxed{a{b}c}", "a{b}c"],
		["\\boxed{x\\}y}", "x\\}y"],
		["\\boxed{first} and then \\boxed{second}", "second"],
		["\\boxed{abc", "abc"],
		["\\boxed{ ? }", "?"],
		["\\boxed\n\t{ 北京 🎉 }.", "北京 🎉"],
		["<think>\\boxed{1}</think>", "1"],
		["$$\\boxed{24\\text{ August }2023}$$", "24\\text{ August }2023"],
		["\\boxed{7} is what \\boxed means", "7"],
		["\\boxed{\\\\}", "\\\\"],
	])("%j → %j", (text, boxed) => expect(extractBoxed(text)).toBe(boxed));

	test.each([
		"\\boxed{unknown}",
		"\\boxedx{1}",
		"\\boxed 5",
		"\\boxed{}",
		"\\boxed{ }",
		"\\boxed{1} then \\boxed{",
		"no box",
		"",
		...["?", "??", "???", "？", "……", "…", "..."].map((mark) => `\\boxed{${mark}}`),
	])("%j holds none", (text) => expect(extractBoxed(text)).toBeUndefined());

	test("hostile text is read in linear time", () => {
		const since = processorTime();
		extractBoxed("\\boxed ".repeat(100_000));
		extractBoxed("\\boxed{".repeat(100_000));
		expect(processorTime() - since).toBeLessThan(1000);
	});
});

describe("the failure summary", () => {
	test.each([
		["Failure type: blocked\n", "Failure type: blocked"],
		["<think>hm</think>\n\nFailure type: blocked <use_mcp_tool>\n<server_name>", "Failure type: blocked"],
		["more thought</think>Useful findings: a", "Useful findings: a"],
		["<think>only a thought</think>  ", "only a thought"],
		["<think>x</think><use_mcp_tool>", "x"],
		["", ""],
	])("%j → %j", (reply, summary) => expect(extractFailureSummary(reply)).toBe(summary));
});
