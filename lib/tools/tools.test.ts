import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSite } from "../../e2e/site/server";
import type { ToolContext, ToolOutcome } from "../agent/tool";
import { Librarian } from "../library/librarian";
import { isBlocked } from "./blocked";
import { fuse } from "./google-search";
import { partOf } from "./read-page";
import { searxng } from "./search/searxng";
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
	extract: async (text, goal) => ({ text: `${goal}: ${text.slice(0, 20)}`, model: "test", tokens: 3 }),
	storeBody: async (text) => {
		stored.push(text);
		return "hash";
	},
	progress: () => undefined,
	blockedHosts: ["huggingface.co/datasets"],
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

	test("merges web and library by rank, a page that both found once and first", () => {
		const [a, b, c] = ["a", "b", "c"].map((name) => ({ title: name, link: `https://x.org/${name}`, snippet: "" }));
		if (!a || !b || !c) throw new Error("three results");
		expect(fuse([a, b], [c, { ...b, link: "http://www.x.org/b/" }]).map(({ title }) => title)).toEqual(["b", "a", "c"]);
	});

	test("asks SearXNG in JSON and says how to mend it when it refuses", async () => {
		const site = await startSite();
		const hits = await searxng(site.url).search(
			{ q: "lighthouse engineer", num: 10, page: 1 },
			new AbortController().signal,
		);
		expect(hits[0]).toMatchObject({
			url: expect.stringContaining(site.url),
			title: expect.any(String),
			date: expect.stringMatching(/^\d{4}-/),
		});
		await site.close();
		await expect(searxng(site.url).search({ q: "x", num: 1, page: 1 }, new AbortController().signal)).rejects.toThrow(
			/could not be reached/,
		);
	});
});

describe("reading", () => {
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
	["https://huggingface.co/models", false],
	["https://nothuggingface.co/datasets", false],
	["not an address", false],
])("blocked: %s → %s", (address, expected) => {
	expect(isBlocked(address, ["huggingface.co/datasets"])).toBe(expected);
});
