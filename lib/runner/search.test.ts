import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PLANTED_KEY } from "../../e2e/fixtures/search-answers";
import { openSearchBench, searchedRun } from "../../e2e/fixtures/search-bench";
import { type SearchServer, startSearchServer } from "../../e2e/fixtures/search-server";
import { startRun } from "./runner";
import { probeSearch, searchedWith } from "./search";

let bench: Awaited<ReturnType<typeof openSearchBench>>;
let searxng: SearchServer;

beforeAll(async () => {
	searxng = await startSearchServer({ status: 403, body: `echoed: ${PLANTED_KEY}` });
	bench = await openSearchBench({
		SEARXNG_URL: searxng.url.replace("//", `//reader:${PLANTED_KEY}@`),
		SEARCH_PROVIDERS: "searxng serper brave",
	});
});
afterAll(async () => {
	await bench.close();
	await searxng.close();
});

test("those that are named and set up are asked, and the probe tells of each", async () => {
	expect(searchedWith()).toEqual(["Serper", "SearXNG"]);
	const findings = await probeSearch(1000);
	expect(findings).toMatchObject([
		{ provider: "serper", ok: true, setting: "SERPER_API_KEY" },
		{ provider: "brave", ok: false, detail: "SEARCH_PROVIDERS names brave, but BRAVE_API_KEY is not set." },
		{ provider: "searxng", ok: false, detail: expect.stringContaining("refuses JSON") },
	]);
	const asked = bench.serper.asked.length;
	await probeSearch(1000);
	expect(bench.serper.asked.length).toBe(asked);
	expect(JSON.stringify(findings)).not.toContain(PLANTED_KEY);
});

test("a run searches with several, says who failed, and no key comes into what is stored", async () => {
	const { returned, events } = await searchedRun();
	expect(returned).toMatchObject([
		{
			status: "ok",
			summary: expect.stringContaining("1 result. SearXNG refuses JSON."),
			sources: [{ url: "https://sea.example/line" }],
		},
		{ status: "ok" },
	]);
	expect(JSON.parse(returned[0]?.text ?? "")).toMatchObject({ failed: [expect.stringContaining("refuses JSON")] });
	expect(JSON.stringify(events)).not.toContain(PLANTED_KEY);
	const stored = readdirSync(bench.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	expect(stored.length).toBeGreaterThan(0);
	const holding = stored.filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(PLANTED_KEY));
	expect(holding).toEqual([]);
}, 20_000);

test("a run that is bound to sites asks for them and shows no other", async () => {
	const bound = await searchedRun({ onlySites: ["https://www.River.example/"], neverSites: ["sea.example"] });
	expect(bound.events[0]).toMatchObject({ settings: { sites: { only: ["river.example"], never: ["sea.example"] } } });
	expect(bound.returned[0]).toMatchObject({ status: "empty", sources: [] });
	expect(bench.serper.asked.at(-1)?.body).toMatchObject({ q: "depth site:river.example" });
}, 20_000);

test("sites that are none are refused by field", async () => {
	expect(await startRun({ question: "How deep?", onlySites: ["not a site"] })).toMatchObject({
		ok: false,
		field: "onlySites",
		message: expect.stringContaining("Write it like example.org"),
	});
});
