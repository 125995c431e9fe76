import "server-only";
import { createHash } from "node:crypto";
import type { Sqlite } from "../db/sqlite";
import { absolute, markdownLinks } from "../web/links";
import { passagesOf } from "./passages";
import { spaced } from "./words";

/** A document as it comes in; `links` are ids of documents of the same collection. */
export type LibraryDocument = {
	id: string;
	title: string;
	url: string;
	text: string;
	date?: string | undefined;
	source?: string | undefined;
	links?: readonly string[] | undefined;
};

export type Added = { added: number; replaced: number; unchanged: number };

/** Marks a link that names a document by id until all documents of the collection are in. */
const BY_ID = "id:";

/** Somebody removed the collection while it was being filled. */
export class CollectionAway extends Error {}

/**
 * Puts documents into a collection in one transaction; a document whose content is known already is left alone, one that
 * was removed a moment ago is back. Throws `CollectionAway`.
 */
export function addDocuments(sqlite: Sqlite, collection: string, documents: readonly LibraryDocument[]): Added {
	const counts = { added: 0, replaced: 0, unchanged: 0 };
	sqlite
		.transaction(() => {
			sqlite.prepare("insert or ignore into collections (name, created_at) values (?, ?)").run(collection, Date.now());
			if (sqlite.prepare("select 1 from collections where name = ? and removed_at is not null").get(collection))
				throw new CollectionAway(`The collection "${collection}" was removed.`);
			for (const document of documents) counts[addOne(sqlite, collection, document)]++;
		})
		.immediate();
	return counts;
}

function addOne(sqlite: Sqlite, collection: string, document: LibraryDocument): keyof Added {
	const url = freeAddress(sqlite, collection, document);
	const hash = createHash("sha256")
		.update(JSON.stringify({ ...document, url }))
		.digest("hex");
	const known = sqlite
		.prepare<[string, string], { id: number; hash: string }>(
			"select id, hash from documents where collection = ? and doc_id = ?",
		)
		.get(collection, document.id);
	const wasAway = known && sqlite.prepare("delete from removed where document = ?").run(known.id).changes === 1;
	if (known?.hash === hash) return wasAway ? "added" : "unchanged";
	if (known) removeOne(sqlite, known.id);
	const { id, title, date, source, links } = document;
	const text = document.text.toWellFormed().replaceAll("\0", "");
	const { lastInsertRowid } = sqlite
		.prepare(
			"insert into documents (collection, doc_id, url, title, date, source, hash, text) values (?, ?, ?, ?, ?, ?, ?, ?)",
		)
		.run(collection, id, url, title, date ?? null, source ?? null, hash, text);
	index(sqlite, lastInsertRowid, title, text);
	const link = sqlite.prepare("insert into links (document, url, title, context) values (?, ?, ?, ?)");
	for (const { url: target, title: name, context } of markdownLinks(text, url))
		link.run(lastInsertRowid, target, name, context);
	for (const target of links ?? []) link.run(lastInsertRowid, BY_ID + target, "", "");
	return known ? "replaced" : "added";
}

/** Two documents of one page (its tables, say) share its address; the later one gets its id as a fragment. */
function freeAddress(sqlite: Sqlite, collection: string, document: LibraryDocument): string {
	const url = absolute(document.url, document.url) ?? document.url;
	const holder = sqlite
		.prepare<[string, string], { doc_id: string }>("select doc_id from documents where collection = ? and url = ?")
		.get(collection, url);
	return holder && holder.doc_id !== document.id ? `${url}#${encodeURIComponent(document.id)}` : url;
}

function index(sqlite: Sqlite, document: number | bigint, title: string, text: string): void {
	const passage = sqlite.prepare("insert into passages (document, start, stop) values (?, ?, ?)");
	const words = sqlite.prepare("insert into words (rowid, title, body) values (?, ?, ?)");
	const heading = spaced(title);
	for (const { start, stop } of passagesOf(text)) {
		const { lastInsertRowid } = passage.run(document, start, stop);
		words.run(lastInsertRowid, heading, spaced(text.slice(start, stop)));
	}
}

/** Takes a document out of text, index and link graph. */
export function removeOne(sqlite: Sqlite, document: number): void {
	sqlite.prepare("delete from words where rowid in (select id from passages where document = ?)").run(document);
	sqlite.prepare("delete from documents where id = ?").run(document);
}

/** Turns links by id into links by address, where the text did not hold the same link already. */
export function resolveLinks(sqlite: Sqlite, collection: string): void {
	sqlite.exec("create temp table if not exists resolved (link integer, url text, title text)");
	sqlite
		.transaction(() => {
			sqlite.exec("delete from resolved");
			sqlite
				.prepare(
					`insert into resolved select l.rowid, t.url, t.title from links l
					 join documents d on d.id = l.document join documents t on t.doc_id = substr(l.url, ${BY_ID.length + 1}) and t.collection = d.collection
					 where d.collection = ? and l.url like '${BY_ID}%'`,
				)
				.run(collection);
			sqlite.exec(
				`delete from links where rowid in (select r.link from resolved r join links l on l.rowid = r.link
				 where exists (select 1 from links other where other.document = l.document and other.url = r.url))`,
			);
			sqlite.exec(
				"update links set url = r.url, title = r.title, context = r.title from resolved r where links.rowid = r.link",
			);
		})
		.immediate();
}
