import { detect } from "chardet";

/** Encodings that are never decoded as such: their markup can hide in plain letters. */
const REFUSED = /^(utf-?7|x-user-defined|iso-2022-kr|hz-gb-2312)$/i;
/** What a declaration may be in error about, and how much of the text it takes to doubt it. */
const SAMPLE = 65_536;
const DOUBTFUL = 0.002;

export type Decoded = { text: string; damaged: boolean };

/** The text alone, for files whose damage nobody can mend. */
export const decodeText = (bytes: Uint8Array, contentType: string): string => decodePage(bytes, contentType).text;

/**
 * A text from bytes: by byte order mark, then the header's charset, then the page's own declaration, else UTF-8. Where
 * that leaves characters that could not be decoded, by what the bytes look like, when that leaves fewer. `damaged`
 * tells that some are left.
 */
export function decodePage(bytes: Uint8Array, contentType: string): Decoded {
	const sure = bomOf(bytes) ?? utf16Of(bytes);
	if (sure) return decodedAs(bytes, sure);
	const declared = charsetIn(contentType) ?? declaredIn(bytes) ?? "utf-8";
	const first = decodedAs(bytes, known(declared));
	if (!first.damaged || lost(first.text) < DOUBTFUL) return first;
	const seen = [declaredIn(bytes), "utf-8", detect(bytes.subarray(0, SAMPLE))].flatMap((name) => (name ? [name] : []));
	return seen.map((name) => decodedAs(bytes, known(name))).reduce(fewerLost, first);
}

const fewerLost = (a: Decoded, b: Decoded): Decoded => (lost(b.text) < lost(a.text) ? b : a);

function decodedAs(bytes: Uint8Array, label: string): Decoded {
	const text = new TextDecoder(label).decode(bytes);
	return { text, damaged: text.includes("\ufffd") };
}

const lost = (text: string): number => (text.split("\ufffd").length - 1) / Math.max(1, text.length);

const known = (name: string): string => (REFUSED.test(name) || !isKnown(name) ? "utf-8" : name);

function bomOf(bytes: Uint8Array): string | undefined {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
	return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

/** UTF-16 without its mark: of Latin text every other byte is zero, on one side only. */
export function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
	const head = bytes.subarray(0, 1024);
	const pairs = Math.floor(head.length / 2);
	if (pairs < 4) return undefined;
	let [even, odd] = [0, 0];
	for (let at = 0; at < pairs * 2; at += 2) {
		if (head[at] === 0) even++;
		if (head[at + 1] === 0) odd++;
	}
	if (odd > pairs * 0.6 && even < pairs * 0.05) return "utf-16le";
	return even > pairs * 0.6 && odd < pairs * 0.05 ? "utf-16be" : undefined;
}

const charsetIn = (text: string): string | undefined => /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(text)?.[1];

function declaredIn(bytes: Uint8Array): string | undefined {
	const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
	return (
		/<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ??
		/^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1]
	);
}

function isKnown(name: string): boolean {
	try {
		return Boolean(new TextDecoder(name));
	} catch {
		return false;
	}
}
