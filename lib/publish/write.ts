import "server-only";
import { join } from "node:path";
import { Piscina } from "piscina";
import type { DocumentFormat } from "../trajectory/document";
import { markdownOf } from "./markdown";
import type { Paper } from "./paper";
import { printPdf } from "./pdf";
import { PLAYER_FOLDER, playerFiles } from "./player-files";
import type { PlayerPage } from "./player-html";
import type { WriteTask } from "./write-worker";
import type { Written } from "./written";

/** Longest a document may take to be written, milliseconds, and the heap its thread may use, megabytes. */
const TIME_LIMIT_MS = 60_000;
const HEAP_MB = 1024;

type Held = { soundingsWriting?: Piscina };

function threads(): Piscina {
	const held = globalThis as Held;
	held.soundingsWriting ??= new Piscina({
		filename: join(process.cwd(), "lib/publish/write-worker.ts"),
		execArgv: ["--conditions=react-server", "--import", "tsx"],
		minThreads: 0,
		maxThreads: 1,
		idleTimeout: 30_000,
		resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
	});
	return held.soundingsWriting;
}

/** Writes a document, off the server's own thread. One that cannot be made, or takes over a minute, is a result. */
export async function writeDocument(format: DocumentFormat, paper: Paper): Promise<Written> {
	if (format === "md") return { ok: true, body: markdownOf(paper) };
	if (format === "docx") return inThread({ format, paper });
	const page = await inThread({ format: "html", paper });
	if (format === "html" || !page.ok) return page;
	return printPdf(String(page.body), paper.snapshot.title);
}

/** Writes a whole run as a page that plays it, off the server's own thread. The player is built with the product. */
export async function writePlayer(page: Omit<PlayerPage, "player">): Promise<Written> {
	const player = playerFiles();
	if (!player) return { ok: false, reason: "noPlayer", detail: PLAYER_FOLDER };
	return inThread({ format: "player", page: { ...page, player } });
}

async function inThread(task: WriteTask): Promise<Written> {
	const signal = AbortSignal.timeout(TIME_LIMIT_MS);
	try {
		return { ok: true, body: await threads().run(task, { signal, name: "work" }) };
	} catch (error) {
		return { ok: false, reason: "failed", detail: error instanceof Error ? error.message : String(error) };
	}
}

/** Ends the thread, so that a test can end. */
export async function closeWriting(): Promise<void> {
	const held = globalThis as Held;
	await held.soundingsWriting?.destroy();
	delete held.soundingsWriting;
}
