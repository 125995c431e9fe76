import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testData } from "../../../e2e/test-data";
import { opensInPrompt, type SplitText, splitThink } from "../../trajectory/think";
import { ThinkSplitter } from "./think-splitter";

function streamed(chunks: readonly string[], opened: boolean): SplitText {
	const splitter = new ThinkSplitter({ opened });
	const split = { reasoning: "", visible: "" };
	const pieces = chunks.flatMap((chunk) => splitter.push(chunk));
	for (const { part, text } of [...pieces, ...splitter.end()]) {
		if (part === "reasoning") split.reasoning += text;
		else split.visible += text;
	}
	return split;
}

/** Cuts a text at the given places (taken modulo its length). */
function cut(text: string, places: readonly number[]): string[] {
	const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
	return [0, ...at].map((from, index) => text.slice(from, at[index]));
}

/** Text made of tags, halves of tags, lines and blanks. */
const tagged = fc
	.array(
		fc.constantFrom(
			...[
				"<think>",
				"</think>",
				"<tool_call>",
				"<use_mcp_tool>",
				"</use_mcp_tool>",
				"<arguments>",
				"<thi",
				"nk>",
				"</",
			],
			...["\n", " ", "\r\n", "a", "思考", "<", ">", "<use_mcp_tool><arguments>"],
		),
		{ maxLength: 24 },
	)
	.map((parts) => parts.join(""));

describe("the splitter and the splitting of a whole reply", () => {
	test("B069: agree for every text and every way of cutting it", () => {
		fc.assert(
			fc.property(tagged, fc.array(fc.nat(200), { maxLength: 12 }), (text, places) => {
				const opened = opensInPrompt(text);
				expect(streamed(cut(text, places), opened)).toEqual(splitThink(text));
				expect(streamed(text.split(""), opened)).toEqual(splitThink(text));
			}),
			{ numRuns: 3000, seed: 7 },
		);
	});

	test("lose nothing but tags", () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom("<think>", "</think>", "\n", "a", "b", " ")), (parts) => {
				const { reasoning, visible } = splitThink(parts.join(""));
				const bare = (part: string) => [...part.replace(/<\/?think>/g, "")].sort().join("");
				expect(bare(reasoning + visible)).toBe(bare(parts.join("")));
			}),
			{ numRuns: 1000, seed: 7 },
		);
	});

	test("hold back no more than could begin a tag", () => {
		const splitter = new ThinkSplitter();
		expect(splitter.push("a <thin")).toEqual([{ part: "text", text: "a " }]);
		expect(splitter.push("g")).toEqual([{ part: "text", text: "<thing" }]);
		expect(splitter.push("\n<think>b</thi")).toEqual([
			{ part: "text", text: "\n" },
			{ part: "reasoning", text: "b" },
		]);
		expect(splitter.push("nk>c")).toEqual([{ part: "text", text: "c" }]);
	});
});

describe("what is thought and what is said", () => {
	test.each<[string, string, SplitText]>([
		["no block", "four", { reasoning: "", visible: "four" }],
		["a block in front", "<think>\nwhy\n</think>\n\nfour", { reasoning: "\nwhy\n", visible: "\n\nfour" }],
		["opened by the prompt", "why</think>four", { reasoning: "why", visible: "four" }],
		["never closed", "<think>why", { reasoning: "why", visible: "" }],
		["two blocks", "<think>a</think>\nb\n<think>c</think>d", { reasoning: "ac", visible: "\nb\nd" }],
		[
			"a tag in a sentence is prose",
			"The tag <think> opens it.",
			{ reasoning: "", visible: "The tag <think> opens it." },
		],
		["call markup in an unclosed block", "<think>a\n<tool_call>b", { reasoning: "a\n", visible: "<tool_call>b" }],
		["call markup in a sentence", "<think>a <tool_call> b</think>c", { reasoning: "a <tool_call> b", visible: "c" }],
		[
			"a closing tag in an argument",
			"<use_mcp_tool><arguments>{</think>}</arguments></use_mcp_tool>",
			{ reasoning: "", visible: "<use_mcp_tool><arguments>{</think>}</arguments></use_mcp_tool>" },
		],
	])("%s", (_, text, split) => expect(splitThink(text)).toEqual(split));
});

type Case = {
	id: string;
	family: string;
	think_tags: boolean;
	streaming: boolean;
	input?: string;
	deltas?: string[];
	expected_reasoning: string | null;
	expected_content: string | null;
};

const path = testData("toolcall-cases/reasoning_split.jsonl");
const cases = (path === undefined ? "" : readFileSync(path, "utf8"))
	.split("\n")
	.filter(Boolean)
	.map((line): Case => JSON.parse(line))
	.filter((one) => one.think_tags);

/** These families' templates open the think block in the prompt. Streams are fed by character. */
const splitOf = ({ input = "", deltas, streaming }: Case): SplitText =>
	streaming ? streamed(deltas ?? input.split(""), true) : splitThink(input);

const agrees = (one: Case): boolean => {
	const { reasoning, visible } = splitOf(one);
	return (
		reasoning.trim() === (one.expected_reasoning ?? "").trim() && visible.trim() === (one.expected_content ?? "").trim()
	);
};

describe.skipIf(path === undefined)("reasoning_split.jsonl (needs SOUNDINGS_TEST_DATA)", () => {
	test.each(cases.filter(({ family }) => family === "qwen3").map((one) => [one.id, one] as const))(
		"%s exactly",
		(_, one) => {
			expect(splitOf(one)).toEqual({ reasoning: one.expected_reasoning ?? "", visible: one.expected_content ?? "" });
		},
	);

	/** Cases of a family that agree, blanks at the ends aside, of all it has. Other families frame their text otherwise. */
	test.each([
		["qwen3", 18, 18],
		["deepseekr1", 18, 18],
		["ernie45", 6, 6],
		["glm4_moe", 10, 10],
		["holo2", 4, 6],
		["hunyuan", 0, 11],
		["hy_v3", 6, 6],
		["minimax_m2", 11, 11],
		["minimax_m2_append", 0, 10],
		["nemotron_v3", 4, 4],
		["olmo3", 14, 14],
		["step3p5", 19, 20],
	])("%s: %i of %i agree", (family, agreeing, all) => {
		const own = cases.filter((one) => one.family === family);
		expect([own.filter(agrees).length, own.length]).toEqual([agreeing, all]);
	});
});
