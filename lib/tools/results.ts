import { z } from "zod";
import type { LibraryHit, LibraryResults, ToolOutcome, WebHit } from "../agent/tool";
import type { Source } from "../trajectory/event";

/** One search result as the model reads it; the keys are those of the Serper API that MiroThinker's models know. */
export type Organic = {
	title: string;
	link: string;
	snippet: string;
	date?: string;
	source?: string;
	collection?: string;
	score?: number;
	terms?: Record<string, number>;
	docId?: string;
};

export const fromWeb = ({ url, title, snippet, date }: WebHit): Organic => ({
	title,
	link: url,
	snippet,
	...(date && { date }),
});

export const fromLibrary = (hit: LibraryHit): Organic => ({
	title: hit.title,
	link: hit.url,
	snippet: hit.snippet,
	...(hit.date && { date: hit.date }),
	...(hit.source && { source: hit.source }),
	collection: hit.collection,
	score: hit.score,
	terms: Object.fromEntries(hit.terms.map(({ term, documents }) => [term, documents])),
	docId: hit.docId,
});

type Searched = { q: string; num: number; page: number; found: Organic[]; library?: LibraryResults };

/** One line of JSON for the model, one line of words for the screen. */
export function searchOutcome({ q, num, page, found, library }: Searched): ToolOutcome {
	const organic = found.map(({ docId: _, ...result }, index) => ({
		position: (page - 1) * num + index + 1,
		...result,
	}));
	const text = JSON.stringify({
		searchParameters: { q, num, page },
		organic,
		...(library && library.unmatched.length > 0 && { unmatched: library.unmatched }),
		...(library && { total: library.total }),
	});
	const sources = found.map(
		({ link, title, date, docId }): Source => ({
			url: link,
			title,
			opened: false,
			...(docId && { docId }),
			...(date && { date }),
		}),
	);
	const summary = `${found.length} ${found.length === 1 ? "result" : "results"}`;
	return { status: found.length > 0 ? "ok" : "empty", text, summary, sources };
}

/** Decision D8: page 1 of a query is the query; another page, or another filter, is another search. */
export const searchKey = (name: string, { q, page, ...rest }: Record<string, unknown>): string =>
	page === undefined ? `${name}_${String(q)}` : `${name}_${JSON.stringify({ ...rest, page, q })}`;

/** The arguments our own search tools share, as the model is told of them and as they are checked. */
export const SEARCH_PROPERTIES = {
	q: { type: "string", description: "What to look for: names and rare words work best." },
	num: { type: "integer", description: "Results a page, 1 to 20.", default: 10 },
	page: { type: "integer", description: "Page of results, from 1.", default: 1 },
};
export const searchInput = z.object({
	q: z.string().trim().min(1, "must not be empty"),
	num: z.coerce.number().int().min(1).max(20).default(10),
	page: z.coerce.number().int().min(1).default(1),
});
