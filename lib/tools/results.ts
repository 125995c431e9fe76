import { z } from "zod";
import type { LibraryHit, LibraryResults, ToolOutcome, WebHit, WebResults } from "../agent/tool";
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

type Searched = { q: string; num: number; page: number; found: Organic[]; library?: LibraryResults; web?: WebFound };

/** What the web gave to a search beside its results: who gave some, who gave none and why, what was not as asked. */
export type WebFound = Pick<WebResults, "notes" | "failed"> & { providers: string[] };

/** One line of JSON for the model, one line of words for the screen. */
export function searchOutcome({ q, num, page, found, library, web }: Searched): ToolOutcome {
	const organic = found.map(({ docId: _, ...result }, index) => ({
		position: (page - 1) * num + index + 1,
		...result,
	}));
	const text = JSON.stringify({
		searchParameters: { q, num, page },
		organic,
		...(library && library.unmatched.length > 0 && { unmatched: library.unmatched }),
		...(library && { total: library.total }),
		...(web && web.notes.length > 0 && { notes: web.notes }),
		...(web && web.failed.length > 0 && { failed: web.failed.map(({ message }) => message) }),
	});
	const sources = found.map(
		({ link, title, date, docId }): Source => ({
			url: link,
			title,
			opened: false,
			...(docId && { docId }),
			...(date && /^\d{4}-\d{2}/.test(date) && { date }),
		}),
	);
	return { status: found.length > 0 ? "ok" : "empty", text, summary: summaryOf(found.length, web), sources };
}

/** The number of results; with several providers also who found something, and always who failed. */
function summaryOf(n: number, web: WebFound | undefined): string {
	const from = web && web.providers.length > 1 ? ` (${web.providers.join(", ")})` : "";
	const failed = (web?.failed ?? []).map(({ message }) => ` ${message}`).join("");
	return `${n} ${n === 1 ? "result" : "results"}${from}${failed && `.${failed}`}`;
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
