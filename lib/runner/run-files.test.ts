import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeRun } from "../../e2e/fixtures/run";
import { closeStore } from "../db/client";
import { createRun, deleteRuns, existing, purgeRuns, restoreRuns } from "../db/runs";
import { boxFolder, copySandboxes, isParted, keepFile, removeOthers } from "../sandbox/folders";
import { readRunFile } from "./run-files";

const folder = mkdtempSync(join(tmpdir(), "run-files-"));
process.env.DATA_DIR = folder;
const MB = 1024 * 1024;
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000030000000208060000009d747b14", "hex");

let parent = "";
let hash = "";
const newRun = async () => {
	const { summary, started } = makeRun("Which depth?");
	await createRun(summary, started);
	return summary.id;
};
const at = (run: string, ...path: string[]) => join(folder, "sandboxes", run, ...path);

beforeAll(async () => {
	parent = await newRun();
	hash = (await keepFile(parent, PNG, MB)) ?? "";
	const box = (await boxFolder(parent, "main", true)) ?? "";
	writeFileSync(join(box, "kept.txt"), "here");
	symlinkSync("/etc/passwd", join(box, "link"));
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true, force: true });
});

test("XSS-05: a run's file is told by its bytes, whatever it is called; other names find nothing", async () => {
	expect(await readRunFile(parent, hash, "page.html")).toEqual({ bytes: PNG, type: "image/png" });
	expect(await readRunFile(parent, `../../${hash}`, "a.png")).toBeUndefined();
	expect(await readRunFile(parent, "0".repeat(64), "a.png")).toBeUndefined();
	expect(await readRunFile("../..", hash, "a.png")).toBeUndefined();
	expect(await readRunFile(crypto.randomUUID(), hash, "a.png")).toBeUndefined();
});

test("a fork after the last call gets files and working directories, one from before gets the files and a mark", async () => {
	const [late, early] = [await newRun(), await newRun()];
	await copySandboxes(parent, late, true);
	await copySandboxes(parent, early, false);
	expect(readFileSync(at(late, "boxes", "main", "kept.txt"), "utf8")).toBe("here");
	expect(existsSync(at(late, "boxes", "main", "link"))).toBe(false);
	expect(await isParted(late)).toBe(false);
	expect(existsSync(at(early, "boxes"))).toBe(false);
	expect(await isParted(early)).toBe(true);
	for (const run of [late, early]) expect((await readRunFile(run, hash, "a.png"))?.bytes).toEqual(PNG);
});

test("files go with their run, not before a deletion is final, and a fork keeps its own", async () => {
	const child = await newRun();
	await copySandboxes(parent, child, true);
	await deleteRuns([parent]);
	await removeOthers(existing);
	expect(existsSync(at(parent, "files", hash))).toBe(true);
	expect(await readRunFile(parent, hash, "a.png")).toBeUndefined();
	await restoreRuns([parent]);
	expect((await readRunFile(parent, hash, "a.png"))?.bytes).toEqual(PNG);
	await deleteRuns([parent]);
	await purgeRuns(Date.now() + 1);
	await removeOthers(existing);
	expect(existsSync(at(parent))).toBe(false);
	expect((await readRunFile(child, hash, "a.png"))?.bytes).toEqual(PNG);
});

test("what a run keeps is summed without a look at its folder, also right after a restart and in a fork", async () => {
	const [run, fork] = [await newRun(), await newRun()];
	const third = (text: string) => Buffer.alloc(MB / 3, text);
	const [one = "", two = ""] = await Promise.all(["1", "2"].map((text) => keepFile(run, third(text), MB)));
	// Whoever listed the folder would find it overfull.
	writeFileSync(at(run, "files", "f".repeat(64)), "");
	truncateSync(at(run, "files", "f".repeat(64)), 2 * MB);
	expect(await keepFile(run, third("1"), MB)).toBe(one);
	await copySandboxes(run, fork, false);
	for (const id of [run, fork]) {
		expect(await keepFile(id, third("3"), MB)).toMatch(/^[0-9a-f]{64}$/);
		expect(await keepFile(id, third("4"), MB)).toBeUndefined();
		expect(await keepFile(id, third("2"), MB)).toBe(two);
	}
});

test("where the sum is missing or cut short it is made from the folder", async () => {
	const run = await newRun();
	await keepFile(run, Buffer.alloc(MB / 2), MB);
	writeFileSync(at(run, "kept-bytes"), "");
	expect(await keepFile(run, Buffer.alloc(MB / 2, "x"), MB - 1)).toBeUndefined();
	expect(await keepFile(run, Buffer.alloc(MB / 2, "x"), MB)).toBeDefined();
});
