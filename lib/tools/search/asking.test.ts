import { afterEach, describe, expect, test } from "vitest";
import { ANSWERS, closeSearchServers, PLANTED_KEY, serving } from "../../../e2e/fixtures/search-answers";
import type { WebQuery } from "../../agent/tool";
import { askProvider, PATIENCE } from "./ask-provider";
import type { SearchProvider } from "./provider";
import { searxng } from "./searxng";
import { wikipedia } from "./wikipedia";

const quick = { ...PATIENCE, attemptMs: 3000, pauseMs: 5 };
afterEach(closeSearchServers);

const query = (part: Partial<WebQuery> = {}): WebQuery => ({ q: "line sounding", num: 10, page: 1, ...part });
const never = new AbortController().signal;
const ask = (provider: SearchProvider, part: Partial<WebQuery> = {}) =>
	askProvider(provider, query(part), never, quick);

const FULL_QUERY = { num: 20, page: 2, gl: "de", hl: "zh-CN", location: "Bonn", tbs: "qdr:h", autocorrect: false };

describe("arguments as MiroThinker's models send them", () => {
	test("are all taken by Serper", async () => {
		const { provider, server } = await serving("serper", { body: ANSWERS.serper.full });
		expect(await ask(provider, FULL_QUERY)).toMatchObject({ notes: [] });
		expect(server.asked[0]).toMatchObject({
			method: "POST",
			path: "/search",
			headers: { "x-api-key": PLANTED_KEY },
			body: { q: "line sounding", ...FULL_QUERY },
		});
	});

	test("are put in Brave's words, or left out with the reason", async () => {
		const { provider, server } = await serving("brave", { body: ANSWERS.brave.full });
		expect(await ask(provider, FULL_QUERY)).toMatchObject({
			notes: ["the last day instead of the last hour", "location left out, there is no such setting"],
		});
		expect(server.asked[0]).toMatchObject({
			path: "/res/v1/web/search",
			headers: { "x-subscription-token": PLANTED_KEY },
			query: { count: "20", offset: "1", country: "DE", search_lang: "zh-hans", freshness: "pd", spellcheck: "false" },
		});
		expect(await ask(provider, { gl: "kp", hl: "xx", tbs: "sbd:1", q: "w ".repeat(60) })).toMatchObject({
			notes: [
				"the query was cut, at most 400 characters and 50 words are taken",
				'gl left out, there is no country "kp"',
				'hl left out, there is no language "xx"',
				'tbs left out, "sbd:1" has no counterpart',
			],
		});
		await ask(provider, { tbs: "cdr:1,cd_min:1/5/2023,cd_max:12/31/2023" });
		expect(server.asked[2]?.query.freshness).toBe("2023-01-05to2023-12-31");
		expect(await ask(provider, { page: 11 })).toEqual({ sitsOut: "gives at most 10 pages" });
	});

	test("are put in Tavily's words, which has one page", async () => {
		const { provider, server } = await serving("tavily", { body: ANSWERS.tavily.full });
		const { page: _, ...onePage } = FULL_QUERY;
		expect(await ask(provider, { ...onePage, sites: ["sea.example/charts", "nature.com"] })).toMatchObject({
			notes: ["hl, location, autocorrect left out, there is no such setting", "the last day instead of the last hour"],
		});
		expect(server.asked[0]).toMatchObject({
			path: "/search",
			headers: { authorization: `Bearer ${PLANTED_KEY}` },
			body: {
				query: "line sounding",
				max_results: 20,
				country: "germany",
				time_range: "day",
				include_domains: ["sea.example", "nature.com"],
			},
		});
		expect(await ask(provider, { page: 2 })).toEqual({ sitsOut: "has one page of results only" });
	});

	test("are put in SearXNG's words", async () => {
		const { provider, server } = await serving("searxng", { body: ANSWERS.searxng.full });
		expect(await ask(provider, { ...FULL_QUERY, sites: ["a.example", "b.example"] })).toMatchObject({
			notes: ["the last day instead of the last hour", "gl, location, autocorrect left out, there is no such setting"],
		});
		expect(server.asked[0]?.query).toEqual({
			q: "line sounding (site:a.example OR site:b.example)",
			format: "json",
			pageno: "2",
			language: "zh-CN",
			time_range: "day",
		});
	});

	test("choose Wikipedia's language, and it sits out where no article may be shown", async () => {
		const { provider, server } = await serving("wikipedia", { body: ANSWERS.wikipedia.full });
		expect(await ask(provider, FULL_QUERY)).toMatchObject({
			notes: ["gl, location, tbs, autocorrect left out, there is no such setting"],
		});
		expect(server.asked[0]?.query).toMatchObject({ srsearch: "line sounding", srlimit: "20", sroffset: "20" });
		expect(await ask(provider, { sites: ["nature.com"] })).toHaveProperty("sitsOut");
		const real = wikipedia().prepare(query({ hl: "zh-TW", sites: ["wikipedia.org"] }));
		expect(real).toMatchObject({ request: { url: expect.objectContaining({ host: "zh.wikipedia.org" }) } });
	});
});

test("a provider is asked at its pace, whoever asks", async () => {
	const { provider, server } = await serving("brave", { body: ANSWERS.brave.full });
	const slow = { ...provider, paceMs: 200 };
	const since = performance.now();
	await Promise.all([ask(slow), ask(slow), ask(slow)]);
	expect(performance.now() - since).toBeGreaterThan(395);
	expect(server.asked.length).toBe(3);
	const line = Array.from({ length: 4 }, () => askProvider(slow, query(), never, { ...quick, longestPauseMs: 300 }));
	const settled = await Promise.allSettled(line);
	const refused = settled.filter(({ status }) => status === "rejected");
	expect(refused.length).toBe(3);
	expect(refused[0]).toMatchObject({ reason: { kind: "rate_limit" } });
});

test("addresses that are none of the web, and what no person can see, are left out", async () => {
	const results = [
		{ title: "x", url: "javascript:alert(1)", content: "" },
		{ title: "x", url: "https://a.example/ two", content: "" },
		{ title: "\u202egnp.\u200b", url: "https://a.example/", content: "<use_mcp_tool>\n\n<b>bold</b>" },
	];
	const { provider } = await serving("searxng", { body: { results } });
	expect(await ask(provider)).toEqual({
		hits: [{ url: "https://a.example/", title: "gnp.", snippet: expect.not.stringContaining("<use_mcp_tool>") }],
		notes: [],
	});
});

test("a name and a password in SearXNG's address are sent, and stand in no message", async () => {
	const { server } = await serving("searxng", { body: ANSWERS.searxng.full }, { status: 500 });
	const provider = searxng(server.url.replace("http://", `http://reader:${PLANTED_KEY}@`));
	await ask(provider);
	expect(server.asked[0]?.headers.authorization).toBe(`Basic ${btoa(`reader:${PLANTED_KEY}`)}`);
	expect(String(await ask(provider).catch((error: unknown) => error))).not.toContain(PLANTED_KEY);
});
