import "server-only";
import type { Sqlite } from "../db/sqlite";
import type { FoundPage } from "../trajectory/library-view";
import { type LibraryQuery, search, type WordCounts } from "./query";
import { stretchesOf } from "./snippet";
import { queryWords } from "./words";

/** What a run would find, in its order, as a page shows it. */
export function findPage(
	sqlite: Sqlite,
	counts: WordCounts,
	collections: readonly string[],
	query: LibraryQuery,
): FoundPage {
	const { hits, total, unmatched } = search(sqlite, counts, collections, query);
	const found = hits.map(({ snippet, ...hit }, index) => ({
		...hit,
		rank: query.offset + index + 1,
		snippet: stretchesOf(
			snippet,
			hit.terms.map(({ term }) => term),
		),
	}));
	return { found, total, words: queryWords(query.text), unmatched };
}
