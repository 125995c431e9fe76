/** Encodings that are never decoded as such: their markup can hide in plain letters. */
const REFUSED = /^(utf-?7|x-user-defined|iso-2022-kr|hz-gb-2312)$/i;

/** A text from bytes: by byte order mark, then the header's charset, then the page's own meta tag, else UTF-8. */
export function decodeText(bytes: Uint8Array, contentType: string): string {
	const name = bomOf(bytes) ?? charsetIn(contentType) ?? metaCharset(bytes) ?? "utf-8";
	const label = REFUSED.test(name) || !isKnown(name) ? "utf-8" : name;
	return new TextDecoder(label).decode(bytes);
}

function bomOf(bytes: Uint8Array): string | undefined {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
	return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

const charsetIn = (text: string): string | undefined => /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(text)?.[1];

const metaCharset = (bytes: Uint8Array): string | undefined =>
	/<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(
		Buffer.from(bytes.subarray(0, 4096)).toString("latin1"),
	)?.[1];

function isKnown(name: string): boolean {
	try {
		return Boolean(new TextDecoder(name));
	} catch {
		return false;
	}
}
