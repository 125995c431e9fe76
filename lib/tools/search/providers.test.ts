import { afterEach, describe, expect, test } from "vitest";
import {
	ANSWERS,
	braveError,
	closeSearchServers,
	PLANTED_KEY,
	SERVED,
	serving,
} from "../../../e2e/fixtures/search-answers";
import type { WebQuery } from "../../agent/tool";
import { askProvider, PATIENCE } from "./ask-provider";
import { probeProvider } from "./probe-provider";
import type { SearchProvider } from "./provider";

const quick = { ...PATIENCE, attemptMs: 3000, pauseMs: 5 };
afterEach(closeSearchServers);

const query = (part: Partial<WebQuery> = {}): WebQuery => ({ q: "line sounding", num: 10, page: 1, ...part });
const never = new AbortController().signal;
const ask = (provider: SearchProvider, part: Partial<WebQuery> = {}) =>
	askProvider(provider, query(part), never, quick);

describe.each(SERVED)("%s", (name) => {
	test("gives its results as plain text", async () => {
		const { provider } = await serving(name, { body: ANSWERS[name].full });
		const told = await ask(provider);
		expect(told).toMatchObject({
			hits: [{ url: expect.stringMatching(/sea\.example\/line|\/wiki\/Depth_sounding$/), snippet: "A lead & a line." }],
			notes: [],
		});
	});

	test("finds nothing", async () => {
		const { provider } = await serving(name, { body: ANSWERS[name].empty });
		expect(await ask(provider)).toEqual({ hits: [], notes: [] });
	});

	test.each([
		["rate_limit", { status: 429 }, 3],
		["server", { status: 503 }, 3],
		["timeout", { silent: true }, 3],
		["unreadable", { body: "<html>Welcome</html>" }, 1],
		["unreadable", { body: { unheard: "of" } }, 1],
		["unauthorized", { status: 401, body: `{"echo":"${PLANTED_KEY}"}` }, 1],
		["server", { status: 302, headers: { location: "http://127.0.0.1:9/" } }, 3],
	] as const)("tells %s, and asks again only what may pass", async (kind, reply, times) => {
		const { provider, server } = await serving(name, reply);
		const patience = kind === "timeout" ? { ...quick, attemptMs: 100 } : quick;
		const fault = await askProvider(provider, query(), never, patience).catch((error: unknown) => error);
		expect(fault).toMatchObject({ name: "SearchFault", kind });
		expect(JSON.stringify(fault) + String(fault) + String((fault as Error).stack)).not.toContain(PLANTED_KEY);
		expect(server.asked.length).toBe(times);
	});

	test("is not read beyond 5 MB", async () => {
		const { provider } = await serving(name, {
			body: { ...(ANSWERS[name].full as object), more: "x".repeat(5_100_000) },
		});
		await expect(ask(provider)).rejects.toMatchObject({ kind: "unreadable" });
	});

	test("that is not there cannot be reached", async () => {
		const { provider, server } = await serving(name, {});
		await server.close();
		await expect(ask(provider)).rejects.toMatchObject({ kind: "unreachable" });
	});

	test("is left alone after it failed for good", async () => {
		const { provider, server } = await serving(name, { status: 401 }, { body: ANSWERS[name].full });
		await expect(ask(provider)).rejects.toMatchObject({ kind: "unauthorized" });
		await expect(ask(provider)).rejects.toMatchObject({ kind: "unauthorized" });
		expect(server.asked.length).toBe(1);
	});

	test("stops with its run", async () => {
		const { provider } = await serving(name, { silent: true });
		const stop = new AbortController();
		const asked = askProvider(provider, query(), stop.signal, quick);
		stop.abort(new Error("The run was stopped."));
		await expect(asked).rejects.toThrow("The run was stopped.");
	});
});

test.each([
	["serper", { status: 400, body: { message: "Not enough credits", statusCode: 400 } }, "quota"],
	["serper", { status: 403, body: { message: "Unauthorized.", statusCode: 403 } }, "unauthorized"],
	["serper", { status: 400, body: { message: "Query not allowed", statusCode: 400 } }, "refused"],
	["brave", { status: 422, body: braveError("SUBSCRIPTION_TOKEN_INVALID") }, "unauthorized"],
	["brave", { status: 422, body: braveError("VALIDATION") }, "refused"],
	["brave", { status: 429, body: braveError("QUOTA_LIMITED") }, "quota"],
	["brave", { status: 429, body: { type: "ErrorResponse", errors: [{ code: "QUOTA_LIMITED" }] } }, "quota"],
	["brave", { status: 402 }, "quota"],
	["tavily", { status: 432, body: { detail: { error: "exceeds your plan's set usage limit" } } }, "quota"],
	["tavily", { status: 433, body: { detail: { error: "exceeds the pay-as-you-go limit" } } }, "quota"],
	["searxng", { status: 403, body: "Forbidden" }, "unauthorized"],
	["searxng", { body: { results: [], unresponsive_engines: [["brave", "timeout"]] } }, "server"],
	["wikipedia", { body: { error: { code: "ratelimited", info: "slow down" } } }, "rate_limit"],
	["wikipedia", { body: { error: { code: "internal_api_error_DBQueryError" } } }, "server"],
] as const)("%s tells a fault in its own words: %j is %s", async (name, reply, kind) => {
	const { provider } = await serving(name, reply);
	await expect(ask(provider)).rejects.toMatchObject({ kind });
});

test("waits as long as it is told to, and no longer than it may", async () => {
	const soon = await serving("serper", { status: 429, headers: { "retry-after": "1" } }, { body: ANSWERS.serper.full });
	const since = performance.now();
	expect(await ask(soon.provider)).toMatchObject({ notes: [] });
	expect(performance.now() - since).toBeGreaterThan(950);
	const late = await serving("serper", { status: 429, headers: { "retry-after": "3600" } });
	await expect(ask(late.provider)).rejects.toMatchObject({ kind: "rate_limit", retryAfterMs: 3_600_000 });
	expect(late.server.asked.length).toBe(1);
});

test.each([
	["serper", { body: { balance: 10 } }, true, "Serper answers."],
	["serper", { status: 403 }, false, "Serper refuses access. Check SERPER_API_KEY."],
	["brave", { status: 422, body: braveError("VALIDATION") }, true, "Brave answers."],
	[
		"brave",
		{ status: 422, body: braveError("SUBSCRIPTION_TOKEN_INVALID") },
		false,
		"Brave refuses access. Check BRAVE_API_KEY.",
	],
	["brave", { status: 429, body: braveError("QUOTA_LIMITED") }, false, "The quota at Brave is used up."],
	["tavily", { body: { key: {} } }, true, "Tavily answers."],
	["tavily", { status: 401 }, false, "Tavily refuses access. Check TAVILY_API_KEY."],
	["searxng", { status: 400 }, true, "SearXNG answers."],
	["searxng", { status: 403 }, false, "SearXNG refuses JSON. Add json to search.formats in its settings.yml."],
	["searxng", { status: 502 }, false, "SearXNG answered with status 502."],
	["wikipedia", { body: { query: {} } }, true, "Wikipedia answers."],
	["wikipedia", { silent: true }, false, "Wikipedia did not answer in time."],
] as const)("the probe of %s, told %j: %s", async (name, reply, ok, detail) => {
	const { provider, server } = await serving(name, reply);
	expect(await probeProvider(provider, 300)).toEqual({ ok, detail, ms: expect.any(Number) });
	expect(JSON.stringify(server.asked)).not.toContain("line sounding");
});
