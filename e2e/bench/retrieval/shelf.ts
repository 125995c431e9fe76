import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tool, ToolContext } from "../../../lib/agent/tool";
import { Librarian } from "../../../lib/library/librarian";
import { librarySearch } from "../../../lib/tools/library-search";
import { readPage } from "../../../lib/tools/read-page";

export type BenchQuestion = {
	id: string;
	question: string;
	answer: string | null;
	aliases?: string[];
	type: string;
	evidence_ids: string[];
};

const COLLECTION = "bench";

/** A data set in a library of its own, with the product's tools over it. */
export class Shelf {
	readonly questions: BenchQuestion[];
	private readonly home = mkdtempSync(join(tmpdir(), "retrieval-"));
	private readonly librarian = new Librarian(this.home);
	private readonly folder: string;

	constructor(folder: string) {
		this.folder = folder;
		this.questions = ["questions.jsonl", "retrieval_only.jsonl"].flatMap((file) => linesOf(join(folder, file)));
	}

	async fill(): Promise<void> {
		await this.librarian.add(join(this.folder, "corpus.jsonl"), COLLECTION);
	}

	/** Ids of the documents a single query finds, best first: what the baseline opens. */
	ranked(text: string, limit: number): string[] {
		return this.librarian.search([COLLECTION], { text, limit, offset: 0 }).hits.map(({ docId }) => docId);
	}

	/** Runs a tool as the loop does; `docId` of the page it opened. */
	async call(name: string, args: Record<string, unknown>): Promise<{ text: string; docId: string | undefined }> {
		const tool = TOOLS.find(({ spec }) => spec.name === name);
		if (!tool) throw new Error(`The engine called ${name}, which it was not given.`);
		const { text, status, sources } = await tool.run(tool.input.parse(args), this.context());
		const opened = sources.find((source) => source.opened);
		return { text: status === "error" ? `Tool call to ${name} failed. Error: ${text}` : text, docId: opened?.docId };
	}

	close(): void {
		this.librarian.close();
		rmSync(this.home, { recursive: true });
	}

	private context(): ToolContext {
		return {
			signal: new AbortController().signal,
			library: {
				search: async (query) => this.librarian.search([COLLECTION], query),
				open: async (address) => this.librarian.open([COLLECTION], address),
			},
			web: undefined,
			webSearch: undefined,
			sandboxes: undefined,
			extract: async (text) => ({ text, model: "none", tokens: 0 }),
			storeBody: async () => "",
			keepFile: async () => undefined,
			progress: () => undefined,
			blockedHosts: [],
			allowedHosts: [],
		};
	}
}

export const TOOLS: readonly Tool[] = [librarySearch, readPage];

/** The questions of a file; none when the set has no such file. */
function linesOf(path: string): BenchQuestion[] {
	if (!existsSync(path)) return [];
	return readFileSync(path, "utf8")
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => JSON.parse(line) as BenchQuestion);
}
