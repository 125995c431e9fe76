import "server-only";
import type { LibraryHit, LibraryResults } from "../agent/tool";
import { memorySqlite, type Sqlite } from "../db/sqlite";
import { TOKENIZER } from "./shelf";
import { snippetOf } from "./snippet";
import { queryWords } from "./words";

/** `maxWords`: how many of the rarest words are asked, 9 by default. */
export type LibraryQuery = { text: string; limit: number; offset: number; maxWords?: number };

/** Words of a query that are asked, rarest first: more cost time and hardly change what is found. */
const MAX_WORDS = 9;
/** Passages looked at: documents repeat among them. */
const MAX_PASSAGES = 400;
const TITLE_WEIGHT = 4;

/** How many documents of the index hold a word, by its stem; a point look-up in the index's own vocabulary. */
export class WordCounts {
	private readonly scratch = memorySqlite();
	private readonly known = new Map<string, number>();
	private readonly sqlite: Sqlite;

	constructor(sqlite: Sqlite) {
		this.sqlite = sqlite;
		this.scratch.exec(
			`create virtual table one using fts5 (x, tokenize='${TOKENIZER}'); create virtual table stems using fts5vocab (one, 'instance');`,
		);
	}

	/** Forgets what it counted, after the library changed. */
	clear(): void {
		this.known.clear();
	}

	count(word: string): number {
		const found = this.known.get(word) ?? this.look(word);
		if (this.known.size > 50_000) this.known.clear();
		this.known.set(word, found);
		return found;
	}

	private look(word: string): number {
		this.scratch.exec("delete from one");
		this.scratch.prepare("insert into one values (?)").run(word);
		const stem = this.scratch.prepare<[], { term: string }>("select term from stems limit 1").get()?.term;
		if (stem === undefined) return 0;
		return (
			this.sqlite.prepare<[string], { doc: number }>("select doc from word_counts where term = ?").get(stem)?.doc ?? 0
		);
	}
}

type PassageRow = { document: number; start: number; stop: number; collection: string; score: number };
type HitRow = {
	id: number;
	doc_id: string;
	collection: string;
	url: string;
	title: string;
	date: string | null;
	source: string | null;
	text: string;
};

/** Documents that best match a text, by bm25 of their best passage; any text is a valid query. */
export function search(
	sqlite: Sqlite,
	counts: WordCounts,
	collections: readonly string[],
	query: LibraryQuery,
): LibraryResults {
	const words = queryWords(query.text).map((word) => ({ word, documents: counts.count(word) }));
	const unmatched = words.filter(({ documents }) => documents === 0).map(({ word }) => word);
	const asked = words
		.filter(({ documents }) => documents > 0)
		.sort((a, b) => a.documents - b.documents)
		.slice(0, query.maxWords ?? MAX_WORDS);
	if (asked.length === 0 || collections.length === 0) return { hits: [], unmatched, total: 0 };
	const best = bestPassages(sqlite, collections, asked.map(({ word }) => `"${word}"`).join(" OR "));
	const page = [...best.values()].slice(query.offset, query.offset + query.limit);
	return { hits: page.map((row) => hitOf(sqlite, row, asked)), unmatched, total: best.size };
}

/** The best passage of each document; the whole library is asked first, since filtering every match costs more. */
function bestPassages(sqlite: Sqlite, collections: readonly string[], match: string): Map<number, PassageRow> {
	const wanted = new Set(collections);
	const rows = matches(sqlite, match, undefined);
	const kept = rows.filter(({ collection }) => wanted.has(collection));
	const enough = kept.length === rows.length || kept.length > MAX_PASSAGES / 4;
	return bestOf(enough ? kept : matches(sqlite, match, collections));
}

/** Matching passages, best first; of some collections only when they are named. */
function matches(sqlite: Sqlite, match: string, collections: readonly string[] | undefined): PassageRow[] {
	const columns = "p.document, p.start, p.stop, d.collection, -m.score as score";
	const isKept = "not exists (select 1 from removed r where r.document = p.document)";
	if (collections === undefined) {
		const best = `select rowid, rank as score from words where words match ? and rank match 'bm25(${TITLE_WEIGHT}, 1)' order by rank limit ${MAX_PASSAGES}`;
		return sqlite
			.prepare<[string], PassageRow>(
				`select ${columns} from (${best}) m join passages p on p.id = m.rowid join documents d on d.id = p.document where ${isKept} order by m.score`,
			)
			.all(match);
	}
	const marks = collections.map(() => "?").join(", ");
	return sqlite
		.prepare<unknown[], PassageRow>(
			`select ${columns} from (select rowid, bm25(words, ${TITLE_WEIGHT}, 1) as score from words where words match ?) m
			 join passages p on p.id = m.rowid join documents d on d.id = p.document
			 where d.collection in (${marks}) and ${isKept} order by m.score limit ${MAX_PASSAGES}`,
		)
		.all(match, ...collections);
}

function bestOf(rows: readonly PassageRow[]): Map<number, PassageRow> {
	const best = new Map<number, PassageRow>();
	for (const row of rows) if (!best.has(row.document)) best.set(row.document, row);
	return best;
}

function hitOf(sqlite: Sqlite, row: PassageRow, asked: { word: string; documents: number }[]): LibraryHit {
	const document = sqlite
		.prepare<[number], HitRow>(
			"select id, doc_id, collection, url, title, date, source, text from documents where id = ?",
		)
		.get(row.document);
	// Cut here: SQLite counts code points, passages count UTF-16 units.
	const text = document?.text.slice(row.start, row.stop) ?? "";
	const title = document?.title ?? "";
	return {
		docId: document?.doc_id ?? "",
		collection: document?.collection ?? "",
		url: document?.url ?? "",
		title,
		...snippetOf(text, title, asked),
		score: Math.round(row.score * 100) / 100,
		...(document?.date && { date: document.date }),
		...(document?.source && { source: document.source }),
	};
}
