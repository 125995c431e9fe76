import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { isBlocked } from "./blocked";
import { fromWeb, SEARCH_PROPERTIES, searchInput, searchKey, searchOutcome } from "./results";

/** Searches the web through the configured provider. */
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
	run: async ({ q, num, page, tbs }, { webSearch: provider, signal, blockedHosts }) => {
		if (!provider)
			return {
				status: "error",
				text: "No web search is configured.",
				summary: "No web search is configured.",
				sources: [],
			};
		const hits = await provider.search({ q, num, page, ...(tbs && { tbs }) }, signal);
		const found = hits.map(fromWeb).filter(({ link }) => !isBlocked(link, blockedHosts));
		return searchOutcome({ q, num, page, found: found.slice(0, num) });
	},
});
