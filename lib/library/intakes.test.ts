import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openSqlite } from "../db/sqlite";
import { closeExtraction } from "../web/extract";
import { Librarian } from "./librarian";
import { openShelf } from "./shelf";
import { stretchesOf } from "./snippet";
import { uploadPath } from "./uploads";

const folders: string[] = [];
let folder = "";
let librarian: Librarian;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "soundings-intakes-"));
	folders.push(folder);
	mkdirSync(join(folder, "library-uploads"));
	librarian = new Librarian(folder);
	return () => {
		vi.useRealTimers();
		librarian.close();
	};
});
afterAll(async () => {
	await closeExtraction();
	for (const made of folders) rmSync(made, { recursive: true, force: true });
});

/** A file as the upload route leaves it. */
function sent(id: string, name: string, text: string, collection = "c"): void {
	writeFileSync(uploadPath(folder, id), text);
	librarian.queueIntake({ id, collection, name, bytes: text.length });
}
const find = (text: string, collections = ["c"]) => librarian.find(collections, { text, limit: 10, offset: 0 });
const titles = (text: string) => find(text).found.map(({ title }) => title);
const only = () => librarian.intakes().shown[0];

describe("files that were sent", () => {
	test("are read in turn under the name they came with, and their bytes let go", async () => {
		sent("1", "notes/hemp.md", "# Hemp\n\nA line of hemp.");
		sent("2", "wire.txt", "A line of wire.");
		expect(librarian.intakes().counts).toMatchObject({ waiting: 2, added: 0 });
		expect(await librarian.takeInNext()).toBe(true);
		expect(librarian.intakes().counts).toMatchObject({ waiting: 1, added: 1 });
		expect(await librarian.takeInNext()).toBe(true);
		expect(await librarian.takeInNext()).toBe(false);
		expect(titles("line").sort()).toEqual(["Hemp", "wire"]);
		expect(librarian.open(["c"], "library://c/notes/hemp.md")?.text).toContain("A line of hemp.");
		expect(existsSync(uploadPath(folder, "1"))).toBe(false);
	});

	test("that cannot be read keep their reason and their bytes, and are tried again when somebody says so", async () => {
		sent("1", "blank.md", "  \n");
		await librarian.takeInNext();
		expect(only()).toMatchObject({ state: "failed", why: "There is no text in it.", name: "blank.md" });
		expect(await librarian.takeInNext()).toBe(false);
		writeFileSync(uploadPath(folder, "1"), "Words now.");
		expect(librarian.retryIntake("1")).toBe(true);
		await librarian.takeInNext();
		expect(only()).toMatchObject({ state: "added", why: "", read: 1 });
		expect(librarian.retryIntake("1")).toBe(false);
	});

	test("tell each row that was not read", async () => {
		sent("1", "rows.jsonl", '{"id":1,"title":"Kept","text":"kept"}\n{broken\n');
		await librarian.takeInNext();
		expect(only()).toMatchObject({ state: "added", read: 1, skipped: 1 });
		expect(only()?.unread).toEqual([{ path: "rows.jsonl:2", why: "The line is not JSON." }]);
		sent("2", "none.jsonl", "{broken\n{broken too\n");
		await librarian.takeInNext();
		expect(librarian.intakes().shown.find(({ id }) => id === "2")).toMatchObject({
			state: "failed",
			why: "None of its 2 rows could be read.",
		});
	});

	test("say so when their bytes are gone", async () => {
		sent("1", "gone.md", "words");
		rmSync(uploadPath(folder, "1"));
		await librarian.takeInNext();
		expect(only()).toMatchObject({ state: "failed", why: "The file that was sent is gone. Add it again." });
	});

	test("taken off the list are read by nobody", async () => {
		sent("1", "a.md", "words");
		expect(await librarian.dismissIntakes(["1", "never"])).toBe(1);
		expect(await librarian.takeInNext()).toBe(false);
		expect(existsSync(uploadPath(folder, "1"))).toBe(false);
	});

	test("that a process was reading when it died are read by the next, when it let go or after its lease", async () => {
		const claim = () => {
			const shelf = openShelf(join(folder, "library.db"));
			shelf
				.prepare("update intakes set state = 'reading', owner = ?, beat_at = ? where state = 'waiting'")
				.run(process.pid, Date.now());
			shelf.close();
		};
		sent("1", "a.md", "words");
		claim();
		expect(await librarian.takeInNext()).toBe(false);
		librarian.releaseIntakes();
		expect(await librarian.takeInNext()).toBe(true);
		sent("2", "b.md", "words");
		claim();
		vi.useFakeTimers({ now: Date.now() + 16_000, toFake: ["Date"] });
		expect(await librarian.takeInNext()).toBe(true);
		expect(librarian.intakes().counts).toMatchObject({ added: 2, reading: 0 });
	});

	test("find no room once too much waits", () => {
		expect(librarian.hasRoom(1_000_000)).toBe(true);
		librarian.queueIntake({ id: "1", collection: "c", name: "a.md", bytes: 1_999_999_999 });
		expect(librarian.hasRoom(1)).toBe(true);
		expect(librarian.hasRoom(2)).toBe(false);
	});
});

describe("a removal that can be taken back", () => {
	const later = () => vi.useFakeTimers({ now: Date.now() + 16_000, toFake: ["Date"] });

	test("of a document hides it everywhere, brings it back, or ends it", async () => {
		sent("1", "hemp.md", "# Hemp\n\nSee [wire](library://c/wire.md). A line.");
		sent("2", "wire.md", "# Wire\n\nAnother line.");
		while (await librarian.takeInNext());
		const [hemp] = librarian.documents("c", { offset: 0, limit: 10 }).documents;
		const key = hemp?.key ?? "";
		expect(librarian.putAwayDocuments([key])).toBe(1);
		expect(titles("line")).toEqual(["Wire"]);
		expect(librarian.search(["c"], { text: "line", limit: 10, offset: 0 }).hits).toHaveLength(1);
		expect(librarian.open(["c"], "library://c/hemp.md")).toBeUndefined();
		expect(librarian.open(["c"], "library://c/wire.md")?.linkedFrom).toEqual([]);
		expect(librarian.documents("c", { offset: 0, limit: 10 })).toMatchObject({
			total: 1,
			documents: [{ title: "Wire" }],
		});
		expect(librarian.collections()).toEqual([{ name: "c", documents: 1 }]);
		await librarian.purge();
		expect(librarian.bringBackDocuments([key])).toBe(1);
		expect(titles("line").sort()).toEqual(["Hemp", "Wire"]);
		librarian.putAwayDocuments([key]);
		later();
		await librarian.purge();
		expect(librarian.bringBackDocuments([key])).toBe(0);
		expect(titles("line")).toEqual(["Wire"]);
	});

	test("of a document ends when the same file is added again", async () => {
		sent("1", "hemp.md", "A line.");
		await librarian.takeInNext();
		librarian.putAwayDocuments([librarian.documents("c", { offset: 0, limit: 1 }).documents[0]?.key ?? ""]);
		sent("2", "hemp.md", "A line.");
		await librarian.takeInNext();
		expect(titles("line")).toEqual(["hemp"]);
	});

	test("of a collection hides it with what waits for it, brings both back, or ends both", async () => {
		sent("1", "hemp.md", "A line.");
		await librarian.takeInNext();
		sent("2", "wire.md", "Another line.");
		expect(librarian.putAwayCollection("c")).toBe(true);
		expect(librarian.collections()).toEqual([]);
		expect(titles("line")).toEqual([]);
		expect(librarian.open(["c"], "library://c/hemp.md")).toBeUndefined();
		expect(await librarian.takeInNext()).toBe(false);
		expect(librarian.bringBackCollection("c")).toBe(true);
		expect(await librarian.takeInNext()).toBe(true);
		expect(titles("line").sort()).toEqual(["hemp", "wire"]);
		sent("3", "lead.md", "The lead.");
		librarian.putAwayCollection("c");
		later();
		await librarian.purge();
		expect(librarian.bringBackCollection("c")).toBe(false);
		expect(librarian.intakes().shown).toEqual([]);
		expect(existsSync(uploadPath(folder, "3"))).toBe(false);
	});

	test("of a collection ends when files are added under its name", async () => {
		sent("1", "hemp.md", "A line.");
		await librarian.takeInNext();
		librarian.putAwayCollection("c");
		sent("2", "wire.md", "Another line.");
		await librarian.takeInNext();
		expect(librarian.bringBackCollection("c")).toBe(false);
		expect(titles("line")).toEqual(["wire"]);
	});

	test("of an installed documentation holds at the next start, until somebody asks for it", async () => {
		const root = join(folder, "installed");
		mkdirSync(join(root, "node_modules/ai/docs"), { recursive: true });
		writeFileSync(join(root, "node_modules/ai/package.json"), '{"version":"1"}');
		writeFileSync(join(root, "node_modules/ai/docs/a.md"), "# Agents\n\nAn agent loops.");
		await librarian.addInstalledDocs(root);
		librarian.putAwayCollection("AI SDK docs");
		later();
		await librarian.purge();
		expect(await librarian.addInstalledDocs(root)).toEqual([]);
		expect(librarian.collections()).toEqual([]);
		await librarian.welcomeInstalledDocs(root);
		expect(librarian.collections()).toEqual([{ name: "AI SDK docs", documents: 1 }]);
		sent("1", "own.md", "My own words.", "AI SDK docs");
		await librarian.takeInNext();
		writeFileSync(join(root, "node_modules/ai/package.json"), '{"version":"2"}');
		await librarian.addInstalledDocs(root);
		expect(find("own words", ["AI SDK docs"]).found).toHaveLength(1);
	});
});

describe("a collection's name", () => {
	test("changes with its addresses, so that a file that is added again finds its document", async () => {
		sent("1", "hemp.md", "# Hemp\n\nSee [wire](wire.md).");
		sent("2", "wire.md", "# Wire\n\nWords.");
		while (await librarian.takeInNext());
		expect(librarian.renameCollection("c", "Depths")).toBe("renamed");
		expect(librarian.collections()).toEqual([{ name: "Depths", documents: 2 }]);
		expect(librarian.open(["Depths"], "library://Depths/wire.md")?.linkedFrom).toMatchObject([{ title: "Hemp" }]);
		expect(find("words", ["Depths"]).found[0]?.collection).toBe("Depths");
		sent("3", "wire.md", "# Wire\n\nOther words.", "Depths");
		await librarian.takeInNext();
		expect(librarian.collections()).toEqual([{ name: "Depths", documents: 2 }]);
		sent("4", "x.md", "x", "other");
		await librarian.takeInNext();
		expect(librarian.renameCollection("Depths", "other")).toBe("taken");
		expect(librarian.renameCollection("nowhere", "new")).toBe("absent");
	});
});

test("a library of the first version is brought up to date with all it holds", () => {
	const path = join(folder, "old.db");
	openShelf(path).close();
	const old = openSqlite(path);
	old.exec(
		"drop table unread; drop table intakes; drop table declined; drop table removed; drop index documents_in_order; alter table collections drop column removed_at; pragma user_version = 1",
	);
	old.exec(
		"insert into collections (name, created_at) values ('c', 1); insert into documents (collection, doc_id, url, title, hash, text) values ('c', 'a', 'u', 'Kept', 'h', 'words')",
	);
	old.close();
	const now = openShelf(path);
	expect(now.pragma("user_version", { simple: true })).toBe(2);
	expect(now.prepare("select title from documents").all()).toEqual([{ title: "Kept" }]);
	expect(now.prepare("select removed_at from collections").all()).toEqual([{ removed_at: null }]);
	now.close();
});

test("pages of a collection follow each other by title and leave nothing out", async () => {
	sent(
		"1",
		"rows.jsonl",
		Array.from({ length: 25 }, (_, n) => JSON.stringify({ id: n, title: `n ${n % 7}`, text: "x" })).join("\n"),
	);
	await librarian.takeInNext();
	const pages = [0, 10, 20].map((offset) => librarian.documents("c", { offset, limit: 10 }));
	const all = pages.flatMap(({ documents }) => documents);
	expect(new Set(all.map(({ key }) => key)).size).toBe(25);
	expect(all.map(({ title }) => title)).toEqual(all.map(({ title }) => title).toSorted());
	expect(pages[2]).toMatchObject({ total: 25, documents: { length: 5 } });
});

test("a snippet is cut at the forms of the words that were looked for, no matter their script", () => {
	const hits = (text: string, ...terms: string[]) =>
		stretchesOf(text, terms)
			.filter(({ isHit }) => isHit)
			.map(({ text: hit }) => hit);
	expect(hits("Soundings and a sounding; resounding.", "sounding")).toEqual(["Soundings", "sounding"]);
	expect(hits("绳上的水深刻度", "水深")).toEqual(["水深"]);
	expect(stretchesOf("plain", [])).toEqual([{ text: "plain", isHit: false }]);
	expect(
		stretchesOf("a line of hemp", ["hemp"])
			.map(({ text }) => text)
			.join(""),
	).toBe("a line of hemp");
});

test("the ranks of a page go on where the page before ended, in the order a run sees", async () => {
	sent(
		"1",
		"rows.jsonl",
		Array.from({ length: 12 }, (_, n) =>
			JSON.stringify({ id: n, title: `n ${n}`, text: `hemp ${"and other words ".repeat(n)}` }),
		).join("\n"),
	);
	await librarian.takeInNext();
	const run = librarian.search(["c"], { text: "hemp", limit: 12, offset: 0 }).hits.map(({ docId }) => docId);
	const second = librarian.find(["c"], { text: "hemp zebra", limit: 5, offset: 5 });
	expect(second.found.map(({ rank }) => rank)).toEqual([6, 7, 8, 9, 10]);
	expect(second.found.map(({ docId }) => docId)).toEqual(run.slice(5, 10));
	expect(second).toMatchObject({ words: ["hemp", "zebra"], unmatched: ["zebra"], total: 12 });
});
