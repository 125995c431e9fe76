import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeRun } from "../../e2e/fixtures/run";
import { closeStore, store } from "./client";
import { appendEvents } from "./events";
import { readPage, storePageOf } from "./pages";
import { createRun } from "./runs";

const folder = mkdtempSync(join(tmpdir(), "soundings-pages-"));
beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true });
});

async function newRun(): Promise<string> {
	const { summary, started } = makeRun("How deep is it?");
	await createRun(summary, started);
	return summary.id;
}

/** About 4 kB compressed: the letters are drawn by lot. */
const noise = () => randomBytes(4000).toString("hex");
const MAX = 10_000;

async function readBy(runId: string, names: string[]) {
	const stored: { hash: string; dropped: number }[] = [];
	for (const name of names) {
		stored.push(await storePageOf({ runId, url: `https://x.org/${name}`, text: noise(), maxBytes: MAX }));
	}
	return stored;
}
const kept = (hashes: { hash: string }[]) =>
	Promise.all(hashes.map(async ({ hash }) => (await readPage(hash)) !== undefined));

test("beyond a run's room the oldest pages go, and the call that pushed them out is told how many", async () => {
	const pages = await readBy(await newRun(), ["a", "b", "c", "d"]);
	expect(pages.map(({ dropped }) => dropped)).toEqual([0, 0, 1, 1]);
	expect(await kept(pages)).toEqual([false, false, true, true]);
});

test("a page that an answer cites stays, and a younger one goes in its place", async () => {
	const runId = await newRun();
	const [a, b] = await readBy(runId, ["cited", "b"]);
	const answer = "It is 40 m deep [1](https://x.org/cited).";
	const usage = { inputTokens: 1, outputTokens: 1 };
	await appendEvents(runId, 1, [
		{ type: "model.replied", turn: 1, content: answer, calls: [], finish: "stop", usage, ms: 1 },
	]);
	const [c] = await readBy(runId, ["c"]);
	expect(await kept([a, b, c].flatMap((page) => page ?? []))).toEqual([true, false, true]);
});

test("a page that another run has read as well stays stored, and rooms are counted apart", async () => {
	const [one, other] = [await newRun(), await newRun()];
	const text = noise();
	const shared = { url: "https://x.org/shared", text, maxBytes: MAX };
	const { hash } = await storePageOf({ runId: one, ...shared });
	await storePageOf({ runId: other, ...shared });
	const more = await readBy(one, ["b", "c"]);
	expect(more.at(-1)?.dropped).toBe(1);
	expect(await readPage(hash)).toBe(text);
	const rooms = store().$client.prepare("select count(*) from run_pages where run_id = ?").pluck();
	expect([rooms.get(one), rooms.get(other)]).toEqual([2, 1]);
});
