import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeRun } from "../../e2e/fixtures/run";
import { closeStore, makeStore, store } from "./client";
import { createRun, readSummary } from "./runs";
import { openSqlite } from "./sqlite";

const folder = mkdtempSync(join(tmpdir(), "soundings-broken-"));
const { summary, started } = makeRun("What is left?");
let whole: Buffer;

/** A database with a run in it, and a process that ended well. */
beforeAll(async () => {
	process.env.DATA_DIR = folder;
	await createRun(summary, started);
	closeStore();
	whole = readFileSync(join(folder, "soundings.db"));
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true });
});

const changed = (change: (bytes: Buffer) => void): (() => Buffer) => {
	return () => {
		const bytes = Buffer.from(whole);
		change(bytes);
		return bytes;
	};
};

describe("DB-04: a file that is no database of ours", () => {
	test.each([
		["a letter", () => Buffer.from("Dear all,\n".repeat(1000))],
		["cut in half", () => whole.subarray(0, whole.length / 2)],
		["another first page", changed((bytes) => void bytes.fill(0xa5, 0, 4096))],
		["another first page under the right head", changed((bytes) => void bytes.fill(0xa5, 100, 4096))],
	])("%s, is told with the remedy and left as it is", (name, bytes) => {
		const path = join(folder, `${name}.db`);
		writeFileSync(path, bytes());
		expect(() => makeStore(path)).toThrow(
			`${path} is no database of Soundings, or it is damaged. It is left as it is. Move it away or bring a copy back, or set DATA_DIR to another folder.`,
		);
		expect(readFileSync(path).equals(bytes())).toBe(true);
	});

	test("goes on when only what stands beside it is broken", async () => {
		for (const [name, bytes] of [
			["soundings.db-shm", Buffer.alloc(32_768, 0xa5)],
			["soundings.db-wal", Buffer.alloc(100_000, 0xa5)],
		] as const) {
			writeFileSync(join(folder, name), bytes);
			expect(await readSummary(summary.id)).toMatchObject({ title: "What is left?" });
			closeStore();
		}
	});
});

/** Opens the database at the first argument, and kills itself at the statement whose number is the second. */
const DYING = `
const { default: Database } = await import("better-sqlite3");
const exec = Database.prototype.exec;
let left = Number(process.argv[2]);
Database.prototype.exec = function (sql) { exec.call(this, sql); if (--left === 0) process.kill(process.pid, "SIGKILL"); return this; };
const { makeStore } = await import("./lib/db/client.ts");
makeStore(process.argv[1]);
`;

test("DB-02: killed anywhere in its migrations, a file is as before and the next start migrates it", async () => {
	const [first, ...rest] = readMigrationFiles({ migrationsFolder: "drizzle" });
	const before = join(folder, "before.db");
	const old = openSqlite(before);
	for (const statement of first?.sql ?? []) old.exec(statement);
	old.exec("create table __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)");
	old.prepare("insert into __drizzle_migrations (hash, created_at) values ('', ?)").run(first?.folderMillis);
	const tables = old.prepare("select sql from sqlite_schema").all();
	old.close();
	const statements = rest.reduce((sum, { sql }) => sum + sql.length, 0);
	const killed = [2, Math.round(statements / 2), statements + 1].map(async (at) => {
		const path = join(folder, `killed-${at}.db`);
		copyFileSync(before, path);
		const flags = [
			"--conditions=react-server",
			"--import",
			"tsx",
			"--input-type=module",
			"-e",
			DYING,
			path,
			String(at),
		];
		const child = spawn(process.execPath, flags, { stdio: "inherit" });
		expect(await new Promise((gone) => child.once("exit", (_, signal) => gone(signal)))).toBe("SIGKILL");
		const found = openSqlite(path);
		expect(found.prepare("select sql from sqlite_schema").all()).toEqual(tables);
		found.close();
		const migrated = makeStore(path);
		expect(migrated.$client.pragma("integrity_check", { simple: true })).toBe("ok");
		expect(migrated.$client.prepare("select count(*) from __drizzle_migrations").pluck().get()).toBe(1 + rest.length);
		migrated.$client.close();
	});
	await Promise.all(killed);
	expect(store().$client.pragma("integrity_check", { simple: true })).toBe("ok");
}, 60_000);
