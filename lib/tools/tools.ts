import "server-only";
import type { Tool } from "../agent/tool";
import type { RunSettings } from "../trajectory/settings";
import { googleSearch } from "./google-search";
import { librarySearch } from "./library-search";
import { readPage } from "./read-page";
import { scrapeAndExtractInfo } from "./scrape-and-extract-info";
import { searchAndBrowse } from "./search-and-browse";
import { webSearch } from "./web-search";

/** Every tool there is. */
export const TOOLS: readonly Tool[] = [
	googleSearch,
	scrapeAndExtractInfo,
	librarySearch,
	webSearch,
	readPage,
	searchAndBrowse,
];

/** The tools a run is told of: upstream's pair under upstream's rules, ours by what is there to search. */
export function toolsFor(rules: RunSettings["rules"], available: { web: boolean; library: boolean }): Tool[] {
	if (rules === "mirothinker") return [googleSearch, scrapeAndExtractInfo];
	return [...(available.library ? [librarySearch] : []), ...(available.web ? [webSearch] : []), readPage];
}
