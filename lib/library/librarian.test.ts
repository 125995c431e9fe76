import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { rowsOf, testData } from "../../e2e/test-data";
import { closeExtraction } from "../web/extract";
import { addDocuments, type LibraryDocument } from "./ingest";
import { Librarian } from "./librarian";
import { openShelf } from "./shelf";

const folders: string[] = [];
let folder = "";
let librarian: Librarian;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "soundings-library-"));
	folders.push(folder);
	librarian = new Librarian(folder);
	return () => librarian.close();
});
afterAll(async () => {
	await closeExtraction();
	for (const made of folders) rmSync(made, { recursive: true, force: true });
});

const write = (name: string, content: string | Buffer): string => {
	const path = join(folder, name);
	mkdirSync(join(path, ".."), { recursive: true });
	writeFileSync(path, content);
	return path;
};
const corpus = (...rows: object[]): string => write("corpus.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
const find = (text: string, limit = 10) => librarian.search(["c"], { text, limit, offset: 0 });
const ids = (text: string) => find(text).hits.map(({ docId }) => docId);

describe("taking in", () => {
	const rows = [
		{ id: "a", title: "Skarn", url: "https://x.org/skarn", text: "A harbour in the north. See [Tides](/tides)." },
		{
			id: "b",
			title: "Tides",
			url: "https://x.org/tides",
			text: "Water rises twice a day.",
			links: ["a"],
			date: "2020",
		},
	];

	test("is idempotent by content: the second time nothing changes, a changed text replaces its document", async () => {
		expect(await librarian.add(corpus(...rows), "c")).toMatchObject({ added: 2, unchanged: 0 });
		expect(await librarian.add(corpus(...rows), "c")).toMatchObject({ added: 0, replaced: 0, unchanged: 2 });
		const changed = { ...rows[1], text: "The moon pulls." };
		expect(await librarian.add(corpus(rows[0] as object, changed), "c")).toMatchObject({ replaced: 1, unchanged: 1 });
		expect(ids("moon")).toEqual(["b"]);
		expect(ids("twice")).toEqual([]);
		expect(librarian.collections()).toEqual([{ name: "c", documents: 2 }]);
	});

	test("joins links by address and by id, and knows them from both ends", async () => {
		await librarian.add(corpus(...rows), "c");
		const skarn = librarian.open(["c"], "https://x.org/skarn");
		const tides = librarian.open(["c"], "b");
		expect(skarn?.links).toEqual([{ url: "https://x.org/tides", title: "Tides", context: "See Tides." }]);
		expect(tides?.links).toMatchObject([{ url: "https://x.org/skarn", title: "Skarn" }]);
		expect(skarn?.linkedFrom).toEqual([{ url: "https://x.org/tides", title: "Tides" }]);
		expect(tides?.date).toBe("2020");
	});

	test("gives the second document of one address its id as a fragment", async () => {
		const url = "https://x.org/list";
		await librarian.add(
			corpus({ id: "1", title: "One", url, text: "alpha" }, { id: "t 2", title: "Two", url, text: "beta" }),
			"c",
		);
		expect(find("beta").hits[0]?.url).toBe("https://x.org/list#t%202");
		expect(librarian.open(["c"], "https://x.org/list#t%202")?.title).toBe("Two");
		expect(librarian.open(["c"], "https://x.org/list")?.title).toBe("One");
	});

	test("says what it could not read, and why, and keeps the rest", async () => {
		write("docs/good.md", '---\ntitle: "Good"\n---\nReadable words.');
		write("docs/page.html", `<title>Page</title><p>${"Some text of a page. ".repeat(20)}</p>`);
		write("docs/binary.txt", Buffer.from([1, 0, 2, 0]));
		write("docs/empty.md", "  \n");
		write("docs/broken.pdf", "not a pdf");
		write("docs/node_modules/skip.md", "never");
		const report = await librarian.add(join(folder, "docs"), "c");
		expect(report.added).toBe(2);
		expect(report.skipped.map(({ path, why }) => [path.slice(path.lastIndexOf("/") + 1), why]).sort()).toEqual([
			["binary.txt", "It is a binary file. Save it as text, HTML or PDF."],
			["broken.pdf", "It is not a PDF. Give it the ending of what it is."],
			["empty.md", "There is no text in it."],
		]);
		expect(librarian.open(["c"], "library://c/good.md")?.title).toBe("Good");
		const lines = write(
			"bad.jsonl",
			'{"id":1,"title":"Kept","text":"kept words"}\n{broken\n{"id":2,"title":"No text"}\n',
		);
		const rowReport = await librarian.add(lines, "c");
		expect(rowReport.added).toBe(1);
		expect(rowReport.skipped.map(({ path, why }) => [path.replace(/^.*:/, ""), why])).toEqual([
			["2", "The line is not JSON."],
			["3", expect.stringMatching(/^text: .*A row has id, title, text/)],
		]);
		expect((await librarian.add(write("broken.pdf", "not a pdf"), "unread")).skipped).toHaveLength(1);
		expect(librarian.collections().map(({ name }) => name)).not.toContain("unread");
		write("mixed/rows.jsonl", '{"id":1,"title":"Row","text":"a row of a corpus in a folder"}\n');
		expect((await librarian.add(join(folder, "mixed"), "mixed")).added).toBe(1);
		await expect(librarian.add(join(folder, "nowhere"), "c")).rejects.toThrow(/no such file/);
	}, 20_000);

	test("removes a document or a collection from text, index and links", async () => {
		await librarian.add(corpus(...rows), "c");
		expect(librarian.removeDocument("c", "b")).toBe(true);
		expect(librarian.removeDocument("c", "b")).toBe(false);
		expect(librarian.open(["c"], "a")?.linkedFrom).toEqual([]);
		expect(librarian.removeCollection("c")).toBe(1);
		expect(librarian.collections()).toEqual([]);
		expect(ids("harbour")).toEqual([]);
	});

	test("refuses a library of a newer version", () => {
		const path = join(folder, "newer.db");
		const shelf = openShelf(path);
		shelf.pragma("user_version = 99");
		shelf.close();
		expect(() => openShelf(path)).toThrow(/newer version/);
	});
});

describe("asking", () => {
	test.each([
		['"', []],
		["harbour AND NOT (x", ["a"]],
		["title:harbour* NEAR/3 {", ["a"]],
		["'; drop table documents; --", []],
		["🌊 harbour \0", ["a"]],
		["", []],
		["x".repeat(100_000), []],
	])("takes %j as plain words", async (query, expected) => {
		await librarian.add(corpus({ id: "a", title: "Skarn", text: "A harbour in the north." }), "c");
		expect(ids(query)).toEqual(expected);
	});

	test("stems, ignores accents and case, weighs titles, says how many documents hold each term", async () => {
		await librarian.add(
			corpus(
				{ id: "title", title: "Lighthouses", text: "Towers with lamps." },
				{ id: "body", title: "Coast", text: `A lighthouse stands there. ${"Other words follow. ".repeat(20)}` },
				{ id: "accent", title: "Café", text: "Coffee." },
			),
			"c",
		);
		expect(ids("LIGHTHOUSE")).toEqual(["title", "body"]);
		expect(ids("cafe")).toEqual(["accent"]);
		const { hits, unmatched } = find("lighthouse zebra");
		expect(unmatched).toEqual(["zebra"]);
		expect(hits[0]).toMatchObject({ terms: [{ term: "lighthouse", documents: 2 }], score: expect.any(Number) });
	});

	test("asks only the named collections", async () => {
		await librarian.add(corpus({ id: "a", title: "A", text: "harbour" }), "c");
		expect(librarian.search(["other"], { text: "harbour", limit: 10, offset: 0 }).hits).toEqual([]);
		expect(librarian.open(["other"], "a")).toBeUndefined();
	});

	test("quotes the right stretch of a long text with characters outside the basic plane", async () => {
		const text = `${"🌊🌊🌊 waves. ".repeat(30)}\n\n${"Filler sentence here. ".repeat(100)}\n\n# Keeper\n\nThe keeper was called Verhal.`;
		await librarian.add(corpus({ id: "a", title: "A", text }), "c");
		expect(find("keeper Verhal").hits[0]?.snippet).toContain("The keeper was called Verhal.");
	});

	test("gives every document once, page by page", async () => {
		const many = Array.from({ length: 25 }, (_, n) => ({ id: String(n), title: `Note ${n}`, text: "harbour pilot" }));
		await librarian.add(corpus(...many), "c");
		const pages = [0, 10, 20].flatMap((offset) => librarian.search(["c"], { text: "pilot", limit: 10, offset }).hits);
		expect(new Set(pages.map(({ docId }) => docId)).size).toBe(25);
	});
});

const multilingual = testData("xquad-multilingual");
describe.skipIf(!multilingual)("languages, one collection each", () => {
	const language = (id: string) => id.split("-")[1] ?? "";
	test("most questions find their paragraph among the first ten, also without spaces between words", () => {
		const shelf = openShelf(join(folder, "library.db"));
		const documents = rowsOf<LibraryDocument>(multilingual ?? "", "corpus.jsonl");
		for (const [name, group] of Map.groupBy(documents, ({ id }) => language(id))) addDocuments(shelf, name, group);
		shelf.close();
		const questions = rowsOf<{ question: string; evidence_ids: [string]; lang: string }>(
			multilingual ?? "",
			"questions.jsonl",
		);
		for (const [name, group] of Map.groupBy(questions, ({ lang }) => lang)) {
			const asked = group.slice(0, 100);
			const found = asked.filter(({ question, evidence_ids: [id] }) =>
				librarian.search([name], { text: question, limit: 10, offset: 0 }).hits.some(({ docId }) => docId === id),
			);
			expect(found.length / asked.length, name).toBeGreaterThan(0.85);
		}
	}, 60_000);
});
