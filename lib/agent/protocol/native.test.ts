import { describe, expect, test } from "vitest";
import type { Message } from "../../trajectory/messages";
import type { ModelDelta, ModelReply } from "../model";
import { native } from "./native";

const replyOf = (reply: Partial<ModelReply>): ModelReply => ({
	content: "",
	calls: [],
	finish: "stop",
	ms: 1,
	...reply,
});
const call = { id: "call_1_1", server: "soundings", name: "web_search", args: { q: "depth" } };

describe("messages on the wire", () => {
	const wire = (message: Message) => native.toWire(message);

	test("a reply with calls: arguments are JSON text, reasoning goes back under both names", () => {
		const message: Message = { role: "assistant", turn: 1, content: "", reasoning: "why", calls: [call] };
		expect(wire(message)).toEqual([
			{
				role: "assistant",
				content: null,
				reasoning: "why",
				reasoning_content: "why",
				tool_calls: [
					{ id: "call_1_1", type: "function", function: { name: "web_search", arguments: '{"q":"depth"}' } },
				],
			},
		]);
	});

	test("arguments that could not be read go back as an empty object", () => {
		const { calls } = native.read(replyOf({ calls: [{ id: "call_1_1", name: "web_search", raw: '{"q": "de' }] }), []);
		expect(calls[0]?.args).toEqual({ error: "Failed to parse arguments", raw: '{"q": "de' });
		const [message] = wire({ role: "assistant", turn: 1, content: "", calls });
		expect(message).toMatchObject({ tool_calls: [{ function: { arguments: "{}" } }] });
	});

	test("a thought that leaked into the content is sent as if the server had split it", () => {
		const leaked = wire({ role: "assistant", turn: 1, content: "<think>why</think>four", calls: [] });
		expect(leaked).toEqual(wire({ role: "assistant", turn: 1, content: "four", reasoning: "why", calls: [] }));
	});

	test("results are tool messages; text added to them is a user message behind", () => {
		const results = [
			{ callId: "call_1_1", name: "web_search", text: "one" },
			{ callId: "call_1_2", name: "read_page", text: "two" },
		];
		expect(wire({ role: "user", kind: "results", turn: 1, results, appended: "answer now" })).toEqual([
			{ role: "tool", tool_call_id: "call_1_1", content: "one" },
			{ role: "tool", tool_call_id: "call_1_2", content: "two" },
			{ role: "user", content: "answer now" },
		]);
	});

	test("pictures that came with what was added to results go with it", () => {
		const results = [{ callId: "call_1_1", name: "web_search", text: "one" }];
		expect(wire({ role: "user", kind: "results", turn: 1, results, appended: "and this?", pictures: ["h"] })).toEqual([
			{ role: "tool", tool_call_id: "call_1_1", content: "one" },
			{
				role: "user",
				content: [
					{ type: "text", text: "and this?" },
					{ type: "image_url", image_url: { url: "sha256:h" } },
				],
			},
		]);
	});

	test("prompts are user messages, a prefill stays as it is", () => {
		expect(wire({ role: "system", content: "S" })).toEqual([{ role: "system", content: "S" }]);
		const prefill: Message = {
			role: "assistant",
			turn: 0,
			content: "<think>\na\n</think>\n\n",
			calls: [],
			prefill: true,
		};
		expect(wire(prefill)).toEqual([{ role: "assistant", content: prefill.content }]);
	});
});

describe("reading", () => {
	test("the server's calls, null-valued arguments dropped", () => {
		const reply = replyOf({
			content: "I search.",
			calls: [{ ...call, args: { q: "depth", num: null } }],
			finish: "tool_calls",
		});
		expect(native.read(reply, [])).toEqual({
			content: "I search.",
			calls: [call],
			visible: "I search.",
			malformed: false,
			callsInThink: 0,
		});
	});

	test("call markup the server did not recognise is a format error", () => {
		const reply = replyOf({ content: '<tool_call>\n{"name": "web_search"}\n</tool_call>' });
		expect(native.read(reply, []).malformed).toBe(true);
		expect(native.read(replyOf({ content: "<think>\n<tool_call>{}" }), []).malformed).toBe(true);
		expect(native.read(replyOf({ content: "Four [1]." }), []).malformed).toBe(false);
	});
});

test("the sorter splits leaked thoughts and passes reasoning and calls on, in order", () => {
	const sorter = native.sorter();
	const deltas: ModelDelta[] = [
		{ part: "reasoning", text: "r" },
		{ part: "text", text: "<thi" },
		{ part: "text", text: "nk>a</think>b <" },
		{ part: "call", text: '{"q"' },
	];
	expect([...deltas.flatMap((delta) => sorter.push(delta)), ...sorter.end()]).toEqual([
		{ part: "reasoning", text: "r" },
		{ part: "reasoning", text: "a" },
		{ part: "text", text: "b " },
		{ part: "text", text: "<" },
		{ part: "call", text: '{"q"' },
	]);
});
