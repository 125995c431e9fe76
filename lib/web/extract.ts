import "server-only";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import type { ExtractTask } from "./extract-worker";
import type { ExtractedPage } from "./html";
import { REFUSED } from "./unpack";
import { WebError } from "./web-error";

/** Longest a page may take, milliseconds, and the heap its thread may use, megabytes. */
const TIME_LIMIT_MS = 10_000;
const HEAP_MB = 512;
/** Longest a page waits for its thread and is worked on, together. */
const LONGEST_WAIT_MS = 90_000;

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

/**
 * A task over its time takes its thread with it. The clock starts when a thread takes the task up: waiting in line, and
 * a thread's own start on a busy machine, are not the page's fault.
 */
async function extract(task: ExtractTask): Promise<ExtractedPage> {
	const { port1: started, port2: begun } = new MessageChannel();
	const stop = new AbortController();
	let clock: NodeJS.Timeout | undefined;
	started.once("message", () => {
		clock = setTimeout(() => stop.abort(), TIME_LIMIT_MS);
	});
	const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
	try {
		return (await threads().run({ ...task, begun }, { signal, name: "work", transferList: [begun] })) as ExtractedPage;
	} catch (error) {
		throw failureOf(task.kind, signal.aborted, error);
	} finally {
		clearTimeout(clock);
		started.close();
	}
}

const NOUNS: Record<ExtractTask["kind"], string> = {
	html: "page",
	pdf: "PDF",
	docx: "Word document",
	sheets: "workbook",
	slides: "presentation",
	archive: "archive",
};

/** Encrypted files are told apart: there is nothing to mend, and somebody may have the password. */
function failureOf(kind: ExtractTask["kind"], tooSlow: boolean, cause: unknown): WebError {
	const noun = NOUNS[kind];
	if (tooSlow) return new WebError("extraction", `The ${noun} is too complex to read.`, { cause });
	const { name, message } = saidBy(cause);
	if (message.startsWith(REFUSED)) return new WebError("extraction", message.slice(REFUSED.length), { cause });
	const why = /password|encrypt/i.test(`${name} ${message}`) ? "; it is locked with a password" : "";
	return new WebError("extraction", `The ${noun} could not be read${why}.`, { cause });
}

/** Errors of the PDF reader's own classes come out of a thread as plain objects. */
function saidBy(cause: unknown): { name: string; message: string } {
	const { name = "", message = "" } = (cause ?? {}) as { name?: unknown; message?: unknown };
	return { name: String(name), message: String(message) };
}

/** The main text of an HTML page as markdown. Throws `WebError`. */
export const extractHtml = (html: string, url: string): Promise<ExtractedPage> => extract({ kind: "html", html, url });

/** The text of a PDF, page by page. Throws `WebError`. */
export const extractPdf = (bytes: Uint8Array): Promise<ExtractedPage> => extract({ kind: "pdf", bytes });

/** The text of a Word document as markdown. Throws `WebError`. */
export const extractDocx = (bytes: Uint8Array): Promise<ExtractedPage> => extract({ kind: "docx", bytes });

/** The sheets of an Excel workbook as markdown tables. Throws `WebError`. */
export const extractSheets = (bytes: Uint8Array): Promise<ExtractedPage> => extract({ kind: "sheets", bytes });

/** The slides of a PowerPoint file, with their notes. Throws `WebError`. */
export const extractSlides = (bytes: Uint8Array): Promise<ExtractedPage> => extract({ kind: "slides", bytes });

/** The texts of the files in a zip archive. Throws `WebError`. */
export const extractArchive = (bytes: Uint8Array): Promise<ExtractedPage> => extract({ kind: "archive", bytes });

/** Ends the threads, so that a command can end. */
export async function closeExtraction(): Promise<void> {
	const held = globalThis as Held;
	await held.soundingsExtraction?.destroy();
	delete held.soundingsExtraction;
}
