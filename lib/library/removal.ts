import "server-only";
import type { Sqlite } from "../db/sqlite";
import { removeOne } from "./ingest";

/** A removal can be taken back for 10 s; the rest is for slow lines. */
export const KEPT_MS = 15_000;
/** Documents that go in one transaction: others write in between. */
const BATCH = 200;

/** Holds for a row of `documents` that nobody removed. */
export const KEPT = "not exists (select 1 from removed where removed.document = documents.id)";

/** Of these collections those that are there. */
export function kept(sqlite: Sqlite, collections: readonly string[]): string[] {
	const there = sqlite
		.prepare<[], { name: string }>("select name from collections where removed_at is null")
		.all()
		.map(({ name }) => name);
	const wanted = new Set(collections);
	return there.filter((name) => wanted.has(name));
}

/** Takes documents out of sight; `bringBackDocuments` undoes it until `purge`. Returns how many there were. */
export function putAwayDocuments(sqlite: Sqlite, keys: readonly string[]): number {
	const put = sqlite.prepare(
		"insert or ignore into removed (document, at) select id, ? from documents where id = cast(? as integer)",
	);
	const all = sqlite.transaction(() => keys.reduce((sum, key) => sum + put.run(Date.now(), key).changes, 0));
	return all.immediate();
}

export function bringBackDocuments(sqlite: Sqlite, keys: readonly string[]): number {
	const back = sqlite.prepare("delete from removed where document = cast(? as integer)");
	const all = sqlite.transaction(() => keys.reduce((sum, key) => sum + back.run(key).changes, 0));
	return all.immediate();
}

/** Takes a collection out of sight, with all its documents. An installed documentation does not come again by itself. */
export function putAwayCollection(sqlite: Sqlite, name: string): boolean {
	const put = sqlite.transaction(() => {
		decline(sqlite, name);
		return sqlite
			.prepare("update collections set removed_at = ? where name = ? and removed_at is null")
			.run(Date.now(), name).changes;
	});
	return put.immediate() === 1;
}

export function bringBackCollection(sqlite: Sqlite, name: string): boolean {
	const back = sqlite.transaction(() => {
		sqlite.prepare("delete from declined where collection = ?").run(name);
		return sqlite.prepare("update collections set removed_at = null where name = ? and removed_at > 0").run(name)
			.changes;
	});
	return back.immediate() === 1;
}

/** Remembers that somebody did not want this installed documentation; any other collection is simply gone. */
export function decline(sqlite: Sqlite, name: string): void {
	sqlite
		.prepare(
			"insert or ignore into declined (collection) select name from collections where name = ? and version is not null",
		)
		.run(name);
}

/** Removes for good the documents that were put away before `time` (epoch ms), a few at a time. */
export function purgeDocuments(sqlite: Sqlite, time: number): void {
	const documents = sqlite
		.prepare<[number], { id: number }>("select document as id from removed where at < ?")
		.all(time)
		.map(({ id }) => id);
	removeAll(sqlite, documents);
}

/** Collections that were put away before `time` (epoch ms). */
export const collectionsAway = (sqlite: Sqlite, time: number): string[] =>
	sqlite
		.prepare<[number], { name: string }>("select name from collections where removed_at < ?")
		.all(time)
		.map(({ name }) => name);

/** Removes a collection for good; returns how many documents it had. Interrupted, it stays out of sight. */
export function dropCollection(sqlite: Sqlite, name: string): number {
	sqlite.prepare("update collections set removed_at = 1 where name = ?").run(name);
	const documents = sqlite
		.prepare<[string], { id: number }>("select id from documents where collection = ?")
		.all(name)
		.map(({ id }) => id);
	removeAll(sqlite, documents);
	sqlite.prepare("delete from collections where name = ?").run(name);
	return documents.length;
}

/** Removes what an installed documentation put into its collection; what people added to it stays. */
export function dropInstalled(sqlite: Sqlite, name: string): void {
	const documents = sqlite
		.prepare<[string, string], { id: number }>("select id from documents where collection = ? and source = ?")
		.all(name, name)
		.map(({ id }) => id);
	removeAll(sqlite, documents);
}

function removeAll(sqlite: Sqlite, documents: readonly number[]): void {
	const remove = sqlite.transaction((batch: readonly number[]) => {
		for (const id of batch) removeOne(sqlite, id);
	});
	for (let at = 0; at < documents.length; at += BATCH) remove.immediate(documents.slice(at, at + BATCH));
}

/** A name that is about to be filled: what was put away under it goes for good now. */
export function makeRoom(sqlite: Sqlite, name: string): void {
	const isAway = sqlite.prepare("select 1 from collections where name = ? and removed_at is not null").get(name);
	if (isAway) dropCollection(sqlite, name);
}

/**
 * Gives a collection another name, and its own addresses (`library://…`) with it, so that a file that is added again
 * finds its document. Pages of runs keep what they cite as it was.
 */
export function renameCollection(sqlite: Sqlite, from: string, to: string): "renamed" | "taken" | "absent" {
	const [before, after] = [`library://${from}/`, `library://${to}/`];
	const moved = (column: string) =>
		`${column} = iif(substr(${column}, 1, length(:before)) = :before, :after || substr(${column}, length(:before) + 1), ${column})`;
	const rename = sqlite.transaction(() => {
		if (kept(sqlite, [from]).length === 0) return "absent";
		if (sqlite.prepare("select 1 from collections where name = ? and removed_at is null").get(to)) return "taken";
		makeRoom(sqlite, to);
		decline(sqlite, from);
		const names = { from, to, before, after };
		sqlite
			.prepare("insert into collections (name, created_at) select ?, created_at from collections where name = ?")
			.run(to, from);
		sqlite
			.prepare(`update documents set collection = :to, ${moved("doc_id")}, ${moved("url")} where collection = :from`)
			.run(names);
		sqlite
			.prepare(`update links set ${moved("url")} where url >= :before and url < :before || char(1114111)`)
			.run(names);
		sqlite.prepare("update intakes set collection = ? where collection = ?").run(to, from);
		sqlite.prepare("delete from collections where name = ?").run(from);
		return "renamed";
	});
	return rename.immediate();
}
