import "server-only";
import { openSqlite, type Sqlite } from "../db/sqlite";

/** Words are stemmed (English) and stripped of accents; text without spaces is cut into words before it comes here. */
export const TOKENIZER = "porter unicode61 remove_diacritics 2";

/**
 * `documents` hold the text once; `passages` are heading-sized pieces of it by offset (characters), each one row of
 * the contentless index; `links` point from a document to an address, so both directions are one look-up.
 */
const TABLES = `
create table collections (
	name text primary key, created_at integer not null, version text
) strict;
create table documents (
	id integer primary key, collection text not null references collections(name) on delete cascade,
	doc_id text not null, url text not null, title text not null, date text, source text,
	hash text not null, text text not null, unique (collection, url), unique (collection, doc_id)
) strict;
create index documents_by_doc_id on documents (doc_id);
create index documents_by_url on documents (url);
create index documents_by_title on documents (title collate nocase);
create table passages (
	id integer primary key, document integer not null references documents(id) on delete cascade,
	start integer not null, stop integer not null
) strict;
create index passages_by_document on passages (document);
create table links (
	document integer not null references documents(id) on delete cascade,
	url text not null, title text not null, context text not null
) strict;
create index links_by_document on links (document);
create index links_by_url on links (url);
create virtual table words using fts5 (title, body, content='', contentless_delete=1, tokenize='${TOKENIZER}');
create virtual table word_counts using fts5vocab (words, 'row');
`;

/**
 * What was removed stays for a while, out of sight: a collection by its date, a document by a row of its own (its text
 * would have to be written again). `declined` are installed documentations that somebody removed. `intakes` are files
 * that were sent here, `unread` the documents of them that could not be read.
 */
const REMOVAL_AND_INTAKES = `
alter table collections add column removed_at integer;
create table removed (
	document integer primary key references documents(id) on delete cascade, at integer not null
) strict;
create table declined (collection text primary key) strict;
create index documents_in_order on documents (collection, title collate nocase, id);
create table intakes (
	id text primary key, collection text not null, name text not null, bytes integer not null,
	state text not null, created_at integer not null, ended_at integer, owner integer, beat_at integer,
	read integer not null default 0, skipped integer not null default 0, why text not null default ''
) strict;
create index intakes_in_turn on intakes (state, created_at);
create index intakes_by_collection on intakes (collection);
create table unread (
	intake text not null references intakes(id) on delete cascade, path text not null, why text not null
) strict;
create index unread_by_intake on unread (intake);
`;

/** The layouts of the file, each made from the one before; a file's `user_version` says how many it has. */
const STEPS: readonly string[] = [TABLES, REMOVAL_AND_INTAKES];

/**
 * Opens the library's own database file and brings one of an older version up to date. It can be made again from its
 * documents, so commits need not wait for the disk.
 */
export function openShelf(path: string): Sqlite {
	const sqlite = openSqlite(path, "NORMAL");
	const version = () => Number(sqlite.pragma("user_version", { simple: true }));
	if (version() > STEPS.length) {
		sqlite.close();
		throw new Error(`${path} was written by a newer version. Start that version, or set DATA_DIR to another folder.`);
	}
	if (version() < STEPS.length) {
		// Another thread may have been quicker: the version is read again once nobody else can write.
		const update = sqlite.transaction(() => {
			for (const step of STEPS.slice(version())) sqlite.exec(step);
			sqlite.pragma(`user_version = ${STEPS.length}`);
		});
		update.immediate();
	}
	return sqlite;
}
