import "server-only";
import { utf16Of } from "./decode";

export type Format = "pdf" | "docx" | "sheets" | "slides" | "sealed" | "zip" | "image" | "text" | "binary";

const starts = (bytes: Uint8Array, signature: string, at = 0): boolean =>
	Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64)).toString(
		"latin1",
		at,
		at + signature.length,
	) === signature;

/** The media type of a picture that browsers and models know, by its bytes. */
export function pictureTypeOf(bytes: Uint8Array): string | undefined {
	if (starts(bytes, "\x89PNG\r\n\x1a\n")) return "image/png";
	if (starts(bytes, "\xff\xd8\xff")) return "image/jpeg";
	if (starts(bytes, "GIF8")) return "image/gif";
	return starts(bytes, "RIFF") && starts(bytes, "WEBP", 8) ? "image/webp" : undefined;
}

const OFFICE = [
	["docx", "word/document.xml"],
	["sheets", "xl/workbook.xml"],
	["slides", "ppt/presentation.xml"],
] as const;

/**
 * What a file is, by its bytes, whatever it is called. Office files are zips whose list of parts names their main one;
 * `sealed` is what older ones are, and newer ones with a password.
 */
export function formatOf(bytes: Uint8Array): Format {
	const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (all.subarray(0, 1024).includes("%PDF-")) return "pdf";
	if (starts(bytes, "PK\x03\x04") || starts(bytes, "PK\x05\x06"))
		return OFFICE.find(([, part]) => all.includes(part))?.[0] ?? "zip";
	if (pictureTypeOf(bytes)) return "image";
	if (starts(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return "sealed";
	return isText(all) ? "text" : "binary";
}

/** Few control characters and, unless it is UTF-16, no NUL. */
function isText(bytes: Buffer): boolean {
	const head = bytes.subarray(0, 65_536);
	const marked = head.length > 1 && ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff));
	if (marked || utf16Of(head)) return true;
	if (head.includes(0)) return false;
	let odd = 0;
	for (const byte of head) if (byte < 9 || (byte > 13 && byte < 27)) odd++;
	return odd / Math.max(1, head.length) < 0.02;
}
