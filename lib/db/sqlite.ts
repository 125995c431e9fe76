import "server-only";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";

export type Sqlite = Database.Database;

/**
 * Opens a database file by our rules: WAL, every commit on disk (`FULL`) unless the file is a cache that can be made
 * again (`NORMAL`), foreign keys, no code from the schema. Makes the folder (0700) when it is missing.
 */
export function openSqlite(path: string, synchronous: "FULL" | "NORMAL" = "FULL"): Sqlite {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const sqlite = new Database(path, { timeout: 5000 });
	sqlite.pragma("journal_mode = WAL");
	sqlite.pragma(`synchronous = ${synchronous}`);
	sqlite.pragma("foreign_keys = ON");
	sqlite.pragma("trusted_schema = OFF");
	sqlite.pragma("journal_size_limit = 67108864");
	return sqlite;
}

/** A database that lives in memory only. */
export const memorySqlite = (): Sqlite => new Database(":memory:");

/** Whether a statement failed because there is no room for what it writes. */
export const isDiskFull = (error: unknown): boolean =>
	error instanceof Error && "code" in error && error.code === "SQLITE_FULL";

/** Passes over a full disk, where what could not be written is made up for later; anything else is thrown again. */
export function unlessFull(error: unknown): undefined {
	if (!isDiskFull(error)) throw error;
	return;
}
