import { reportDocx } from "./docx";
import type { Paper } from "./paper";
import { playerFiles } from "./player-files";
import { type PlayedRun, playerHtml } from "./player-html";
import { reportHtml } from "./report-html";

/** One document to write, in a thread of its own: a long report takes seconds, and the server goes on. */
export type WriteTask = { format: "html" | "docx"; paper: Paper } | { format: "player"; run: PlayedRun };

export function work(task: WriteTask): string | Promise<Uint8Array<ArrayBuffer>> {
	if (task.format === "player") return playerHtml(task.run, playerFiles());
	return task.format === "html" ? reportHtml(task.paper) : reportDocx(task.paper);
}
