import "server-only";
import { decodePage, utf16Of } from "./decode";
import { extractDocx, extractHtml, extractPdf } from "./extract";
import type { Fetched } from "./guarded-fetch";
import type { ExtractedPage } from "./html";
import { WebError } from "./web-error";

/** JSON longer than this is left as it came. */
const MAX_INDENTED = 1_000_000;
const DAMAGED = "\n\n[Some characters of this page could not be decoded.]";

/**
 * The text of what was fetched: HTML, PDF, Word, plain text, markdown, CSV, JSON, by its bytes first and by its type
 * second. Throws `WebError` for what is no text.
 */
export async function contentOf(fetched: Fetched): Promise<ExtractedPage> {
	const { bytes, headers } = fetched;
	if (bytes.subarray(0, 1024).includes("%PDF-"))
		return nonEmpty(await extractPdf(bytes), "The PDF holds no text; it may be a scan.");
	if (isDocx(bytes)) return nonEmpty(await extractDocx(bytes), "The Word document holds no text.");
	if (isZip(bytes) || isBinary(bytes)) throw new WebError("unsupported_content", "This is not a page of text.");
	const { text, damaged } = decodePage(bytes, headers["content-type"] ?? "");
	const page = await textContent(text.replaceAll("\0", ""), fetched);
	return damaged ? { ...page, text: page.text + DAMAGED } : page;
}

async function textContent(text: string, { headers, url }: Fetched): Promise<ExtractedPage> {
	const type = (headers["content-type"] ?? "").toLowerCase();
	if (/^(?:null)?$/.test(text.replace(/^\ufeff/, "").trim()))
		throw new WebError("unsupported_content", "The page is empty.");
	if (isHtml(type, text)) return extractHtml(text, url);
	if (/json/.test(type) || /\.json$/i.test(new URL(url).pathname)) return { title: nameIn(url), text: indented(text) };
	if (/csv|tab-separated/.test(type) || /\.(?:csv|tsv)$/i.test(new URL(url).pathname))
		return { title: nameIn(url), text };
	return { title: /^#\s+(.+)$/m.exec(text)?.[1] ?? nameIn(url), text };
}

const isHtml = (type: string, text: string): boolean =>
	/html|xml/.test(type) ||
	(!/markdown|json|csv|plain/.test(type) && /<(?:html|body|div|p|!doctype)[\s>]/i.test(text.slice(0, 2000)));

/** A page without words has its sentence, whatever it is made of; what it says instead of content comes first. */
function nonEmpty(page: ExtractedPage, otherwise: string): ExtractedPage {
	if (page.text.trim() === "") throw new WebError("unsupported_content", otherwise);
	return page;
}

/** JSON that came as one line, so that it can be read in parts and by line. */
function indented(text: string): string {
	if (text.length > MAX_INDENTED || text.trim().includes("\n")) return text;
	try {
		return JSON.stringify(JSON.parse(text), null, 1);
	} catch {
		return text;
	}
}

/** The last part of an address without what could hide in it. */
function nameIn(url: string): string {
	const name = new URL(url).pathname.split("/").findLast(Boolean) ?? "";
	return name.includes("%") ? "" : name.slice(0, 200);
}

/** Whether the bytes are a zip whose list of parts names a Word document. */
const isDocx = (bytes: Uint8Array): boolean =>
	isZip(bytes) && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("word/document.xml");

const isZip = (bytes: Uint8Array): boolean =>
	bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

const SIGNATURES = [
	"\x89PNG",
	"\xff\xd8\xff",
	"GIF8",
	"\x7fELF",
	"RIFF",
	"Rar!",
	"\x1f\x8b",
	"7z\xbc\xaf",
	"OggS",
	"ID3",
	"\0\0\0",
	"MZ\x90",
];

/** A known signature, or many control bytes: an image, an archive, a program. UTF-16 is full of NULs and is text. */
function isBinary(bytes: Buffer): boolean {
	const head = bytes.subarray(0, 4096);
	const start = head.toString("latin1", 0, 4);
	if (SIGNATURES.some((signature) => start.startsWith(signature))) return true;
	if (head.length < 2 || (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return false;
	if (utf16Of(head)) return false;
	let odd = 0;
	for (const byte of head) if (byte < 9 || (byte > 13 && byte < 27)) odd++;
	return odd / head.length > 0.02;
}
