import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ToolContext, ToolOutcome, WebQuery, WebResults, WebSearcher } from "../agent/tool";
import { Librarian } from "../library/librarian";
import { isListed } from "../web/site-bounds";
import { fuse, pageKey } from "./fuse";
import { partOf } from "./read-page";
import { TOOLS } from "./tools";

const folder = mkdtempSync(join(tmpdir(), "soundings-tools-"));
let librarian: Librarian;
const stored: string[] = [];

beforeAll(async () => {
	const rows = [
		{
			id: "a",
			title: "Line sounding",
			url: "https://sea.example/line",
			text: `A line with a lead measures depth. See [echo](/echo).\n\n${"Filler words about rope. ".repeat(1200)}`,
		},
		{
			id: "b",
			title: "Echo sounding",
			url: "https://sea.example/echo",
			text: "An echo sounder measures depth by sound.",
		},
		{ id: "c", title: "Secret answers", url: "https://huggingface.co/datasets/answers", text: "depth depth depth" },
	];
	const path = join(folder, "corpus.jsonl");
	writeFileSync(path, rows.map((row) => JSON.stringify(row)).join("\n"));
	librarian = new Librarian(folder);
	await librarian.add(path, "sea");
});
afterAll(() => {
	librarian.close();
	rmSync(folder, { recursive: true });
});

const context = (changes: Partial<ToolContext> = {}): ToolContext => ({
	signal: new AbortController().signal,
	library: {
		search: async (query) => librarian.search(["sea"], query),
		open: async (address) => librarian.open(["sea"], address),
	},
	web: undefined,
	webSearch: undefined,
	sandboxes: undefined,
	extract: async (text, goal) => ({ text: `${goal}: ${text.slice(0, 20)}`, model: "test", tokens: 3 }),
	keepFile: async () => undefined,
	storeBody: async (text) => {
		stored.push(text);
		return "hash";
	},
	progress: () => undefined,
	blockedHosts: ["huggingface.co/datasets"],
	allowedHosts: [],
	...changes,
});

async function run(name: string, args: object, changes: Partial<ToolContext> = {}): Promise<ToolOutcome> {
	const tool = TOOLS.find(({ spec }) => spec.name === name);
	if (!tool) throw new Error(`no tool ${name}`);
	return tool.run(tool.input.parse(args), context(changes));
}

describe("searching", () => {
	test("gives one line of JSON with score, words and what was not found, blocked hosts left out", async () => {
		const outcome = await run("library_search", { q: "sounding depth zeppelin" });
		const found = JSON.parse(outcome.text);
		expect(outcome.text).not.toContain("\n");
		expect(found.organic[0]).toMatchObject({
			position: 1,
			link: expect.stringContaining("sea.example"),
			terms: { depth: 3 },
		});
		expect(found.unmatched).toEqual(["zeppelin"]);
		expect(outcome.text).not.toContain("huggingface");
		expect(outcome.sources.every(({ opened }) => !opened)).toBe(true);
	});

	test("that finds nothing is empty, not an error", async () => {
		expect(await run("library_search", { q: "zeppelin" })).toMatchObject({ status: "empty", summary: "0 results" });
	});

	test("folds what leads to the same page, and only that", () => {
		const same = [
			"https://x.org/a?b=1&a=2",
			"http://www.x.org/a/?a=2&b=1&utm_source=news#top",
			"https://X.org/a?a=2&fbclid=z&b=1",
		];
		expect(new Set(same.map(pageKey)).size).toBe(1);
		const other = [
			"https://x.org/a",
			"https://x.org/a?id=1",
			"https://x.org/A",
			"https://y.org/a",
			"https://x.org/#/a",
		];
		expect(new Set(other.map(pageKey)).size).toBe(other.length);
	});

	test("merges web and library by rank, a page that both found once and first", () => {
		const [a, b, c] = ["a", "b", "c"].map((name) => ({ title: name, link: `https://x.org/${name}`, snippet: "" }));
		if (!a || !b || !c) throw new Error("three results");
		expect(fuse([a, b], [c, { ...b, link: "http://www.x.org/b/" }]).map(({ title }) => title)).toEqual(["b", "a", "c"]);
	});
});

type Web = Partial<WebResults>;
/** A web that answers each search with the next of these. */
function web(...answers: Web[]) {
	const asked: WebQuery[] = [];
	const webSearch: WebSearcher = {
		search: async (query) => {
			asked.push(query);
			return { lists: [], notes: [], failed: [], ...(answers[asked.length - 1] ?? answers.at(-1)) };
		},
	};
	return { webSearch, asked };
}
const hits = (...urls: string[]) => urls.map((url) => ({ url, title: url, snippet: "" }));
const failed = [{ provider: "Brave", kind: "quota" as const, message: "The quota at Brave is used up." }];

describe.each(["google_search", "web_search"])("%s", (name) => {
	test("says beside the results who failed and what was not as asked", async () => {
		const { webSearch } = web({
			lists: [
				{ provider: "Serper", hits: hits("https://a.example/1", "https://a.example/2") },
				{ provider: "Tavily", hits: hits("https://a.example/2") },
			],
			notes: ["Tavily: hl left out."],
			failed,
		});
		const { text, summary, status } = await run(name, { q: "zeppelin" }, { webSearch });
		expect(JSON.parse(text)).toMatchObject({
			organic: [{ link: "https://a.example/2" }, { link: "https://a.example/1" }],
			notes: ["Tavily: hl left out."],
			failed: ["The quota at Brave is used up."],
		});
		expect([status, summary]).toEqual(["ok", "2 results (Serper, Tavily). The quota at Brave is used up."]);
	});

	test("fails when nobody answered, and is empty when somebody found nothing", async () => {
		expect(await run(name, { q: "zeppelin" }, web({ failed }))).toMatchObject({
			status: "error",
			text: "The quota at Brave is used up.",
		});
		const { webSearch } = web({ failed, lists: [{ provider: "Serper", hits: [] }] });
		expect(await run(name, { q: "zeppelin" }, { webSearch })).toMatchObject({
			status: "empty",
			summary: "0 results. The quota at Brave is used up.",
		});
	});

	test("searches again without quotation marks when they found nothing, and says so", async () => {
		const { webSearch, asked } = web(
			{ lists: [{ provider: "Serper", hits: [] }] },
			{ lists: [{ provider: "Serper", hits: hits("https://a.example/1") }] },
		);
		const { text } = await run(name, { q: 'the "iron zeppelin"' }, { webSearch });
		expect(asked.map(({ q }) => q)).toEqual(['the "iron zeppelin"', "the iron zeppelin"]);
		expect(JSON.parse(text).notes).toEqual([expect.stringContaining("without them")]);
	});

	test("asks for and shows the sites of the run alone, and none that is blocked", async () => {
		const { webSearch, asked } = web({
			lists: [
				{
					provider: "Serper",
					hits: hits("https://b.example/", "https://a.example/x", "https://sub.a.example/answers/1"),
				},
			],
		});
		const bounds = {
			webSearch,
			allowedHosts: ["a.example"],
			blockedHosts: ["a.example/answers", "sub.a.example/answers"],
		};
		const { text } = await run(name, { q: "zeppelin" }, bounds);
		const { organic, notes } = JSON.parse(text);
		expect(asked[0]?.sites).toEqual(["a.example"]);
		expect(organic.map(({ link }: { link: string }) => link)).toEqual(["https://a.example/x"]);
		expect(notes).toEqual([expect.stringContaining("left out: 2")]);
	});
});

test("google_search passes on all that a model may say, and the library answers where the web fails", async () => {
	const { webSearch, asked } = web({ failed });
	const args = {
		q: "sounding",
		gl: "us",
		hl: "en",
		location: null,
		num: 50,
		tbs: "qdr:y",
		page: 1,
		autocorrect: false,
	};
	const outcome = await run("google_search", args, { webSearch });
	expect(asked).toEqual([{ q: "sounding", gl: "us", hl: "en", num: 20, tbs: "qdr:y", page: 1, autocorrect: false }]);
	expect(outcome).toMatchObject({ status: "ok", summary: expect.stringMatching(/^\d results?\. The quota/) });
});

describe("reading", () => {
	test("keeps within the run's sites, wherever a page moves to; the library is not bound by them", async () => {
		const moved = "https://b.example/page";
		const page = { url: moved, title: "B", text: "b", links: [], linkedFrom: [] };
		const bounds = { allowedHosts: ["a.example"], web: { read: async () => page } };
		const read = (url: string) => run("read_page", { url }, bounds);
		expect((await read("https://b.example/")).text).toBe(
			"This run reads the web at a.example only. Look for a source there.",
		);
		expect((await read("https://a.example/")).text).toContain("The page has moved to another site.");
		expect((await read("https://sea.example/line")).status).toBe("ok");
		expect((await run("read_page", { url: "Secret answers" })).text).toContain("blocked for this run");
	});

	test("gives a long document in parts, with its links and what links to it, and stores its text", async () => {
		const outcome = await run("read_page", { url: "https://sea.example/line" });
		expect(outcome.text).toMatch(
			/^# Line sounding\nurl: https:\/\/sea\.example\/line\npart: characters 0 to \d+ of \d+\n\n/,
		);
		expect(outcome.text).toContain("## Links\n- [echo](https://sea.example/echo) — See echo.");
		expect(outcome.sources).toEqual([
			{ url: "https://sea.example/line", title: "Line sounding", opened: true, hash: "hash", docId: "a" },
		]);
		expect(stored.at(-1)).toContain("A line with a lead");
		expect((await run("read_page", { url: "Echo sounding" })).text).toContain(
			"## Linked from\n- [Line sounding](https://sea.example/line)",
		);
	});

	test("refuses a blocked site and says when the library has no such document", async () => {
		expect(await run("read_page", { url: "https://huggingface.co/datasets/answers" })).toMatchObject({
			status: "error",
		});
		expect((await run("read_page", { url: "nothing" })).text).toContain("The library holds no such document");
	});

	test("reads an address as it was meant, and no page of a blocked site by way of another", async () => {
		const asked: string[] = [];
		const web = {
			read: async (url: string) => {
				asked.push(url);
				const landed = url.endsWith("/door") ? "https://huggingface.co/datasets/answers" : url;
				return { url: landed, title: "T", text: "text", links: [], linkedFrom: [] };
			},
		};
		expect(await run("read_page", { url: "<sea.example.org/tides>," }, { web })).toMatchObject({ status: "ok" });
		expect(await run("read_page", { url: "https://sea.example.org/door" }, { web })).toMatchObject({ status: "error" });
		expect(asked).toEqual(["https://sea.example.org/tides", "https://sea.example.org/door"]);
	});

	test("extracts under upstream's name and keys, and takes upstream's slips for what was meant", async () => {
		const outcome = await run("scrape_and_extract_info", { url: "https://sea.example/echo", info_to_extract: "how" });
		expect(Object.keys(JSON.parse(outcome.text))).toEqual([
			"success",
			"url",
			"extracted_info",
			"error",
			"scrape_stats",
			"model_used",
			"tokens_used",
		]);
		const tool = TOOLS.find(({ spec }) => spec.name === "scrape_and_extract_info");
		expect(tool?.repair?.({ url: "u", description: "d" })).toEqual({ url: "u", info_to_extract: "d" });
		expect(tool?.repair?.({ url: "u", introduction: "i" })).toEqual({ url: "u", info_to_extract: "i" });
	});

	test("cuts parts after a paragraph when one ends in their last quarter", () => {
		const text = `${"x".repeat(18_000)}\n\n${"y".repeat(9000)}`;
		expect(partOf(text, 0)).toMatchObject({ from: 0, to: 18_000 });
		expect(partOf(text, 18_000).to).toBe(text.length);
		expect(partOf(text, 99_999)).toMatchObject({ from: text.length, to: text.length, text: "" });
	});
});

test("page 2 of a query, or another filter, is another search; page 1 is the query (D8)", () => {
	const key = TOOLS.find(({ spec }) => spec.name === "google_search")?.duplicateKey;
	expect(key?.({ q: "a" })).toBe(key?.({ q: "a", num: 20, hl: "de" }));
	expect(key?.({ q: "a", page: 2 })).not.toBe(key?.({ q: "a" }));
	expect(key?.({ q: "a", page: 2, tbs: "qdr:d" })).not.toBe(key?.({ q: "a", page: 2 }));
});

test.each([
	["https://huggingface.co/datasets/x", true],
	["https://www.huggingface.co/datasets/x", true],
	["https://huggingface.co./datasets/x", true],
	["https://huggingface.co//%64atasets/x", true],
	["https://huggingface.co/models", false],
	["https://nothuggingface.co/datasets", false],
	["not an address", false],
])("blocked: %s → %s", (address, expected) => {
	expect(isListed(address, ["huggingface.co/datasets"])).toBe(expected);
});
