import "server-only";
import { join } from "node:path";
import { Piscina } from "piscina";
import type { ExtractTask } from "./extract-worker";
import { WebError } from "./web-error";

export type Extracted = { title: string; text: string; date?: string };

/** Longest a page may take, milliseconds, and the heap its thread may use, megabytes. */
const TIME_LIMIT_MS = 10_000;
const HEAP_MB = 512;

type Held = { soundingsExtraction?: Piscina };

function threads(): Piscina {
	const held = globalThis as Held;
	held.soundingsExtraction ??= new Piscina({
		filename: join(process.cwd(), "lib/web/extract-worker.ts"),
		execArgv: ["--conditions=react-server", "--import", "tsx"],
		minThreads: 0,
		maxThreads: 2,
		idleTimeout: 30_000,
		resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
	});
	return held.soundingsExtraction;
}

/** A task over its time takes its thread with it. */
async function extract(task: ExtractTask): Promise<Extracted> {
	const signal = AbortSignal.timeout(TIME_LIMIT_MS);
	try {
		return (await threads().run(task, { signal, name: "work" })) as Extracted;
	} catch (error) {
		throw failureOf(signal.aborted, error);
	}
}

function failureOf(tooSlow: boolean, cause: unknown): WebError {
	return new WebError("extraction", tooSlow ? "The page is too complex to read." : "The page could not be read.", {
		cause,
	});
}

/** The main text of an HTML page as markdown. Throws `WebError`. */
export const extractHtml = (html: string, url: string): Promise<Extracted> => extract({ kind: "html", html, url });

/** The text of a PDF, page by page. Throws `WebError`. */
export const extractPdf = (bytes: Uint8Array): Promise<Extracted> => extract({ kind: "pdf", bytes });

/** Ends the threads, so that a command can end. */
export async function closeExtraction(): Promise<void> {
	const held = globalThis as Held;
	await held.soundingsExtraction?.destroy();
	delete held.soundingsExtraction;
}
