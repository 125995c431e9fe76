import { expect, test } from "vitest";
import { agreed, readPlan } from "./plan";

test.each([
	[
		"Sure.\n\nQuestions:\n- Which year?\n- Which port?\n\nPlan:\n1. Find the log.\n2) Read the chart.\n",
		["Which year?", "Which port?"],
		["Find the log.", "Read the chart."],
	],
	["## Questions\n\n- none\n\n**Plan:**\n* Find the log.", [], ["Find the log."]],
	["Plan:\n- a\n- b\n", [], ["a", "b"]],
	["I cannot plan that.", [], []],
	[`Questions:\n${"- q?\n".repeat(9)}Plan:\n${"- s\n".repeat(40)}`, ["q?", "q?", "q?"], Array(12).fill("s")],
])("%j is read", (reply, questions, steps) => {
	expect(readPlan(reply)).toEqual({ questions, steps });
});

test("only what was answered is told, before the plan", () => {
	expect(
		agreed(
			[
				["Which year?", " 1874 "],
				["Which port?", " "],
			],
			"Find the log.\n",
		),
	).toBe("Asked and answered:\n- Which year?\n  1874\n\nPlan:\nFind the log.");
	expect(agreed([["Which year?", ""]], " ")).toBe("");
});
