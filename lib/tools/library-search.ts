import "server-only";
import { defineTool } from "../agent/tool";
import { isListed } from "../web/site-bounds";
import { fromLibrary, SEARCH_PROPERTIES, searchInput, searchKey, searchOutcome } from "./results";

/** Searches the documents a person put into the library. */
export const librarySearch = defineTool({
	spec: {
		server: "soundings",
		name: "library_search",
		description:
			"Search the local document library. Returns titles, addresses and passages, best first, with the words that matched and how many documents hold each. Open a result with read_page.",
		schema: {
			type: "object",
			properties: SEARCH_PROPERTIES,
			required: ["q"],
		},
	},
	input: searchInput,
	duplicateKey: (args) => searchKey("library_search", args),
	run: async ({ q, num, page }, { library, blockedHosts }) => {
		const results = await library.search({ text: q, limit: num, offset: (page - 1) * num });
		const found = results.hits.map(fromLibrary).filter(({ link }) => !isListed(link, blockedHosts));
		return searchOutcome({ q, num, page, found, library: results });
	},
});
