import "server-only";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join, relative, resolve } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { endingOf, MAX_FILE_BYTES, SKIPPED_FOLDERS, TAKEN_ENDINGS } from "../trajectory/library-files";
import type { Skipped } from "../trajectory/library-view";
import { decodeText } from "../web/decode";
import { extractHtml, extractPdf } from "../web/extract";
import type { LibraryDocument } from "./ingest";

const TAKEN = new Set<string>(TAKEN_ENDINGS);

export type ReadDocument = { document: LibraryDocument } | { skipped: Skipped };

const rowSchema = z.object({
	id: z.coerce.string().min(1),
	title: z.string(),
	url: z.string().optional(),
	text: z.string(),
	date: z.string().nullish(),
	source: z.string().nullish(),
	links: z.array(z.coerce.string()).nullish(),
});

/** Reads a folder, a `.jsonl` corpus or one file, document by document. Throws when the path does not exist. */
export async function* documentsAt(path: string, collection: string): AsyncGenerator<ReadDocument> {
	const whole = resolve(path);
	const found = await stat(whole);
	if (found.isDirectory()) {
		for await (const file of filesIn(whole)) yield* documentsIn(file, relative(whole, file), collection);
	} else yield* documentsIn(whole, basename(whole), collection);
}

/** Reads the file at `path`, whose name inside what is added is `name`: its ending says what it is. */
export async function* documentsIn(path: string, name: string, collection: string): AsyncGenerator<ReadDocument> {
	if (endingOf(name) === ".jsonl") yield* rows(path, name, collection);
	else yield await fileDocument(path, name, collection);
}

async function* filesIn(folder: string): AsyncGenerator<string> {
	const entries = await readdir(folder, { withFileTypes: true });
	for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const path = join(folder, entry.name);
		if (entry.isDirectory() && !SKIPPED_FOLDERS.includes(entry.name)) yield* filesIn(path);
		else if (entry.isFile() && TAKEN.has(endingOf(entry.name))) yield path;
	}
}

async function* rows(path: string, name: string, collection: string): AsyncGenerator<ReadDocument> {
	let number = 0;
	for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
		number++;
		if (!line.trim()) continue;
		yield rowDocument(line, `${name}:${number}`, collection);
	}
}

function rowDocument(line: string, path: string, collection: string): ReadDocument {
	const row = jsonOf(line);
	if (row === undefined) return { skipped: { path, why: "The line is not JSON." } };
	const parsed = rowSchema.safeParse(row);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const field = issue?.path.join(".") || "the row";
		return {
			skipped: { path, why: `${field}: ${issue?.message}. A row has id, title, text; url, date, source, links.` },
		};
	}
	const { id, title, url, text, date, source, links } = parsed.data;
	if (!text.trim()) return { skipped: { path, why: "text: empty." } };
	const address = url ?? `library://${collection}/${encodeURIComponent(id)}`;
	return {
		document: {
			id,
			title,
			url: address,
			text,
			date: date ?? undefined,
			source: source ?? undefined,
			links: links ?? undefined,
		},
	};
}

function jsonOf(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

async function fileDocument(path: string, name: string, collection: string): Promise<ReadDocument> {
	const skipped = (why: string) => ({ skipped: { path: name, why } });
	const { size } = await stat(path);
	if (size > MAX_FILE_BYTES) return skipped(`Larger than ${MAX_FILE_BYTES / 1e6} MB. Split it into smaller files.`);
	try {
		const document = await textOf(await readFile(path), name, `library://${collection}/${name}`);
		return document.text.trim() ? { document } : skipped(noText(name));
	} catch (error) {
		return skipped(error instanceof Error ? error.message : String(error));
	}
}

const noText = (name: string): string =>
	endingOf(name) === ".pdf"
		? "There is no text in it. A scanned PDF needs text recognition (OCR) first."
		: "There is no text in it.";

async function textOf(bytes: Buffer, path: string, url: string): Promise<LibraryDocument> {
	const ending = endingOf(path);
	const name = basename(path, extname(path));
	if (ending === ".pdf") {
		if (bytes.subarray(0, 1024).indexOf("%PDF-") < 0)
			throw new Error("It is not a PDF. Give it the ending of what it is.");
		const { title, text } = await extractPdf(bytes);
		return { id: url, url, title: title || name, text };
	}
	if (bytes.subarray(0, 8000).includes(0)) throw new Error("It is a binary file. Save it as text, HTML or PDF.");
	const decoded = decodeText(bytes, "");
	if (ending === ".html" || ending === ".htm") {
		const { title, text, date } = await extractHtml(decoded, url);
		return { id: url, url, title: title || name, text, date };
	}
	return markdownDocument(decoded, url, name);
}

const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;

/** A markdown text with its front matter's title (else its first heading, else the file's name). */
export function markdownDocument(text: string, url: string, name: string): LibraryDocument {
	const front = FRONT_MATTER.exec(text);
	const body = front ? text.slice(front[0].length) : text;
	const field = (key: string) => unquoted(new RegExp(`^${key}:\\s*(.+?)\\s*$`, "m").exec(front?.[1] ?? "")?.[1]);
	const heading = /^#\s+(.+)$/m.exec(body)?.[1]?.trim();
	const description = field("description");
	return {
		id: url,
		url,
		title: field("title") ?? heading ?? name,
		text: description ? `${description}\n\n${body.trim()}` : body.trim(),
		date: field("date"),
	};
}

const unquoted = (value: string | undefined): string | undefined => /^(["'])(.*)\1$/.exec(value ?? "")?.[2] ?? value;
