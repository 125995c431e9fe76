import "server-only";
import { z } from "zod";
import { defineTool, type ToolContext, type ToolOutcome } from "../agent/tool";
import { isListed } from "../web/site-bounds";
import { fuse } from "./fuse";
import { fromLibrary, searchKey, searchOutcome } from "./results";
import { allFailed, searchWeb, UNQUOTED_NOTE, unquoted, type WebAsked } from "./search-web";

/** More are cut: they cost the model more to read than they tell. */
const MOST_RESULTS = 20;

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
	run: async ({ q, num: asked, page = 1, ...rest }, context) => {
		const query = { ...rest, q, num: Math.min(asked ?? 10, MOST_RESULTS), page };
		const first = await searchEverywhere(query, context);
		if (first.found.length > 0 || !q.includes('"')) return outcomeOf(first);
		const loose = await searchEverywhere({ ...query, q: unquoted(q) }, context);
		return outcomeOf({ ...loose, web: { ...loose.web, notes: [...loose.web.notes, UNQUOTED_NOTE] } });
	},
});

type Everywhere = Parameters<typeof searchOutcome>[0] & { web: Awaited<ReturnType<typeof searchWeb>> };

/** Web and library at once, merged by rank. */
async function searchEverywhere(query: WebAsked, context: ToolContext): Promise<Everywhere> {
	const { q, num, page } = query;
	const [web, library] = await Promise.all([
		searchWeb(query, context),
		context.library.search({ text: q, limit: num, offset: (page - 1) * num }),
	]);
	const shelved = library.hits.map(fromLibrary).filter(({ link }) => !isListed(link, context.blockedHosts));
	return { q, num, page, found: fuse(...web.lists, shelved).slice(0, num), library, web };
}

/** Nothing found anywhere, and nobody on the web answered: that is a failure, not an empty web. */
const outcomeOf = (searched: Everywhere): ToolOutcome =>
	searched.found.length === 0 ? (allFailed(searched.web) ?? searchOutcome(searched)) : searchOutcome(searched);
