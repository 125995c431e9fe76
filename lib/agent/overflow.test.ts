import { expect, test } from "vitest";
import { estimateTokens, overflows } from "./overflow";

const fill = (inputTokens: number) => ({
	inputTokens,
	outputTokens: 0,
	results: "",
	answerPrompt: "",
	maxTokens: 16_384,
	contextTokens: 262_144,
});

test("with the published settings the guard fires at 244,760 tokens and not one before", () => {
	expect(overflows(fill(244_759), () => 0)).toBe(false);
	expect(overflows(fill(244_760), () => 0)).toBe(true);
});

test("new text counts one and a half times, truncated, result and prompt apart", () => {
	const tight = { ...fill(244_760 - 7), results: "x".repeat(100), answerPrompt: "y".repeat(100) };
	expect(overflows(tight, () => 3)).toBe(true);
	expect(overflows({ ...tight, inputTokens: 244_760 - 9 }, () => 3)).toBe(false);
});

test("the tokenizer is asked only when bytes alone do not settle it", () => {
	const ask = () => {
		throw new Error("asked");
	};
	expect(overflows({ ...fill(1000), results: "x".repeat(100_000) }, ask)).toBe(false);
	expect(() => overflows({ ...fill(200_000), results: "x".repeat(100_000) }, ask)).toThrow("asked");
});

test("an estimate grows with every message and with the tools", () => {
	const one = estimateTokens({ messages: [{ role: "user", content: "x".repeat(400) }], params: {} });
	expect(one).toBeGreaterThanOrEqual(100);
	const tools = [{ type: "function" as const, function: { name: "t", description: "d".repeat(400), parameters: {} } }];
	expect(estimateTokens({ messages: [{ role: "user", content: "x".repeat(400) }], params: {}, tools })).toBeGreaterThan(
		one + 90,
	);
});
