import http from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { script } from "../../e2e/vllm/policies";
import type { StandInReply } from "../../e2e/vllm/reply";
import { type StandIn, type StandInOptions, startStandIn } from "../../e2e/vllm/server";
import { ModelFault, type WireRequest } from "../agent/model";
import type { ModelTimeouts } from "./model-fetch";
import { openaiCompatible } from "./openai-compatible";

let open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
	for (const server of open) await server.close();
	open = [];
});

async function standIn(steps: StandInReply[], options: Partial<StandInOptions> = {}): Promise<StandIn> {
	const server = await startStandIn({ policy: script(steps, true), ...options });
	open.push(server);
	return server;
}

const hello: WireRequest = {
	messages: [{ role: "user", content: "How deep?" }],
	params: { temperature: 1, max_tokens: 500 },
};

async function ask(baseUrl: string, { request = hello, timeouts = {} as Partial<ModelTimeouts>, apiKey = "" } = {}) {
	const model = openaiCompatible({ baseUrl: `${baseUrl}/v1`, model: "stand-in", timeouts, ...(apiKey && { apiKey }) });
	const deltas: { part: string; text: string }[] = [];
	const stream = model.reply(request, { signal: new AbortController().signal, runId: "run", turn: 1 });
	let next = await stream.next();
	while (!next.done) {
		deltas.push(next.value);
		next = await stream.next();
	}
	const joined = (part: string) =>
		deltas
			.filter((delta) => delta.part === part)
			.map(({ text }) => text)
			.join("");
	return { reply: next.value, joined };
}

async function fault(run: Promise<unknown>): Promise<ModelFault> {
	const error = await run.then(
		() => new Error("it did not fail"),
		(reason: unknown) => reason,
	);
	if (!(error instanceof ModelFault)) throw error;
	return error;
}

describe("a reply", () => {
	test("comes whole and in pieces, with usage, cached tokens and the time of the first token", async () => {
		const server = await standIn([{ content: "<think>\nwhy\n</think>\n\nIt is deep." }]);
		const { reply, joined } = await ask(server.url);
		expect(reply).toMatchObject({ content: "<think>\nwhy\n</think>\n\nIt is deep.", finish: "stop", calls: [] });
		expect(joined("text")).toBe(reply.content);
		expect(reply.usage).toMatchObject({
			inputTokens: expect.any(Number),
			outputTokens: expect.any(Number),
			cachedTokens: 0,
		});
		expect(reply.ttftMs).toBeLessThanOrEqual(reply.ms);
	});

	test.each(["reasoning", "reasoning_content"] as const)("reads the field %s, once", async (reasoningField) => {
		const server = await standIn([{ reasoning: "first think", content: "then say" }], { reasoningField });
		const { reply } = await ask(server.url);
		expect(reply).toMatchObject({ reasoning: "first think", content: "then say" });
	});

	test("holds native tool calls, parsed; broken arguments keep their text", async () => {
		const server = await standIn([
			{
				calls: [
					{ name: "search", args: { q: "tide" } },
					{ name: "read", args: '{"url": "x' },
				],
			},
		]);
		const { reply, joined } = await ask(server.url);
		expect(reply.calls).toMatchObject([
			{ name: "search", args: { q: "tide" } },
			{ name: "read", raw: '{"url": "x' },
		]);
		expect(reply.calls[1]?.args).toBeUndefined();
		expect(joined("call")).toContain('{"q":"tide"}');
	});

	test("that was cut inside a call counts as cut, although the server says tool_calls", async () => {
		const server = await standIn([{ calls: [{ name: "search", args: { q: "a long query indeed" } }] }]);
		const { reply } = await ask(server.url, { request: { ...hello, params: { max_tokens: 5 } } });
		expect(reply.finish).toBe("length");
	});

	test.each([
		["length", "length"],
		["content_filter", "content_filter"],
		["repetition", "repetition"],
		["weird", "unknown"],
	])("finished by %s is told as %s", async (finish, told) => {
		const server = await standIn([{ content: "x", finish }]);
		expect((await ask(server.url)).reply.finish).toBe(told);
	});

	test("without usage says so by leaving it out", async () => {
		const server = await standIn([{ content: "x" }], { withUsage: false });
		expect((await ask(server.url)).reply.usage).toBeUndefined();
	});

	test("may be empty", async () => {
		const server = await standIn([{ content: "" }]);
		expect((await ask(server.url)).reply).toMatchObject({ content: "", finish: "stop" });
	});
});

describe("the body", () => {
	test("is exactly what the loop hashed: messages, tools and parameters, nothing else", async () => {
		const server = await standIn([{ content: "x" }]);
		const tools = [
			{ type: "function" as const, function: { name: "t", description: "d", parameters: { type: "object" } } },
		];
		await ask(server.url, {
			request: { ...hello, tools, params: { temperature: 1, top_k: 20, repetition_penalty: 1.05 } },
		});
		expect(server.requests[0]?.body).toEqual({
			model: "stand-in",
			messages: hello.messages,
			tools,
			temperature: 1,
			top_k: 20,
			repetition_penalty: 1.05,
			stream: true,
			stream_options: { include_usage: true },
		});
	});

	test("leaves tools out when there are none: the server refuses an empty list", async () => {
		const server = await standIn([{ content: "x" }]);
		await ask(server.url);
		expect(server.requests[0]?.body).not.toHaveProperty("tools");
	});
});

const status = (code: number, body: unknown, headers?: Record<string, string>): StandInReply => ({
	fault: { kind: "status", status: code, body, ...(headers && { headers }) },
});
const error = (message: string) => ({ error: { message, type: "BadRequestError", param: null, code: 400 } });

describe("a fault", () => {
	test.each([
		[
			"vLLM's token check",
			error(
				"This model's maximum context length is 4096 tokens. However, you requested 1024 output tokens and your prompt contains at least 3073 input tokens, for a total of at least 4097 tokens.",
			),
		],
		[
			"vLLM's character check",
			error("your prompt contains 9 characters (more than 8 characters, which is the upper bound for 2 input tokens)."),
		],
		[
			"vLLM's output check",
			error(
				"max_tokens=9 cannot be greater than max_model_len=max_total_tokens=8. Please request fewer output tokens.",
			),
		],
		["vLLM's exact fill", error("max_tokens must be at least 1, got 0. (parameter=max_tokens, value=0)")],
		["vLLM's late path", error("Input length (9) exceeds model's maximum context length (8).")],
		[
			"SGLang, flat",
			{
				object: "error",
				message: "The input (5000 tokens) is longer than the model's context length (4096 tokens).",
				type: "BadRequestError",
				param: null,
				code: 400,
			},
		],
		["SGLang's total", error("Requested token count exceeds the model's maximum context length of 40960 tokens.")],
	])("is an overflow in the words of %s", async (_, body) => {
		const server = await standIn([status(400, body)]);
		expect(await fault(ask(server.url))).toMatchObject({ fault: "overflow", status: 400 });
	});

	test.each([
		[401, { error: "Unauthorized" }, "unauthorized"],
		[404, error("The model `x` does not exist."), "not_found"],
		[400, error("`tools` must not be an empty array."), "bad_request"],
		[500, error("Internal server error"), "server_error"],
		[502, "<html>Bad Gateway</html>", "busy"],
		[503, { error: "The model is currently scaling. Please try again later." }, "busy"],
	] as const)("of status %i is told as what it is", async (code, body, told) => {
		const server = await standIn([status(code, body)]);
		expect(await fault(ask(server.url))).toMatchObject({ fault: told, status: code });
	});

	test("says how long the server wants to be left alone, however long", async () => {
		const server = await standIn([status(429, error("slow down"), { "retry-after": "90" })]);
		expect(await fault(ask(server.url))).toMatchObject({ fault: "rate_limit", retryAfterMs: 90_000 });
	});

	test.each([
		["inside a stream", { kind: "in-stream", after: 2, code: 500, message: "engine died" }, "stream_error"],
		["as the first event", { kind: "in-stream", after: 0, code: 500, message: "engine died" }, "stream_error"],
		["by a cut connection", { kind: "cut", after: 3 }, "truncated"],
		["by an end without a finish", { kind: "no-finish" }, "truncated"],
	] as const)("%s is found after the 200", async (_, broken, told) => {
		const server = await standIn([{ content: "some words of a reply", fault: broken, pace: 100 }]);
		expect(await fault(ask(server.url))).toMatchObject({ fault: told });
	});

	test("before any answer is a reset", async () => {
		const server = await standIn([{ fault: { kind: "reset" } }]);
		expect((await fault(ask(server.url))).fault).toBe("reset");
	});

	test("by silence ends after the time that was set, before and after the first token", async () => {
		const silent = await standIn([{ content: "some words", fault: { kind: "silence", after: 2 } }]);
		expect(await fault(ask(silent.url, { timeouts: { idle: 80 } }))).toMatchObject({ fault: "timeout" });
		const mute = http.createServer(() => undefined);
		await new Promise<void>((up) => mute.listen(0, "127.0.0.1", up));
		open.push({
			close: () => {
				mute.closeAllConnections();
				mute.close();
			},
		});
		const url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
		expect(await fault(ask(url, { timeouts: { firstByte: 80 } }))).toMatchObject({ fault: "timeout" });
	});

	test("of a server that is not there is a refusal; of something else entirely, a plain word", async () => {
		const gone = await startStandIn({ policy: script([], false) });
		await gone.close();
		expect(await fault(ask(gone.url))).toMatchObject({
			fault: "refused",
			message: "The model server does not answer.",
		});
		const garbage = createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
		await new Promise<void>((up) => garbage.listen(0, "127.0.0.1", up));
		open.push({ close: () => void garbage.close() });
		const url = `http://127.0.0.1:${(garbage.address() as AddressInfo).port}`;
		expect(["reset", "unexpected"]).toContain((await fault(ask(url))).fault);
	});

	test("never carries the key", async () => {
		const server = await standIn([{ content: "x" }], { apiKey: "right" });
		const refused = await fault(ask(server.url, { apiKey: "sk-secret-4242" }));
		expect(refused.fault).toBe("unauthorized");
		expect(refused.message).not.toContain("4242");
	});
});

test("tokens are counted by the server's own tokenizer, and not at all without one", async () => {
	const server = await standIn([{ content: "x" }]);
	const signal = new AbortController().signal;
	const model = openaiCompatible({ baseUrl: `${server.url}/v1`, model: "stand-in" });
	expect(await model.countTokens?.(hello, signal)).toBeGreaterThan(5);
	const nobody = openaiCompatible({ baseUrl: "http://127.0.0.1:9/v1", model: "stand-in" });
	expect(await nobody.countTokens?.(hello, signal)).toBeUndefined();
});
