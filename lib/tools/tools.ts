import "server-only";
import type { Tool } from "../agent/tool";
import type { RunSettings } from "../trajectory/settings";
import { createSandbox } from "./create-sandbox";
import { downloadFile } from "./download-file";
import { googleSearch } from "./google-search";
import { librarySearch } from "./library-search";
import { readPage } from "./read-page";
import { runCommand } from "./run-command";
import { runPython } from "./run-python";
import { runPythonCode } from "./run-python-code";
import { scrapeAndExtractInfo } from "./scrape-and-extract-info";
import { searchAndBrowse } from "./search-and-browse";
import { uploadFile } from "./upload-file";
import { webSearch } from "./web-search";

/** Upstream's order (spec §1.3.3). */
const UPSTREAM_PYTHON = [createSandbox, runCommand, runPythonCode, uploadFile, downloadFile];

/** Every tool there is. */
export const TOOLS: readonly Tool[] = [
	...UPSTREAM_PYTHON,
	googleSearch,
	scrapeAndExtractInfo,
	librarySearch,
	webSearch,
	readPage,
	runPython,
	searchAndBrowse,
];

/** What an installation has for a run; `python`: a sandbox that holds it, and a model that can write it. */
type Available = { web: boolean; library: boolean; python: boolean };

/** The tools a run is told of: upstream's under upstream's rules, ours by what is there. */
export function toolsFor(rules: RunSettings["rules"], { web, library, python }: Available): Tool[] {
	if (rules === "mirothinker") return [...(python ? UPSTREAM_PYTHON : []), googleSearch, scrapeAndExtractInfo];
	return [...(library ? [librarySearch] : []), ...(web ? [webSearch] : []), readPage, ...(python ? [runPython] : [])];
}
