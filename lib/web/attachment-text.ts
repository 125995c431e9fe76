import "server-only";
import { decodePage } from "./decode";
import { extractArchive, extractDocx, extractHtml, extractPdf, extractSheets, extractSlides } from "./extract";
import { type Format, formatOf, pictureTypeOf } from "./format";
import type { ExtractedPage } from "./html";
import { WebError } from "./web-error";

/** What was read of a file: its media type, told by its bytes, and its text; a picture has none. */
export type ReadFile = { type: string; title: string; text: string };

const TYPES: Partial<Record<Format, string>> = {
	pdf: "application/pdf",
	docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	sheets: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	slides: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	zip: "application/zip",
};
const NO_TEXT: Partial<Record<Format, string>> = {
	pdf: "There is no text in this PDF: it is a scan. Run text recognition (OCR) over it and attach it again.",
	slides:
		"There is no text on these slides: they are pictures. Save them as PDF, run text recognition (OCR) over it and attach that.",
	zip: "The archive is empty.",
};
const DAMAGED = "\n\n[Some characters of this file could not be decoded.]";

/** The text of a file that somebody attached, in a thread where a hostile one may cost that. Throws `WebError`. */
export async function readAttachment(bytes: Uint8Array, name: string): Promise<ReadFile> {
	const format = formatOf(bytes);
	const picture = pictureTypeOf(bytes);
	if (picture) return { type: picture, title: "", text: "" };
	if (format === "text") return written(await textFile(bytes, name), "There is no text in this file.");
	const page = await packed(format, bytes);
	return written({ type: TYPES[format] ?? "", ...page }, NO_TEXT[format] ?? "There is no text in this document.");
}

function packed(format: Format, bytes: Uint8Array): Promise<ExtractedPage> {
	switch (format) {
		case "pdf":
			return extractPdf(bytes);
		case "docx":
			return extractDocx(bytes);
		case "sheets":
			return extractSheets(bytes);
		case "zip":
			return extractArchive(bytes);
		case "slides":
			return extractSlides(bytes);
		case "sealed":
			throw new WebError(
				"unsupported_content",
				"This is a file of an older Office, or one with a password. Save it without one as .docx, .xlsx or .pptx and attach that.",
			);
		default:
			throw new WebError(
				"unsupported_content",
				"This is no text, and no kind of file that is read. Save it as text, PDF, Word (.docx), Excel (.xlsx) or PowerPoint (.pptx).",
			);
	}
}

async function textFile(bytes: Uint8Array, name: string): Promise<ReadFile> {
	const { text: decoded, damaged } = decodePage(bytes, "");
	const plain = decoded.replaceAll("\0", "").replace(/^\ufeff/, "");
	if (/\.html?$/i.test(name)) {
		const { title, text } = await extractHtml(plain, "file:///");
		return { type: "text/html", title, text };
	}
	const text = /\.json(?:ld)?$/i.test(name) ? indented(plain) : plain;
	return { type: textTypeOf(name), title: "", text: damaged ? text + DAMAGED : text };
}

function textTypeOf(name: string): string {
	if (/\.json(?:ld)?$/i.test(name)) return "application/json";
	if (/\.csv$/i.test(name)) return "text/csv";
	return /\.(?:md|markdown)$/i.test(name) ? "text/markdown" : "text/plain";
}

/** JSON as upstream prints it (spec §1.4); what is none stays as it came. */
function indented(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return text;
	}
}

function written(file: ReadFile, otherwise: string): ReadFile {
	if (file.text.trim() === "") throw new WebError("unsupported_content", otherwise);
	return file;
}
