import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeRun } from "../../e2e/fixtures/run";
import type { AgentEvent } from "../trajectory/event";
import { closeStore, makeStore, store } from "./client";
import { appendEvents, JournalConflict, readBody, readEvents, readSlimEvents, rowOf } from "./events";
import { acquireLease, openRuns, releaseLease, renewLeases, setCrashes } from "./leases";
import { readPage, storePage } from "./pages";
import { createRun, listRuns, readSummary, rebuildSummaries } from "./runs";
import * as schema from "./schema";
import { memorySqlite, openSqlite } from "./sqlite";

const folder = mkdtempSync(join(tmpdir(), "soundings-db-"));

beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true });
});

/** Rows of a pragma in one order, without their place in it. */
const sorted = (rows: unknown): string[] =>
	(rows as Record<string, unknown>[]).map(({ cid: _, seq: __, ...row }) => JSON.stringify(row)).sort();

async function newRun(question = "How deep is it?"): Promise<string> {
	const { summary, started } = makeRun(question);
	await createRun(summary, started);
	return summary.id;
}

describe("the schema", () => {
	test("a migrated database is what schema.ts says: columns, keys, indexes, references, in strict tables", async () => {
		const empty = await generateSQLiteDrizzleJson({});
		const said = memorySqlite();
		for (const sql of await generateSQLiteMigration(empty, await generateSQLiteDrizzleJson(schema))) said.exec(sql);
		const sqlite = store().$client;
		for (const table of ["runs", "events", "pages", "run_pages", "shares", "share_parts", "settings"]) {
			for (const facts of ["table_info", "foreign_key_list", "index_list"]) {
				expect(sorted(sqlite.pragma(`${facts}(${table})`)), `${facts} of ${table}`).toEqual(
					sorted(said.pragma(`${facts}(${table})`)),
				);
			}
			const [listed] = sqlite.pragma(`table_list(${table})`) as { strict: number }[];
			expect(listed?.strict).toBe(1);
		}
		for (const index of [
			"runs_by_created",
			"runs_by_state",
			"runs_by_parent",
			"shares_by_run",
			"shares_id_unique",
			"run_pages_by_hash",
			"events_forked",
		]) {
			expect(sqlite.pragma(`index_info(${index})`)).toEqual(said.pragma(`index_info(${index})`));
		}
		const more =
			"select name from sqlite_schema where type in ('table', 'trigger', 'view') and name not in ('runs', 'events', 'pages', 'run_pages', 'shares', 'share_parts', 'settings') and name not like 'event_words_%' and name not like 'sqlite_%' or type = 'trigger' order by name";
		expect(sqlite.prepare(more).pluck().all()).toEqual([
			"__drizzle_migrations",
			"event_words",
			"event_words_added",
			"event_words_gone",
		]);
	});

	test("DB-08: a migration that fails half-way leaves the file as it was", () => {
		const path = join(folder, "half.db");
		const [first] = readMigrationFiles({ migrationsFolder: "drizzle" });
		const sqlite = openSqlite(path);
		for (const statement of first?.sql ?? []) sqlite.exec(statement);
		sqlite.exec("create table __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)");
		sqlite.prepare("insert into __drizzle_migrations (hash, created_at) values ('', ?)").run(first?.folderMillis);
		sqlite.exec("create index runs_by_parent on runs (state)");
		const before = sqlite.prepare("select sql from sqlite_schema").all();
		expect(() => makeStore(path)).toThrow(/already exists/);
		expect(sqlite.prepare("select sql from sqlite_schema").all()).toEqual(before);
		sqlite.close();
	});

	test("processes that start together on a new folder all get the same file", async () => {
		const script = 'await import("./lib/db/client.ts").then(({ store }) => store())';
		const flags = ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", script];
		const env = { ...process.env, DATA_DIR: join(folder, "together") };
		const starts = [1, 2, 3].map(() => promisify(execFile)(process.execPath, flags, { env }));
		await expect(Promise.all(starts)).resolves.toHaveLength(3);
	}, 30_000);

	test("B126 DB-08: a file written by a newer version is refused and left as it is", () => {
		const path = join(folder, "newer.db");
		makeStore(path).$client.close();
		const sqlite = openSqlite(path);
		sqlite.prepare("insert into __drizzle_migrations (hash, created_at) values ('later', 99999999999999)").run();
		sqlite.close();
		expect(() => makeStore(path)).toThrow(/newer version/);
	});

	test("commits reach the disk before they are acknowledged", () => {
		expect(store().$client.pragma("synchronous", { simple: true })).toBe(2);
		expect(store().$client.pragma("journal_mode", { simple: true })).toBe("wal");
		expect(store().$client.pragma("foreign_keys", { simple: true })).toBe(1);
	});
});

describe("the journal", () => {
	test("gives back what was appended, bodies whole, whatever they hold", async () => {
		const runId = await newRun();
		const text = `astral 😀, right-to-left ‮, ${"x".repeat(5000)}`;
		await appendEvents(runId, 1, [
			{ type: "turn.started", turn: 1, purpose: "research" },
			{ type: "tool.returned", turn: 1, callId: "c", status: "ok", text, summary: "s", sources: [], ms: 1 },
		]);
		const events = await readEvents(runId);
		expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
		expect(events[2]).toMatchObject({ text });
		expect(await readBody(runId, 3)).toBe(text);
		const [slim] = await readSlimEvents(runId, 2, 10);
		expect(slim?.cut).toBeGreaterThan(5000);
		expect(slim).toMatchObject({ text: expect.stringMatching(/^astral/) });
	});

	test("what is told of the files of a further question is the body of its event, which pages do not carry", async () => {
		const runId = await newRun();
		const parent = { runId: "p", seq: 1 };
		const further: AgentEvent = { type: "run.forked", parent, changes: ["follow_up"], followUp: "And then?" };
		await appendEvents(runId, 1, [{ ...further, attached: "told of it" }, further]);
		expect((await readEvents(runId, 1)).map((event) => "attached" in event && event.attached)).toEqual([
			"told of it",
			false,
		]);
		expect(await readBody(runId, 2)).toBe("told of it");
		for (const slim of await readSlimEvents(runId, 1, 10)) expect(slim).not.toHaveProperty("attached");
		const json = store().$client.prepare("select json from events where run_id = ? and seq = 2").pluck().get(runId);
		expect(json).not.toContain("told of it");
	});

	test("B079 DB-06: NUL and a lone surrogate become the replacement character instead of broken text", async () => {
		const runId = await newRun();
		await appendEvents(runId, 1, [
			{
				type: "tool.returned",
				turn: 1,
				callId: "c",
				status: "ok",
				text: "a\ud800b\0c",
				summary: "",
				sources: [],
				ms: 1,
			},
		]);
		expect(await readBody(runId, 2)).toBe("a\ufffdb\ufffdc");
	});

	test("DB-05: two writers at the same place: one wins, the other is told, nothing is lost", async () => {
		const runId = await newRun();
		const event = { type: "user.steered", text: "left" } as const;
		await appendEvents(runId, 1, [event]);
		await expect(appendEvents(runId, 1, [{ ...event, text: "right" }])).rejects.toThrow(JournalConflict);
		expect(await readEvents(runId, 1)).toMatchObject([{ seq: 2, text: "left" }]);
	});

	test("an event that does not fit its kind is refused before it is written", async () => {
		const runId = await newRun();
		const wrong = { type: "turn.started", turn: 0, purpose: "research" } as const;
		await expect(appendEvents(runId, 1, [wrong])).rejects.toThrow();
		expect(await readEvents(runId)).toHaveLength(1);
	});

	test("an event that was spoilt in the file is refused when it is read", async () => {
		const runId = await newRun();
		await appendEvents(runId, 1, [{ type: "user.steered", text: "left" }]);
		const { json: whole } = rowOf({ type: "user.steered", text: "left", runId, seq: 2, at: 1 });
		const spoil = store().$client.prepare("update events set json = ? where run_id = ? and seq = 2");
		for (const json of ['{"text":7}', "{}", "{", "[]"]) {
			spoil.run(json, runId);
			await expect(readEvents(runId), json).rejects.toThrow();
		}
		spoil.run('{"text":7}', runId);
		await expect(readEvents(runId)).rejects.toThrow(`Event 2 of run ${runId} is damaged: user.steered, text`);
		spoil.run(whole, runId);
		expect(await readEvents(runId, 1)).toMatchObject([{ text: "left" }]);
	});
});

describe("the list of runs", () => {
	test("search takes wildcards and quotes as text", async () => {
		await newRun("What is 100% of a_b\\c?");
		await newRun("What is 100 of aXb?");
		expect((await listRuns({ search: "100% a_b\\c", limit: 10 })).runs).toHaveLength(1);
		expect((await listRuns({ search: "'; drop table runs", limit: 10 })).total).toBe(0);
	});

	test("a damaged cache is made anew from the journal", async () => {
		const runId = await newRun("rebuild me");
		store().$client.prepare("update runs set calls = 99, title = 'wrong' where id = ?").run(runId);
		const damaged = await newRun("unreadable");
		store().$client.prepare("update events set json = '{}' where run_id = ?").run(damaged);
		const made = await rebuildSummaries();
		expect(made.changed).toBeGreaterThan(0);
		expect(made.unreadable).toEqual([expect.stringContaining(`Event 1 of run ${damaged} is damaged`)]);
		expect(await readSummary(runId)).toMatchObject({ calls: 0, title: "rebuild me" });
	});
});

describe("leases", () => {
	test("REC-06: exactly one owner at a time; only the owner can give its lease back", async () => {
		const runId = await newRun();
		expect(await acquireLease({ runId, owner: "a" })).toBe(true);
		expect(await acquireLease({ runId, owner: "b" })).toBe(false);
		await releaseLease({ runId, owner: "b" });
		expect(await acquireLease({ runId, owner: "b" })).toBe(false);
		await releaseLease({ runId, owner: "a" });
		expect(await acquireLease({ runId, owner: "b" })).toBe(true);
		await releaseLease({ runId, owner: "b" });
		expect(await acquireLease({ runId, owner: "c" })).toBe(true);
	});

	test("RES-15: a clock that is set back or ahead takes no run from its owner, and leaves none to an owner that is gone", async () => {
		const runId = await newRun();
		await acquireLease({ runId, owner: "a" });
		for (const days of [-1, 1]) {
			vi.setSystemTime(Date.now() + days * 86_400_000);
			expect(await renewLeases("a", [runId])).toEqual(new Set([runId]));
			expect(await acquireLease({ runId, owner: "b" })).toBe(false);
		}
		vi.setSystemTime(Date.now() - 86_400_000);
		expect(await acquireLease({ runId, owner: "b" })).toBe(true);
		vi.useRealTimers();
	});

	test("open runs come with their lease and their crashes", async () => {
		const runId = await newRun();
		await setCrashes(runId, 2);
		expect((await openRuns()).find((run) => run.runId === runId)).toMatchObject({ owner: null, crashes: 2 });
	});
});

test("a page is stored once, compressed, and comes back by its hash", async () => {
	const text = "The same page. ".repeat(1000);
	const hash = await storePage(text);
	expect(await storePage(text)).toBe(hash);
	expect(await readPage(hash)).toBe(text);
	const row = store().$client.prepare("select length(deflated) as bytes from pages where hash = ?").get(hash);
	expect(row).toMatchObject({ bytes: expect.any(Number) });
	expect((row as { bytes: number }).bytes).toBeLessThan(text.length / 10);
	expect(await readPage("0".repeat(64))).toBeUndefined();
});
