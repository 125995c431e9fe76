import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { fuse } from "./fuse";
import { SEARCH_PROPERTIES, searchInput, searchKey, searchOutcome } from "./results";
import { allFailed, searchWeb, UNQUOTED_NOTE, unquoted } from "./search-web";

/** Searches the web through all providers that are set up. */
export const webSearch = defineTool({
	spec: {
		server: "soundings",
		name: "web_search",
		description: "Search the web. Returns titles, addresses and snippets, best first. Open a result with read_page.",
		schema: {
			type: "object",
			properties: {
				...SEARCH_PROPERTIES,
				tbs: { type: "string", description: "Only recent pages: qdr:d, qdr:w, qdr:m or qdr:y." },
			},
			required: ["q"],
		},
	},
	input: searchInput.extend({ tbs: z.string().optional() }),
	duplicateKey: (args) => searchKey("web_search", args),
	run: async (asked, context) => {
		if (!context.webSearch) return { status: "error", text: NONE, summary: NONE, sources: [] };
		const { q, num, page } = asked;
		const first = await searchWeb({ ...asked, tbs: asked.tbs }, context);
		const isLoose = q.includes('"') && first.failed.length === 0 && first.providers.length === 0;
		const web = isLoose ? await searchWeb({ ...asked, q: unquoted(q), tbs: asked.tbs }, context) : first;
		const notes = isLoose ? [...web.notes, UNQUOTED_NOTE] : web.notes;
		const found = fuse(...web.lists).slice(0, num);
		return allFailed(web) ?? searchOutcome({ q, num, page, found, web: { ...web, notes } });
	},
});

const NONE = "No web search is configured.";
