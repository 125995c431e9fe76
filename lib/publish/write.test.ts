import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedRun } from "../../e2e/fixtures/long-run";
import { paperOf } from "../../e2e/fixtures/paper";
import { closeStore } from "../db/client";
import { readPaper } from "./read-paper";
import { closeThreads } from "./threads";
import { writeDocument } from "./write";

const { words } = paperOf({});
const folder = mkdtempSync(join(tmpdir(), "soundings-paper-"));
beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterAll(async () => {
	await closeThreads();
	closeStore();
	rmSync(folder, { recursive: true });
});

const seeded = (options: Partial<Parameters<typeof seedRun>[0]>) => seedRun({ calls: 12, seed: 3, ...options });

test("a saved run becomes a paper with its report and the sources it cites", async () => {
	const read = await readPaper(await seeded({ runId: "ended" }), words, false);
	if (!read.ok) throw new Error(read.why);
	const { snapshot, parts } = read.paper;
	expect(snapshot.report?.citations.length).toBeGreaterThan(0);
	expect(snapshot.sources.map(({ n }) => n)).toEqual(snapshot.report?.citations.map(({ n }) => n));
	expect(parts.size).toBe(0);
});

test("a run without an answer becomes none", async () => {
	const refused = { ok: false, why: "noReport" };
	expect(await readPaper(await seeded({ runId: "open", live: "calling" }), words, false)).toEqual(refused);
});

test("documents are written in a thread", async () => {
	const paper = paperOf({ markdown: "It is deep [1]." });
	const page = await writeDocument("html", paper);
	expect(page.ok && String(page.body)).toContain("<!doctype html>");
	const word = await writeDocument("docx", paper);
	expect(word.ok && [...(word.body as Uint8Array).slice(0, 2)]).toEqual([0x50, 0x4b]);
});

test("what cannot be written is a result", async () => {
	const broken = { ...paperOf({}), words: { ...words, made: 5 as unknown as string } };
	expect(await writeDocument("html", broken)).toMatchObject({ ok: false, reason: "failed" });
});
