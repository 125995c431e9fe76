import type { z } from "zod";
import type { RunFile, Source } from "../trajectory/event";
import type { ToolSpec } from "../trajectory/settings";

/** A page's text as fetched, with what it points to. `links` hold the sentence or table row they stand in. */
export type PageText = {
	url: string;
	title: string;
	/** Markdown. */
	text: string;
	date?: string;
	source?: string;
	docId?: string;
	/** How scripts of the page came to run, and what they asked for in vain; absent where the text is as the site sent it. */
	rendered?: string;
	links: PageLink[];
	/** Titles and addresses of library documents that link here, at most 50. */
	linkedFrom: { url: string; title: string }[];
};

export type PageLink = { url: string; title: string; context: string };

/** One hit of the library. `score` is bm25 (higher is better); `terms` are the query's terms that matched. */
export type LibraryHit = {
	docId: string;
	collection: string;
	url: string;
	title: string;
	snippet: string;
	score: number;
	date?: string;
	source?: string;
	terms: { term: string; documents: number }[];
};

export type LibraryResults = { hits: LibraryHit[]; unmatched: string[]; total: number };

/** The local library, restricted to the run's collections. */
export type LibraryReader = {
	search(query: { text: string; limit: number; offset: number }): Promise<LibraryResults>;
	/** By address, document id or title; undefined when no collection of this run holds it. */
	open(address: string): Promise<PageText | undefined>;
};

/** Reads one page of the web through the guarded fetch. Throws `WebError` with a sentence for the model. */
export type WebReader = { read(url: string, signal: AbortSignal): Promise<PageText> };

/** Searches the web with all providers that are set up; undefined on the context when there is none. */
export type WebSearcher = {
	/** Providers that fail are named in the result; rejects only with the reason of `signal`. */
	search(query: WebQuery, signal: AbortSignal): Promise<WebResults>;
};

/** A query in Google's terms, as MiroThinker's models send it. `sites`: only pages of these hosts are wanted. */
export type WebQuery = {
	q: string;
	num: number;
	page: number;
	gl?: string;
	hl?: string;
	location?: string;
	tbs?: string;
	autocorrect?: boolean;
	sites?: readonly string[];
};

export type WebHit = { url: string; title: string; snippet: string; date?: string };

/**
 * What each provider found, best first. `notes` say what of the query a provider could not be asked; `failed` holds
 * those that gave nothing, each with one sentence.
 */
export type WebResults = {
	lists: { provider: string; hits: WebHit[] }[];
	notes: string[];
	failed: { provider: string; kind: SearchFaultKind; message: string }[];
};

export type SearchFaultKind =
	| "unauthorized"
	| "quota"
	| "rate_limit"
	| "refused"
	| "server"
	| "timeout"
	| "unreachable"
	| "unreadable";

/** What came of one call in a sandbox. */
export type Ran = {
	stdout: string;
	stderr: string;
	/** `repr` of the last expression of the code. */
	result?: string | undefined;
	/** What the code raised. */
	error?: { name: string; value: string; traceback: string } | undefined;
	/** Status of a command, or of an interpreter that ended itself; negative: the signal. */
	exit?: number | undefined;
	/** Why it was stopped, as a sentence for the model; absent when it ran to its end. */
	stopped?: string | undefined;
	/** All of it as E2B's interpreter prints it, which MiroThinker's models have learnt to read. */
	repr: string;
	files: RunFile[];
	/** What the model should know besides: variables that are gone, files that changed. */
	notes: string[];
};

/** The sandboxes of a run, by id. What cannot be done throws an `Error` with a sentence for the model. */
export type Sandboxes = {
	create(): Promise<string>;
	/** Without an id in a sandbox that is thrown away afterwards; `main` is there without being made. */
	python(code: string, id: string | undefined): Promise<Ran>;
	command(command: string, id: string): Promise<Ran>;
	/** Writes a file into the working directory; returns where it stands for the code. */
	put(id: string, path: string, bytes: Uint8Array): Promise<string>;
	/** A file that stands in one of the run's sandboxes. */
	find(name: string): Promise<Uint8Array | undefined>;
};

/** Everything a tool may touch; built by the runner for one call. */
export type ToolContext = {
	signal: AbortSignal;
	library: LibraryReader;
	web: WebReader | undefined;
	webSearch: WebSearcher | undefined;
	/** Undefined where they are switched off; the tools then say so. */
	sandboxes: Sandboxes | undefined;
	/** The parts of `text` that answer `goal`: by the extraction model when there is one, else by sentence ranking. */
	extract(text: string, goal: string): Promise<Extraction>;
	/** Stores the text of the page at `url` once, by hash; returns the hash a citation can open. */
	storeBody(text: string, url: string): Promise<string>;
	/** Keeps a file with the run when it is of a kind and a size that may be shown: pictures, PDF, text. */
	keepFile(name: string, bytes: Buffer): Promise<RunFile | undefined>;
	progress(text: string): void;
	/** Has a sub-agent work on a task of its own; absent where a run may ask none. Throws `PausedInCall`, `AskingInCall`. */
	subAgent?(subtask: string): Promise<ToolOutcome>;
	/** Hosts whose results and pages are left out (benchmark answer sites by default). */
	blockedHosts: readonly string[];
	/** When not empty, pages of the web are shown and read from these hosts alone; the library is not bound by it. */
	allowedHosts: readonly string[];
};

export type Extraction = { text: string; model: string; tokens: number };

/** `text` is for the model, `summary` one line for the screen. */
export type ToolOutcome = {
	status: "ok" | "error" | "empty";
	text: string;
	summary: string;
	sources: Source[];
	files?: RunFile[];
};

/** Thrown out of a call that a person's pause has interrupted: it has no result yet and is made again on resumption. */
export class PausedInCall extends Error {
	override readonly name = "PausedInCall";
}

/** Thrown out of a call that waits for a person's word elsewhere; passes through the loop to whoever executes it. */
export class AskingInCall extends Error {
	override readonly name = "AskingInCall";
}

/** A tool reports failure as an outcome; what it throws becomes an `error` outcome in the loop. */
export type Tool<Input extends z.ZodType = z.ZodType> = {
	spec: ToolSpec;
	input: Input;
	/** Equal keys are duplicate queries (decision D8); absent when repeating the call is never wrong. */
	duplicateKey?(args: Record<string, unknown>): string;
	/** Fixes argument names that models mix up (spec §1.8.2); must not throw. */
	repair?(args: Record<string, unknown>): Record<string, unknown>;
	run(args: z.output<Input>, context: ToolContext): Promise<ToolOutcome>;
};

/** Keeps the argument type of `run` tied to `input` while the list of tools holds them all alike. */
export const defineTool = <Input extends z.ZodType>(tool: Tool<Input>): Tool => tool as unknown as Tool;
