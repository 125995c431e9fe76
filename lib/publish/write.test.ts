import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedRun } from "../../e2e/fixtures/long-run";
import { paperOf } from "../../e2e/fixtures/paper";
import { closeStore } from "../db/client";
import { readSummary } from "../db/runs";
import { readPaper } from "./read-paper";
import { closeWriting, writeDocument } from "./write";

const { words } = paperOf({});
const folder = mkdtempSync(join(tmpdir(), "soundings-paper-"));
beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterAll(async () => {
	await closeWriting();
	closeStore();
	rmSync(folder, { recursive: true });
});

async function seeded(options: Partial<Parameters<typeof seedRun>[0]>) {
	const summary = await readSummary(await seedRun({ calls: 12, seed: 3, ...options }));
	if (!summary) throw new Error("The run was not stored.");
	return summary;
}

test("a saved run becomes a paper with its report and the sources it cites", async () => {
	const paper = await readPaper(await seeded({ runId: "ended" }), words, false);
	expect(paper?.snapshot.report?.citations.length).toBeGreaterThan(0);
	expect(paper?.snapshot.sources.map(({ n }) => n)).toEqual(paper?.snapshot.report?.citations.map(({ n }) => n));
	expect(paper?.parts.size).toBe(0);
});

test("a run without an answer becomes none", async () => {
	expect(await readPaper(await seeded({ runId: "open", live: "calling" }), words, false)).toBeUndefined();
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
