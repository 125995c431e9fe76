import "server-only";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
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

/** Opens and migrates the database at `path`; all pending migrations run in one transaction or none. */
export function makeStore(path: string) {
	const sqlite = openSqlite(path);
	refuseNewer(sqlite, path);
	const db = drizzle(sqlite, { schema });
	migrate(db, { migrationsFolder: MIGRATIONS });
	return db;
}

function refuseNewer(sqlite: Sqlite, path: string): void {
	const table = sqlite.prepare("select 1 from sqlite_schema where name = '__drizzle_migrations'").get();
	if (!table) return;
	const known = Math.max(
		...readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ folderMillis }) => folderMillis),
	);
	const row = sqlite
		.prepare<[], { newest: number | null }>("select max(created_at) as newest from __drizzle_migrations")
		.get();
	if ((row?.newest ?? 0) <= known) return;
	sqlite.close();
	throw new Error(
		`${path} was written by a newer version of ${PROGRAM_NAME}. Start that version, or set DATA_DIR to another folder.`,
	);
}
