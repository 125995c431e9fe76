import http from "node:http";
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { ask, closeServers, fault, listening, standIn } from "../../e2e/fixtures/asking";
import { script } from "../../e2e/vllm/policies";
import type { StandInReply } from "../../e2e/vllm/reply";
import { startStandIn } from "../../e2e/vllm/server";

afterEach(closeServers);

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
		[500, '{"error": {"message": "cut sho', "server_error"],
		[504, "{}", "busy"],
		[422, { detail: "no" }, "bad_request"],
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
		["before anything else", { kind: "in-stream", after: -1, code: 500, message: "engine died" }, "stream_error"],
		["that no second try mends", { kind: "in-stream", after: -1, code: 400, message: "bad template" }, "bad_request"],
		[
			"in SGLang's words for a long prompt",
			{
				kind: "in-stream",
				after: -1,
				code: 400,
				message: "The input (9 tokens) is longer than the model's context length (8 tokens).",
			},
			"overflow",
		],
		["by a cut connection", { kind: "cut", after: 3 }, "truncated"],
		["by an end without a finish", { kind: "no-finish" }, "truncated"],
	] as const)("B077 VL-02: %s is found after the 200", async (_, broken, told) => {
		const server = await standIn([{ content: "some words of a reply", fault: broken, pace: 100 }]);
		expect(await fault(ask(server.url))).toMatchObject({ fault: told });
	});

	test("of an engine that stopped the request itself is a busy server", async () => {
		const server = await standIn([{ content: "some", finish: "abort" }]);
		expect((await fault(ask(server.url))).fault).toBe("busy");
	});

	test("by a reply without end ends after the time that was set for the whole", async () => {
		const server = await standIn([{ content: "drip ".repeat(400), pace: 20 }]);
		const since = performance.now();
		expect(await fault(ask(server.url, { timeouts: { total: 200 } }))).toMatchObject({
			fault: "timeout",
			message: expect.stringContaining("longer than 0.2 s"),
		});
		expect(performance.now() - since).toBeLessThan(1500);
		await expect.poll(() => server.requests[0]?.closedEarly).toBe(true);
	});

	test("before any answer is a reset", async () => {
		const server = await standIn([{ fault: { kind: "reset" } }]);
		expect((await fault(ask(server.url))).fault).toBe("reset");
	});

	test("by silence ends after the time that was set, before and after the first token", async () => {
		const silent = await standIn([{ content: "some words", fault: { kind: "silence", after: 2 } }]);
		expect(await fault(ask(silent.url, { timeouts: { idle: 80 } }))).toMatchObject({ fault: "timeout" });
		const url = await listening(http.createServer(() => undefined));
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
		const url = await listening(garbage);
		expect(["reset", "unexpected"]).toContain((await fault(ask(url))).fault);
	});

	test("never carries the key", async () => {
		const server = await standIn([{ content: "x" }], { apiKey: "right" });
		const refused = await fault(ask(server.url, { apiKey: "sk-secret-4242" }));
		expect(refused.fault).toBe("unauthorized");
		expect(refused.message).not.toContain("4242");
	});
});
