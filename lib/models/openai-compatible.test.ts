import http from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { ask, closeServers, hello, listening, standIn } from "../../e2e/fixtures/asking";
import { serveWeb } from "../../e2e/fixtures/web-server";
import { openaiCompatible } from "./openai-compatible";
import { probe } from "./probe";

afterEach(closeServers);

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

	test.each(["0.29.0", "0.14.0", "0.9.2", "sglang"])("reads the reasoning of %s, once", async (version) => {
		const server = await standIn([{ reasoning: "first think", content: "then say" }], { version });
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
		["constructor", "unknown"],
		["__proto__", "unknown"],
	])("B076: finished by %s is told as %s", async (finish, told) => {
		const server = await standIn([{ content: "x", finish }]);
		expect((await ask(server.url)).reply.finish).toBe(told);
	});

	test("without usage says so by leaving it out", async () => {
		const server = await standIn([{ content: "x" }], { withUsage: false });
		expect((await ask(server.url)).reply.usage).toBeUndefined();
	});

	test.each([
		["null", null],
		["negative numbers", { prompt_tokens: -5, completion_tokens: 3 }],
		["huge numbers", { prompt_tokens: 1e15, completion_tokens: 3 }],
	])("B078: with %s for usage counts as one without", async (_, usage) => {
		const server = await standIn([{ content: "x", usage }]);
		const { reply } = await ask(server.url);
		expect(reply).toMatchObject({ content: "x", finish: "stop" });
		expect(reply.usage).toBeUndefined();
	});

	test("may wait in the server's line longer than it may fall silent later", async () => {
		const server = await standIn([{ content: "my turn", queueMs: 300 }]);
		const { reply } = await ask(server.url, { timeouts: { firstByte: 5000, idle: 100 } });
		expect(reply.content).toBe("my turn");
		expect(reply.ttftMs).toBeGreaterThanOrEqual(290);
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

test.each([
	["in line", { content: "late", queueMs: 60_000 }],
	["in the middle of a reply", { content: "drip ".repeat(400), pace: 20 }],
	["silent", { content: "some words", fault: { kind: "silence", after: 1 } }],
] as const)("an abort closes the request at once: %s", async (_, step) => {
	const server = await standIn([step]);
	const model = openaiCompatible({ baseUrl: `${server.url}/v1`, model: "stand-in" });
	const stop = new AbortController();
	const stream = model.reply(hello, { signal: stop.signal, runId: "run", turn: 1 });
	const reading = (async () => {
		for await (const _delta of stream);
	})();
	await expect.poll(() => server.requests.length).toBe(1);
	await new Promise((go) => setTimeout(go, 100));
	const since = performance.now();
	stop.abort(new Error("stopped by a person"));
	await expect(reading).rejects.toThrow("stopped by a person");
	await expect.poll(() => server.requests[0]?.closedEarly).toBe(true);
	expect(performance.now() - since).toBeLessThan(500);
});

test("a tokenizer that never answers is given up", async () => {
	const baseUrl = `${await listening(http.createServer(() => undefined))}/v1`;
	const model = openaiCompatible({ baseUrl, model: "stand-in", timeouts: { count: 100 } });
	expect(await model.countTokens?.(hello, new AbortController().signal)).toBeUndefined();
});

test("tokens are counted by the server's own tokenizer, and not at all without one", async () => {
	const server = await standIn([{ content: "x" }]);
	const signal = new AbortController().signal;
	const model = openaiCompatible({ baseUrl: `${server.url}/v1`, model: "stand-in" });
	expect(await model.countTokens?.(hello, signal)).toBeGreaterThan(5);
	const nobody = openaiCompatible({ baseUrl: "http://127.0.0.1:9/v1", model: "stand-in" });
	expect(await nobody.countTokens?.(hello, signal)).toBeUndefined();
});

test.each([301, 302, 303, 307, 308])(
	"VL-03: a redirect (%i) takes neither the key nor the prompt elsewhere",
	async (status) => {
		const elsewhere = await serveWeb((_, response) => void response.end("{}"));
		const server = await serveWeb((request, response) => {
			response.writeHead(status, { location: elsewhere.url + request.url }).end();
		});
		const baseUrl = `${server.url}/v1`;
		const model = openaiCompatible({ baseUrl, model: "stand-in", apiKey: "sk-planted" });
		const { signal } = new AbortController();
		const asked = model.reply(hello, { signal, runId: "run", turn: 1 }).next();
		await expect(asked).rejects.toThrow("What answers at this address is not a model server.");
		expect(await model.countTokens?.(hello, signal)).toBeUndefined();
		expect((await probe({ baseUrl, model: "stand-in", apiKey: "sk-planted" })).models).toEqual([]);
		expect(server.hits.length).toBeGreaterThan(2);
		expect(elsewhere.hits).toEqual([]);
		await Promise.all([server.close(), elsewhere.close()]);
	},
);
