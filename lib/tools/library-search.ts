import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { isBlocked } from "./blocked";
import { fromLibrary, searchKey, searchOutcome } from "./results";

/** Searches the documents a person put into the library. */
export const librarySearch = defineTool({
	spec: {
		server: "soundings",
		name: "library_search",
		description:
			"Search the local document library. Returns titles, addresses and passages, best first, with the words that matched and how many documents hold each. Open a result with read_page.",
		schema: {
			type: "object",
			properties: {
				q: { type: "string", description: "What to look for: names and rare words work best." },
				num: { type: "integer", description: "Results a page, 1 to 20.", default: 10 },
				page: { type: "integer", description: "Page of results, from 1.", default: 1 },
			},
			required: ["q"],
		},
	},
	input: z.object({
		q: z.string().trim().min(1, "must not be empty"),
		num: z.coerce.number().int().min(1).max(20).default(10),
		page: z.coerce.number().int().min(1).default(1),
	}),
	duplicateKey: (args) => searchKey("library_search", args),
	run: async ({ q, num, page }, { library, blockedHosts }) => {
		const results = await library.search({ text: q, limit: num, offset: (page - 1) * num });
		const found = results.hits.map(fromLibrary).filter(({ link }) => !isBlocked(link, blockedHosts));
		return searchOutcome({ q, num, page, found, library: results });
	},
});
