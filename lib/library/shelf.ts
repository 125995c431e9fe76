import "server-only";
import { openSqlite, type Sqlite } from "../db/sqlite";

/** Version of the file's layout, in `user_version`. */
const VERSION = 1;

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

/** Opens the library's own database file. It can be made again from its documents, so commits need not wait for the disk. */
export function openShelf(path: string): Sqlite {
	const sqlite = openSqlite(path, "NORMAL");
	const version = Number(sqlite.pragma("user_version", { simple: true }));
	if (version > VERSION) {
		sqlite.close();
		throw new Error(`${path} was written by a newer version. Start that version, or set DATA_DIR to another folder.`);
	}
	if (version === 0) {
		sqlite.transaction(() => {
			sqlite.exec(TABLES);
			sqlite.pragma(`user_version = ${VERSION}`);
		})();
	}
	return sqlite;
}
