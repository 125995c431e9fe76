import { afterEach, expect, test } from "vitest";
import { closeServers, standIn } from "../../e2e/fixtures/asking";
import type { WireRequest } from "../agent/model";
import { openai } from "./openai";

afterEach(closeServers);

const request: WireRequest = {
	messages: [
		{ role: "user", content: "How deep?" },
		{ role: "assistant", content: "Deep.", reasoning: "why", reasoning_content: "why" },
		{ role: "user", content: "In metres?" },
	],
	tools: [{ type: "function", function: { name: "search", description: "d", parameters: { type: "object" } } }],
	params: { temperature: 1, top_p: 0.95, repetition_penalty: 1.05, max_tokens: 500 },
};

async function asked(model: string) {
	const server = await standIn([{ calls: [{ name: "search", args: { q: "tide" } }] }], { model });
	const stream = openai({ model, apiKey: "k", baseUrl: `${server.url}/v1` }).reply(request, {
		signal: new AbortController().signal,
		runId: "run",
		turn: 1,
	});
	let next = await stream.next();
	while (!next.done) next = await stream.next();
	return { reply: next.value, body: server.requests[0]?.body };
}

test("OpenAI gets its own fields alone: no reasoning back, no parameter it would refuse", async () => {
	const { reply, body } = await asked("gpt-4.1-mini");
	expect(reply).toMatchObject({ finish: "tool_calls", calls: [{ name: "search", args: { q: "tide" } }] });
	expect(reply.usage).toMatchObject({ inputTokens: expect.any(Number), outputTokens: expect.any(Number) });
	expect(body).toEqual({
		model: "gpt-4.1-mini",
		messages: [
			{ role: "user", content: "How deep?" },
			{ role: "assistant", content: "Deep." },
			{ role: "user", content: "In metres?" },
		],
		tools: request.tools,
		temperature: 1,
		top_p: 0.95,
		max_tokens: 500,
		stream: true,
		stream_options: { include_usage: true },
	});
});

test.each(["gpt-5-mini", "o4-mini"])(
	"%s, which reasons, is given max_completion_tokens and no temperature",
	async (model) => {
		const { body } = await asked(model);
		expect(body).toMatchObject({ max_completion_tokens: 500 });
		expect(Object.keys(body ?? {})).not.toContain("temperature");
		expect(Object.keys(body ?? {})).not.toContain("max_tokens");
	},
);
