import { existsSync, readdirSync, readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { describe, expect, test } from "vitest";
import { testData } from "../../e2e/test-data";
import type { ModelReply } from "../agent/model";
import { openaiCompatible } from "./openai-compatible";

const folder = testData("stream-fixtures");

type Call = { index?: number; id?: string | null; function?: { name?: string | null; arguments?: string | null } };
type Delta = {
	content?: unknown;
	reasoning?: string | null;
	reasoning_content?: string | null;
	tool_calls?: Call[] | null;
};
type Chunk = {
	choices?: { delta?: Delta; finish_reason?: string | null }[];
	usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
};

/** The recording folded by hand, as the protocol's documentation tells: nothing of it is shared with the client. */
function folded(chunks: Chunk[]) {
	const calls: { name: string; args: string }[] = [];
	const found = { content: "", reasoning: "", finish: "", usage: undefined as Chunk["usage"] };
	for (const { choices, usage } of chunks) {
		if (usage) found.usage = usage;
		const choice = choices?.[0];
		if (choice?.finish_reason) found.finish = choice.finish_reason;
		const delta = choice?.delta;
		if (typeof delta?.content === "string") found.content += delta.content;
		found.reasoning += delta?.reasoning_content ?? delta?.reasoning ?? "";
		for (const { index, function: made } of delta?.tool_calls ?? []) {
			const at = index ?? calls.length;
			calls[at] ??= { name: "", args: "" };
			calls[at].name ||= made?.name ?? "";
			calls[at].args += made?.arguments ?? "";
		}
	}
	return { ...found, calls };
}

async function replyTo(lines: string[]): Promise<ModelReply> {
	const server = http.createServer((_, response) => {
		response.writeHead(200, { "content-type": "text/event-stream" });
		for (const line of lines) response.write(`data: ${line}\n\n`);
		response.end("data: [DONE]\n\n");
	});
	await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
	const model = openaiCompatible({
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		model: "m",
	});
	const request = { messages: [{ role: "user" as const, content: "x" }], params: {} };
	const stream = model.reply(request, { signal: new AbortController().signal, runId: "r", turn: 1 });
	let next = await stream.next();
	while (!next.done) next = await stream.next();
	server.closeAllConnections();
	server.close();
	return next.value;
}

const FINISH: Record<string, string> = { tool_calls: "tool_calls", stop: "stop", length: "length" };
const names = folder
	? readdirSync(join(folder, "vercel-ai")).filter((name) => /\.(?:chunks\.txt|sse)$/.test(name))
	: [];
const linesOf = (name: string) =>
	readFileSync(join(folder ?? "", "vercel-ai", name), "utf8")
		.split("\n")
		.map((line) => line.replace(/^data: /, ""))
		.filter((line) => line.startsWith("{"));
const twinOf = (name: string) => name.replace(/\.(?:chunks\.txt|sse)$/, ".json");
/** Mistral sends thinking as typed parts of `content`, which is not the chat format read here by hand. */
const typedParts = (name: string) => name.startsWith("mistral__mistral-reasoning");

describe.skipIf(!folder)("streams recorded from providers", () => {
	test.each(names.filter((name) => !typedParts(name)))("%s: text, reasoning, calls, usage and finish", async (name) => {
		const lines = linesOf(name);
		const expected = folded(lines.map((line) => JSON.parse(line) as Chunk));
		const reply = await replyTo(lines);
		expect(reply.content).toBe(expected.content);
		expect(reply.reasoning ?? "").toBe(expected.reasoning);
		expect(reply.calls.map(({ name: tool, args, raw }) => ({ name: tool, args: args ?? raw }))).toEqual(
			expected.calls.filter(Boolean).map(({ name: tool, args }) => ({ name: tool, args: JSON.parse(args || "{}") })),
		);
		expect(reply.finish).toBe(FINISH[expected.finish] ?? "unknown");
		expect(reply.usage?.inputTokens).toBe(expected.usage?.prompt_tokens);
		expect(reply.usage?.outputTokens).toBe(expected.usage?.completion_tokens);
	});

	test("a whole response of the same request has the same shape of result", async () => {
		const twins = names.filter(
			(name) => existsSync(join(folder ?? "", "vercel-ai", twinOf(name))) && !typedParts(name),
		);
		const differing: string[] = [];
		const equal: string[] = [];
		for (const name of twins) {
			const whole = JSON.parse(readFileSync(join(folder ?? "", "vercel-ai", twinOf(name)), "utf8"));
			const [choice] = whole.choices;
			const reply = await replyTo(linesOf(name));
			const tools = (choice.message.tool_calls ?? []).map((call: Call) => call.function?.name);
			const same =
				reply.finish === (FINISH[choice.finish_reason] ?? "unknown") &&
				String(tools) === String(reply.calls.map(({ name: tool }) => tool));
			if (!same) differing.push(name);
			// All pairs are two samples of one prompt: thoughts differ even where the text is the same.
			if (reply.content === "" || reply.content !== choice.message.content) continue;
			equal.push(name);
			expect(reply.usage?.inputTokens).toBe(whole.usage.prompt_tokens);
		}
		expect(twins.length).toBeGreaterThan(10);
		expect(differing).toEqual([]);
		expect(equal.length).toBeGreaterThan(0);
	});
});

type SseCase = {
	id: string;
	chunks: string[];
	expected_events: { data: string; event?: string; id?: string }[];
	errors: unknown[];
};
const cases: SseCase[] = folder
	? readFileSync(join(folder, "sse_parser_cases.jsonl"), "utf8")
			.split("\n")
			.filter(Boolean)
			.map((line) => JSON.parse(line) as SseCase)
	: [];

describe.skipIf(!folder)("the event stream parser our client reads with", () => {
	test.each(cases.map((one) => [one.id, one] as const))("%s", async (_, { chunks, expected_events }) => {
		const encoder = new TextEncoder();
		const source = new ReadableStream<BufferSource>({
			start(controller) {
				for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
				controller.close();
			},
		});
		const events: object[] = [];
		for await (const event of source.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())) {
			events.push(JSON.parse(JSON.stringify(event)));
		}
		expect(events).toEqual(expected_events);
	});
});
