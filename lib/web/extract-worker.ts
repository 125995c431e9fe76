import "server-only";
import type { MessagePort } from "node:worker_threads";
import { type ExtractedPage, extract, toMarkdown } from "./html";
import { REFUSED } from "./unpack";

/** One page to extract, in a thread of its own: a hostile page may cost it, never the server. */
export type ExtractTask =
	| { kind: "html"; html: string; url: string }
	| { kind: "pdf"; bytes: Uint8Array }
	| { kind: "docx"; bytes: Uint8Array }
	| { kind: "sheets"; bytes: Uint8Array }
	| { kind: "slides"; bytes: Uint8Array }
	| { kind: "archive"; bytes: Uint8Array };

/** A PDF of more pages is refused: the time a document may take would end in the middle of it. */
const MAX_PDF_PAGES = 2000;

/** `begun` hears when the work begins. What only some documents need is loaded when one comes. */
export async function work({ begun, ...task }: ExtractTask & { begun: MessagePort }): Promise<ExtractedPage> {
	begun.postMessage("begun");
	begun.close();
	switch (task.kind) {
		case "html":
			return extract(task.html, task.url);
		case "pdf":
			return pdfPage(task.bytes);
		case "docx":
			return docxPage(task.bytes);
		case "sheets":
			return { title: "", text: await (await import("./sheets")).sheetsText(task.bytes) };
		case "slides":
			return (await import("./slides")).slidesText(task.bytes);
		case "archive":
			return { title: "", text: await (await import("./archive")).archiveText(task.bytes, memberText) };
		default:
			return task satisfies never;
	}
}

/** The text of a file inside an archive; undefined for what has none. An archive inside it is not opened. */
async function memberText(name: string, bytes: Uint8Array): Promise<string | undefined> {
	const { formatOf } = await import("./format");
	const format = formatOf(bytes);
	if (format === "pdf") return (await pdfPage(bytes)).text;
	if (format === "docx") return (await docxPage(bytes)).text;
	if (format === "sheets") return (await import("./sheets")).sheetsText(bytes);
	if (format === "slides") return (await import("./slides")).slidesText(bytes).text;
	if (format !== "text") return undefined;
	const text = (await import("./decode")).decodeText(bytes, "").replaceAll("\0", "");
	return /\.html?$/i.test(name) ? extract(text, "file:///").text : text;
}

async function pdfPage(bytes: Uint8Array): Promise<ExtractedPage> {
	const { extractText, getDocumentProxy, getMeta } = await import("unpdf");
	const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
	if (pdf.numPages > MAX_PDF_PAGES)
		throw new Error(`${REFUSED}The PDF has ${pdf.numPages} pages; at most ${MAX_PDF_PAGES} are read.`);
	const { text } = await extractText(pdf, { mergePages: false });
	const { info } = await getMeta(pdf);
	const title: unknown = info?.Title;
	const pages = text.map((page, index) => `<!-- page ${index + 1} -->\n${page}`);
	const written = text.some((page) => page.trim() !== "");
	return { title: typeof title === "string" ? title : "", text: written ? pages.join("\n\n") : "" };
}

async function docxPage(bytes: Uint8Array): Promise<ExtractedPage> {
	const { docxHtml } = await import("./docx");
	const text = toMarkdown(await docxHtml(bytes), "");
	return { title: /^#+\s+(.+)$/m.exec(text)?.[1] ?? "", text };
}
