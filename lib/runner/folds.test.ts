import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedRun } from "../../e2e/fixtures/long-run";
import { closeStore } from "../db/client";
import { appendEvents, readSlimEvents } from "../db/events";
import { viewOf } from "../trajectory/view";
import { foldOf } from "./folds";

const folder = mkdtempSync(join(tmpdir(), "soundings-folds-"));
beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true });
});

const recorded = async (id: string) => viewOf(await readSlimEvents(id, 0, 10_000));

test("the fold kept for the next page is the fold of what is recorded, also when several ask at once", async () => {
	const run = { id: "kept", calls: 200 };
	await seedRun({ calls: run.calls, seed: 3, runId: run.id });
	await Promise.all([foldOf(run), foldOf(run), foldOf(run)]);
	const fold = await foldOf(run);
	expect(fold).toEqual(await recorded(run.id));
	await appendEvents(run.id, fold?.lastSeq ?? 0, [{ type: "note.added", target: 0, text: "Look again." }]);
	const noted = await foldOf(run);
	expect(noted?.remarks.count).toBe(1);
	expect(noted).toEqual(await recorded(run.id));
});

test("of many runs only the last ones are kept, and the longest never", async () => {
	for (const id of ["a", "b", "c", "d", "e"]) await seedRun({ calls: 5, seed: 4, runId: id });
	const first = await foldOf({ id: "a", calls: 5 });
	expect(await foldOf({ id: "a", calls: 5 })).toBe(first);
	for (const id of ["b", "c", "d", "e"]) await foldOf({ id, calls: 5 });
	expect(await foldOf({ id: "a", calls: 5 })).not.toBe(first);
	expect(await foldOf({ id: "a", calls: 10_001 })).toBeUndefined();
});
