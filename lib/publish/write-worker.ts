import { reportDocx } from "./docx";
import type { Paper } from "./paper";
import { reportHtml } from "./report-html";

/** One document to write, in a thread of its own: a long report takes seconds, and the server goes on. */
export type WriteTask = { format: "html" | "docx"; paper: Paper };

export const work = ({ format, paper }: WriteTask): string | Promise<Uint8Array<ArrayBuffer>> =>
	format === "html" ? reportHtml(paper) : reportDocx(paper);
