import "server-only";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { env } from "../env";
import * as schema from "./schema";
import { openSqlite, type Sqlite } from "./sqlite";

const MIGRATIONS = join(process.cwd(), "drizzle");
const PROGRAM_NAME = "Soundings";

export type Store = ReturnType<typeof makeStore>;
type Held = { soundingsStore?: Store };

/**
 * The open database of this process, migrated. Server actions, routes and start-up code are bundled apart, so the one
 * instance hangs on `globalThis`. Throws when the file was written by a newer version.
 */
export function store(): Store {
	const held = globalThis as Held;
	held.soundingsStore ??= makeStore(join(env().DATA_DIR, "soundings.db"));
	return held.soundingsStore;
}

/** Closes the store, if it is open; the next `store()` opens it anew. */
export function closeStore(): void {
	const held = globalThis as Held;
	held.soundingsStore?.$client.close();
	delete held.soundingsStore;
}

/**
 * Opens and migrates the database at `path`; all pending migrations run in one transaction or none. Throws a sentence
 * with the remedy for a file that is no database or a damaged one, and leaves it as it is.
 */
export function makeStore(path: string) {
	try {
		const sqlite = openSqlite(path);
		sqlite.transaction(() => applyMigrations(sqlite, path)).immediate();
		return drizzle(sqlite, { schema });
	} catch (error) {
		if (!isDamage(error)) throw error;
		throw new Error(
			`${path} is no database of ${PROGRAM_NAME}, or it is damaged. It is left as it is. ` +
				"Move it away or bring a copy back, or set DATA_DIR to another folder.",
			{ cause: error },
		);
	}
}

const isDamage = (error: unknown): boolean =>
	error instanceof Error && "code" in error && /^SQLITE_(NOTADB|CORRUPT)/.test(String(error.code));

/**
 * What drizzle's own migrator does, on the table it keeps; that one looks before it locks, so that two processes that
 * start together on a new folder migrate twice and one of them fails.
 */
function applyMigrations(sqlite: Sqlite, path: string): void {
	sqlite.exec(
		"create table if not exists __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)",
	);
	const applied = sqlite
		.prepare<[], number>("select coalesce(max(created_at), 0) from __drizzle_migrations")
		.pluck()
		.get();
	const known = readMigrationFiles({ migrationsFolder: MIGRATIONS });
	if (Number(applied) > Math.max(...known.map(({ folderMillis }) => folderMillis))) {
		throw new Error(
			`${path} was written by a newer version of ${PROGRAM_NAME}. Start that version, or set DATA_DIR to another folder.`,
		);
	}
	const note = sqlite.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)");
	for (const { sql, hash, folderMillis } of known) {
		if (folderMillis <= Number(applied)) continue;
		for (const statement of sql) sqlite.exec(statement);
		note.run(hash, folderMillis);
	}
}
