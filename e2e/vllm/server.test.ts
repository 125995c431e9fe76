import { afterEach, describe, expect, test } from "vitest";
import { closeServers, standIn } from "../fixtures/asking";
import { research, unruly } from "./policies";
import type { Body, StandInOptions, StandInReply } from "./reply";
import { startStandIn } from "./server";

afterEach(closeServers);

const question = { messages: [{ role: "user", content: "How deep?" }] };

async function post(url: string, body: object): Promise<{ status: number; text: string }> {
	const headers = { "content-type": "application/json" };
	const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
	return { status: response.status, text: await response.text() };
}

async function asked(step: StandInReply, body: object = {}, options: Partial<StandInOptions> = {}) {
	const server = await standIn([step], options);
	const answer = await post(`${server.url}/v1/chat/completions`, { ...question, ...body });
	return { server, ...answer };
}

const chunksOf = (text: string) =>
	text
		.split("\n\n")
		.filter((line) => line.startsWith("data: {"))
		.map((line) => JSON.parse(line.slice("data: ".length)));

describe("a reply in one piece", () => {
	test("ends with tool_calls when it calls a tool", async () => {
		const { text } = await asked({ calls: [{ name: "search", args: { q: "tide" } }] });
		const { choices, system_fingerprint } = JSON.parse(text);
		expect(choices[0]).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
		expect(choices[0].message.tool_calls[0].function).toEqual({ name: "search", arguments: '{"q":"tide"}' });
		expect(system_fingerprint).toContain("vllm-0.29.0");
	});

	test("is cut at max_tokens, and says so", async () => {
		const { text } = await asked({ content: "a long reply of many words" }, { max_tokens: 3 });
		const { choices, usage } = JSON.parse(text);
		expect(choices[0]).toMatchObject({ finish_reason: "length", message: { content: "a long reply" } });
		expect(usage.completion_tokens).toBe(3);
	});
});

describe("a stream", () => {
	test("begins with the role, ends with the finish, the usage and DONE", async () => {
		const options = { stream: true, stream_options: { include_usage: true } };
		const { text } = await asked({ reasoning: "why", content: "deep" }, options);
		const chunks = chunksOf(text);
		expect(chunks[0].choices[0].delta).toEqual({ role: "assistant", content: "" });
		expect(chunks.at(-2).choices[0].finish_reason).toBe("stop");
		expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens_details: { cached_tokens: 0 } } });
		expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
		expect(chunksOf((await asked({ content: "deep" }, { stream: true })).text).at(-1).usage).toBeUndefined();
	});

	test("tells running usage when asked", async () => {
		const stream_options = { include_usage: true, continuous_usage_stats: true };
		const { text } = await asked({ content: "deep sea floor" }, { stream: true, stream_options });
		const counts = chunksOf(text).flatMap(({ usage, choices }) => (choices.length > 0 && usage ? [usage] : []));
		expect(counts.map(({ completion_tokens }) => completion_tokens)).toEqual([0, 1, 2, 3, 4]);
	});

	test("of a call that was cut still ends with tool_calls, as vLLM's does", async () => {
		const step = { calls: [{ name: "search", args: { q: "a long query indeed" } }] };
		const { text } = await asked(step, { stream: true, max_tokens: 3 });
		expect(chunksOf(text).at(-1).choices[0].finish_reason).toBe("tool_calls");
	});

	test.each([
		["0.9.2", ["reasoning_content"]],
		["0.11.1", ["reasoning", "reasoning_content"]],
		["0.16.0", ["reasoning"]],
		["sglang", ["reasoning_content"]],
	])("of %s has the reasoning under %j", async (version, names) => {
		const { text } = await asked({ reasoning: "why", content: "x" }, { stream: true }, { version });
		expect(Object.keys(chunksOf(text)[1].choices[0].delta)).toEqual(names);
	});
});

describe("a request that is refused", () => {
	test.each([
		[
			"0.29.0",
			/maximum context length is 100 tokens. However, you requested 90 output tokens and your prompt contains at least 1\d input/,
		],
		["0.10.0", /you requested 10\d tokens \(1\d in the messages, 90 in the completion\)/],
		["sglang", /Requested token count exceeds the model's maximum context length of 100 tokens/],
	])("by %s for its length, in its words", async (version, words) => {
		const { status, text } = await asked({ content: "x" }, { max_tokens: 90 }, { version, contextTokens: 100 });
		expect(status).toBe(400);
		expect(text).toMatch(words);
		expect("error" in JSON.parse(text)).toBe(version !== "sglang");
	});

	test.each([
		[{ tools: [] }, 400],
		[{ stream_options: {} }, 400],
		[{ tool_choice: "auto" }, 400],
		[{ temperature: 3 }, 400],
		[{ continue_final_message: true }, 400],
		[{ model: "other" }, 404],
		[{ messages: [{ role: "assistant", content: null, tool_calls: [{ function: { arguments: "{" } }] }] }, 400],
	])("%j: %i", async (body, wanted) => {
		expect((await asked({ content: "x" }, body)).status).toBe(wanted);
	});
});

test("faults come on demand, one for each of the next requests", async () => {
	const server = await standIn([{ content: "fine" }]);
	const faults = [{ kind: "status", status: 503, body: { error: "busy" } }, { kind: "no-finish" }];
	await post(`${server.url}/__faults`, faults);
	const url = `${server.url}/v1/chat/completions`;
	expect((await post(url, question)).status).toBe(503);
	expect((await post(url, { ...question, stream: true })).text).not.toContain("[DONE]");
	expect((await post(url, { ...question, stream: true })).text).toContain("[DONE]");
});

test("the counters advance with what was served, under vLLM's names", async () => {
	const server = await standIn([{ content: "deep" }], { model: "m" });
	const long = { messages: [{ role: "user", content: "How deep is the sea? ".repeat(40) }] };
	for (let n = 0; n < 2; n++) await post(`${server.url}/v1/chat/completions`, long);
	const text = await (await fetch(`${server.url}/metrics`)).text();
	const value = (name: string) => Number(new RegExp(`^vllm:${name}\\{[^}]*\\} (\\S+)$`, "m").exec(text)?.[1]);
	expect(value("request_success_total")).toBe(2);
	expect(value("prompt_tokens_total")).toBe(value("prefix_cache_queries_total"));
	expect(value("prefix_cache_hits_total")).toBeGreaterThan(value("prompt_tokens_total") * 0.4);
	expect(value("generation_tokens_total")).toBeGreaterThan(0);
	expect(value("num_requests_running")).toBe(0);
	expect(text).toContain('vllm:kv_cache_usage_perc{engine="0",model_name="m"}');
	expect(text).toMatch(/^# TYPE vllm:num_requests_waiting gauge$/m);
});

test("what stands in the open and what needs the key", async () => {
	const server = await startStandIn({ policy: () => ({ content: "x" }), apiKey: "right" });
	const status = async (path: string) => (await fetch(server.url + path)).status;
	expect([await status("/v1/models"), await status("/health"), await status("/metrics")]).toEqual([401, 200, 200]);
	expect((await post(`${server.url}/tokenize`, question)).status).toBe(200);
	await server.close();
});

test("the history's reasoning reaches the template under the names of the version", async () => {
	const history = (name: string) => ({
		messages: [...question.messages, { role: "assistant", content: "x", [name]: "a long thought" }],
	});
	const count = async (version: string, name: string) => {
		const server = await standIn([{ content: "x" }], { version });
		return JSON.parse((await post(`${server.url}/tokenize`, history(name))).text).count as number;
	};
	expect(await count("0.19.1", "reasoning")).toBeGreaterThan(await count("0.19.1", "reasoning_content"));
	expect(await count("0.29.0", "reasoning")).toBe(await count("0.29.0", "reasoning_content"));
});

test("the same seed gives the same unruly model, another seed another one; all end in an answer", () => {
	const body: Body = {
		messages: [
			{ role: "system", content: "### Tool name: google_search" },
			{ role: "user", content: "How deep?" },
		],
	};
	const replies = (seed: number) => {
		const policy = unruly(seed, 5);
		return JSON.stringify(Array.from({ length: 60 }, () => policy(body)));
	};
	expect(replies(1)).toBe(replies(1));
	expect(replies(1)).not.toBe(replies(2));
	for (const kind of ["broken", "time constraint", "no_such_tool", '"content":""', '"finish":"length"'])
		expect(replies(3) + replies(4)).toContain(kind);
	expect(research(0)(body).content).toContain("I have what I need");
});
