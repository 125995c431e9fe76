import "server-only";
import type { DocumentFormat } from "../trajectory/document";
import { markdownOf } from "./markdown";
import type { Paper } from "./paper";
import { printPdf } from "./pdf";
import { isPlayerBuilt, PLAYER_FOLDER } from "./player-files";
import type { PlayedRun } from "./player-html";
import { inThread } from "./threads";
import type { WriteTask } from "./write-worker";
import type { Written } from "./written";

/** Writes a document, off the server's own thread. One that cannot be made, or takes over a minute, is a result. */
export async function writeDocument(format: DocumentFormat, paper: Paper): Promise<Written> {
	if (format === "md") return { ok: true, body: markdownOf(paper) };
	if (format === "docx") return written({ format, paper });
	const page = await written({ format: "html", paper });
	if (format === "html" || !page.ok) return page;
	return printPdf(String(page.body), paper.snapshot.title);
}

/** Writes a whole run as a page that plays it, off the server's own thread. The player is built with the product. */
export async function writePlayer(run: PlayedRun): Promise<Written> {
	if (!isPlayerBuilt()) return { ok: false, reason: "noPlayer", detail: PLAYER_FOLDER };
	return written({ format: "player", run });
}

async function written(task: WriteTask): Promise<Written> {
	const done = await inThread<Extract<Written, { ok: true }>["body"]>({ file: "write-worker.ts", name: "work" }, task);
	return done.ok ? { ok: true, body: done.result } : { ok: false, reason: "failed", detail: done.detail };
}
