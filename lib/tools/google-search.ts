import "server-only";
import { z } from "zod";
import { defineTool, type LibraryResults, type ToolContext } from "../agent/tool";
import { isBlocked } from "./blocked";
import { fromLibrary, fromWeb, type Organic, searchKey, searchOutcome } from "./results";

/** Constant of reciprocal rank fusion, as in its paper (Cormack, Clarke, Büttcher 2009). */
const RANK_CONSTANT = 60;

const nullish = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

/** The search MiroThinker's models know by name, schema and result (spec §1.3.2, §3.1), over the web and the library. */
export const googleSearch = defineTool({
	spec: {
		server: "search_and_scrape_webpage",
		name: "google_search",
		description: `
    Search the web and the local library, and return the best matching pages.

    Args:
        q: The query (required)
        gl: Country of the search, as a two-letter code (default 'us')
        hl: Language of the search, as a two-letter code (default 'en')
        location: A town, a region or a country to search from (optional)
        num: How many results to return (default 10)
        tbs: Only recent pages: 'qdr:h' hour, 'qdr:d' day, 'qdr:w' week, 'qdr:m' month, 'qdr:y' year (optional)
        page: Page of results, from 1 (default 1)
        autocorrect: Whether the query may be corrected (optional)

    Returns:
        JSON with the list 'organic': title, link, snippet and more of each result.
    `,
		schema: {
			properties: {
				q: { title: "Q", type: "string" },
				gl: { default: "us", title: "Gl", type: "string" },
				hl: { default: "en", title: "Hl", type: "string" },
				location: { default: null, title: "Location", type: "string" },
				num: { default: null, title: "Num", type: "integer" },
				tbs: { default: null, title: "Tbs", type: "string" },
				page: { default: null, title: "Page", type: "integer" },
				autocorrect: { default: null, title: "Autocorrect", type: "boolean" },
			},
			required: ["q"],
			title: "google_searchArguments",
			type: "object",
		},
	},
	input: z.object({
		q: z.string().trim().min(1, "must not be empty"),
		gl: nullish(z.string()),
		hl: nullish(z.string()),
		location: nullish(z.string()),
		num: nullish(z.coerce.number().int().min(1)),
		tbs: nullish(z.string()),
		page: nullish(z.coerce.number().int().min(1)),
		autocorrect: nullish(z.boolean()),
	}),
	duplicateKey: (args) => searchKey("google_search", args),
	run: async ({ q, num: asked, page = 1, gl, hl, tbs }, context) => {
		const num = Math.min(asked ?? 10, 20);
		const query = { q, num, page, ...(gl && { gl }), ...(hl && { hl }), ...(tbs && { tbs }) };
		const web = context.webSearch ? (await context.webSearch.search(query, context.signal)).map(fromWeb) : [];
		const library = await searchLibrary(context, q, num, page);
		const found = fuse(web, library.hits.map(fromLibrary)).filter(({ link }) => !isBlocked(link, context.blockedHosts));
		return searchOutcome({ q, num, page, found: found.slice(0, num), library });
	},
});

const searchLibrary = (context: ToolContext, text: string, num: number, page: number): Promise<LibraryResults> =>
	context.library.search({ text, limit: num, offset: (page - 1) * num });

/** Merges ranked lists by reciprocal rank; a page found by both counts once, with both its ranks. */
export function fuse(...lists: Organic[][]): Organic[] {
	const ranked = new Map<string, { result: Organic; score: number }>();
	for (const list of lists) {
		list.forEach((result, index) => {
			const key = result.link.replace(/^https?:\/\/(www\.)?/, "").replace(/[#/]+$/, "");
			const known = ranked.get(key);
			const score = (known?.score ?? 0) + 1 / (RANK_CONSTANT + index + 1);
			ranked.set(key, { result: known ? { ...result, ...known.result } : result, score });
		});
	}
	return [...ranked.values()].sort((a, b) => b.score - a.score).map(({ result }) => result);
}
