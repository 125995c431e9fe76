import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { isBlocked } from "./blocked";
import { fromWeb, searchKey, searchOutcome } from "./results";

/** Searches the web through the configured provider. */
export const webSearch = defineTool({
	spec: {
		server: "soundings",
		name: "web_search",
		description: "Search the web. Returns titles, addresses and snippets, best first. Open a result with read_page.",
		schema: {
			type: "object",
			properties: {
				q: { type: "string", description: "The query." },
				num: { type: "integer", description: "Results a page, 1 to 20.", default: 10 },
				page: { type: "integer", description: "Page of results, from 1.", default: 1 },
				tbs: { type: "string", description: "Only recent pages: qdr:d, qdr:w, qdr:m or qdr:y." },
			},
			required: ["q"],
		},
	},
	input: z.object({
		q: z.string().trim().min(1, "must not be empty"),
		num: z.coerce.number().int().min(1).max(20).default(10),
		page: z.coerce.number().int().min(1).default(1),
		tbs: z.string().optional(),
	}),
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
