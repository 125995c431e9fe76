import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { makeRun } from "../../e2e/fixtures/run";
import type { Snapshot } from "../trajectory/snapshot";
import { closeStore, store } from "./client";
import { createRun, deleteRuns, purgeRuns, restoreRuns } from "./runs";
import {
	countView,
	createShare,
	listShareBodies,
	listShares,
	type NewShare,
	readShare,
	readSharePart,
	readSharePreview,
	revokeShare,
} from "./shares";

const folder = mkdtempSync(join(tmpdir(), "soundings-shares-"));

beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterEach(() => {
	vi.useRealTimers();
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true });
});

const SNAPSHOT: Snapshot = {
	version: 1,
	scope: "sources",
	title: "How deep?",
	question: "How deep is it?",
	takenAt: 1,
	startedAt: 1,
	detail: "",
	preset: "extractive",
	model: "",
	calls: 2,
	budget: 25,
	turns: 2,
	line: makeRun("How deep?").summary.line,
	sources: [],
	redacted: { keys: 0, emails: 0, paths: 0, addresses: 0, words: 0 },
};

async function shared(more: Partial<NewShare> = {}) {
	const { summary, started } = makeRun("How deep is it?");
	await createRun(summary, started);
	const parts: NewShare["parts"] = new Map([["page/1", "4,475 fathoms"]]);
	const made = await createShare({ runId: summary.id, seq: 1, snapshot: SNAPSHOT, parts, ...more });
	return { runId: summary.id, ...made };
}

describe("share links", () => {
	test("open what was kept, and only that", async () => {
		const { token, id } = await shared();
		expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
		expect(await readShare(token)).toEqual({ id, snapshot: SNAPSHOT });
		expect(await readSharePart(token, "page/1")).toBe("4,475 fathoms");
		expect(await readSharePart(token, "page/2")).toBeUndefined();
		expect(await readSharePart(id, "page/1")).toBeUndefined();
		expect(await readSharePreview(id)).toEqual(SNAPSHOT);
	});

	test("list the events whose whole text they open, in order", async () => {
		const parts: NewShare["parts"] = new Map([
			["body/12", "twelve"],
			["body/7", "seven"],
			["events", "[]"],
			["page/1", "a page"],
		]);
		const { token, id } = await shared({ parts });
		expect(await listShareBodies(token)).toEqual([7, 12]);
		expect(await listShareBodies((await shared()).token)).toEqual([]);
		expect(await listShareBodies(id)).toEqual([]);
	});

	test("B114 SHR-02: are not found by ten thousand guesses, nor by what looks like them", async () => {
		const { token } = await shared();
		const tokens = new Set(
			Array.from({ length: 10_000 }, () => crypto.getRandomValues(Buffer.alloc(32)).toString("base64url")),
		);
		for (const guess of tokens) expect(await readShare(guess)).toBeUndefined();
		const odd = [
			token.slice(1),
			`${token}A`,
			token.slice(0, -1),
			`${token}=`,
			` ${token}`,
			`${token}\0`,
			token.replace(/[a-z]/, (letter) => letter.toUpperCase()),
			"' or 1=1 --",
			"ключ",
			"x".repeat(10_240),
			"",
		];
		for (const guess of odd) expect(await readShare(guess), guess).toBeUndefined();
	});

	test("SHR-01: have tokens that are never the same and stand nowhere in the files", async () => {
		const { runId } = await shared();
		const tokens: string[] = [];
		for (let n = 0; n < 200; n++) {
			const share = { runId, seq: 1, snapshot: SNAPSHOT, parts: new Map() };
			tokens.push((await createShare(share)).token);
		}
		expect(new Set(tokens).size).toBe(tokens.length);
		store().$client.pragma("wal_checkpoint(PASSIVE)");
		const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file), "latin1"));
		for (const token of tokens) expect(bytes.some((text) => text.includes(token))).toBe(false);
		expect(bytes.some((text) => text.includes("How deep?"))).toBe(true);
	});

	test("SHR-03 SHR-04 SHR-10: answer nothing once they are revoked, have expired, or their run is deleted", async () => {
		const revoked = await shared();
		expect(await revokeShare("another", revoked.id)).toBe(false);
		expect(await revokeShare(revoked.runId, revoked.id)).toBe(true);
		expect(await revokeShare(revoked.runId, revoked.id)).toBe(false);
		const parts: NewShare["parts"] = new Map([
			["page/1", "4,475 fathoms"],
			["body/3", "b"],
		]);
		const deleted = await shared({ parts });
		await deleteRuns([deleted.runId]);
		const expired = await shared({ parts, expiresAt: Date.now() + 60_000 });
		expect(await readShare(expired.token)).toBeDefined();
		expect(await listShareBodies(expired.token)).toEqual([3]);
		vi.useFakeTimers({ now: Date.now() + 60_001, toFake: ["Date"] });
		for (const { token, id } of [revoked, deleted, expired]) {
			expect(await readShare(token)).toBeUndefined();
			expect(await readSharePart(token, "page/1")).toBeUndefined();
			expect(await listShareBodies(token)).toEqual([]);
			expect(await readSharePreview(id)).toBeUndefined();
		}
		await restoreRuns([deleted.runId]);
		expect(await readShare(deleted.token)).toBeDefined();
		await deleteRuns([deleted.runId]);
		await purgeRuns(Date.now() + 1);
		expect(await listShares(deleted.runId)).toEqual([]);
	});

	test("are listed with their views, without a token", async () => {
		const { runId, token, id } = await shared({ expiresAt: Date.now() + 1000 });
		await countView(token);
		await countView(token);
		const [facts] = await listShares(runId);
		expect(facts).toMatchObject({ id, scope: "sources", views: 2, viewedAt: expect.any(Number) });
		expect(JSON.stringify(facts)).not.toContain(token);
	});
});
