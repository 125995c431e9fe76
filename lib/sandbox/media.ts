/** A kind of file that a run keeps, told by its bytes alone. */
export type Media = { type: string; width?: number; height?: number };

const starts = (bytes: Buffer, text: string, at = 0): boolean =>
	bytes.subarray(at, at + text.length).toString("latin1") === text;

/** Kinds of text that may be shown, by the end of the name; a text of another name is plain. */
const TEXTS: Record<string, string> = { csv: "text/csv", json: "application/json", md: "text/markdown" };
const PLAIN = /\.(txt|csv|tsv|json|jsonl|md|log|py|tex|bib|ya?ml|toml)$/i;

/**
 * What a file is, if it is of a kind that may come out of a sandbox: pictures, PDF, text. Sizes of pictures are read
 * where their first bytes tell them.
 */
export function mediaOf(bytes: Buffer, name: string): Media | undefined {
	if (starts(bytes, "\x89PNG\r\n\x1a\n") && starts(bytes, "IHDR", 12)) {
		return sized("image/png", bytes, () => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]);
	}
	if (starts(bytes, "GIF87a") || starts(bytes, "GIF89a")) {
		return sized("image/gif", bytes, () => [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]);
	}
	if (starts(bytes, "\xff\xd8\xff")) return jpeg(bytes);
	if (starts(bytes, "RIFF") && starts(bytes, "WEBP", 8)) return { type: "image/webp" };
	if (starts(bytes, "%PDF-")) return { type: "application/pdf" };
	if (!isText(bytes)) return undefined;
	if (
		/^\ufeff?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]{0,2000}?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?(<!--[\s\S]{0,2000}?-->\s*)*<svg[\s>]/i.test(
			bytes.subarray(0, 8192).toString("utf8"),
		)
	) {
		return { type: "image/svg+xml" };
	}
	if (!PLAIN.test(name)) return undefined;
	return { type: TEXTS[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "text/plain" };
}

function sized(type: string, bytes: Buffer, read: () => [number, number]): Media {
	if (bytes.length < 24) return { type };
	const [width, height] = read();
	return width > 0 && height > 0 ? { type, width, height } : { type };
}

/** The size stands in the first frame header; before it come segments that tell their own length. */
function jpeg(bytes: Buffer): Media {
	for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
		const marker = bytes[at + 1] ?? 0;
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return sized("image/jpeg", bytes, () => [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]);
		at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
	}
	return { type: "image/jpeg" };
}

function isText(bytes: Buffer): boolean {
	if (bytes.includes(0)) return false;
	const text = bytes.toString("utf8");
	return !text.includes("\ufffd");
}
