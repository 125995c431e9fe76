import { type WireMessage, wireText } from "../../agent/model";

export type SearchHit = {
	url: string;
	title: string;
	snippet: string;
	date: string;
	source: string;
	score: number | undefined;
	terms: Record<string, number>;
};

type PageLinkText = { url: string; title: string; context: string };

/** A tool's text as this engine understands it. */
export type ToolReading =
	| { kind: "hits"; hits: SearchHit[]; unmatched: string[]; total: number | undefined }
	| {
			kind: "page";
			url: string;
			title: string;
			date: string;
			source: string;
			/** Where the next part starts, in characters; undefined on the last one. */
			next: number | undefined;
			text: string;
			links: PageLinkText[];
			linkedFrom: PageLinkText[];
	  }
	| { kind: "failed"; text: string };

const readings = new WeakMap<WireMessage, ToolReading>();

/** Reads a tool message once; the same object gives the same reading. */
export function readingOf(message: WireMessage): ToolReading {
	const known = readings.get(message);
	if (known) return known;
	const made = read(wireText(message));
	readings.set(message, made);
	return made;
}

function read(text: string): ToolReading {
	if (text.startsWith("{")) return readHits(text);
	return text.startsWith("# ") ? readPage(text) : { kind: "failed", text };
}

function readHits(text: string): ToolReading {
	const result = jsonOf(text);
	if (!isRecord(result) || !Array.isArray(result.organic)) return { kind: "failed", text };
	const hits = result.organic
		.filter(isRecord)
		.map(hitOf)
		.filter(({ url }) => url !== "");
	const unmatched = Array.isArray(result.unmatched) ? result.unmatched.filter((term) => typeof term === "string") : [];
	return { kind: "hits", hits, unmatched, total: typeof result.total === "number" ? result.total : undefined };
}

function hitOf(organic: Record<string, unknown>): SearchHit {
	const { score, terms } = organic;
	const counts = isRecord(terms) ? Object.entries(terms) : [];
	return {
		url: textOf(organic.link),
		title: textOf(organic.title),
		snippet: textOf(organic.snippet),
		date: textOf(organic.date),
		source: textOf(organic.source),
		score: typeof score === "number" ? score : undefined,
		terms: Object.fromEntries(counts.filter((entry): entry is [string, number] => typeof entry[1] === "number")),
	};
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** A result cut at its length limit is no JSON any more and counts as unreadable. */
function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const LINK = /^- \[(.*?)\]\((\S*)\)(?: — (.*))?$/;

function readPage(text: string): ToolReading {
	const headEnd = text.indexOf("\n\n");
	const head = headEnd < 0 ? text : text.slice(0, headEnd);
	const fields = new Map<string, string>();
	for (const line of head.split("\n").slice(1)) {
		const colon = line.indexOf(": ");
		if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
	}
	const url = fields.get("url");
	if (url === undefined) return { kind: "failed", text };
	const [beforeBack, linkedFrom] = takeList(headEnd < 0 ? "" : text.slice(headEnd + 2), "## Linked from");
	const [body, links] = takeList(beforeBack, "## Links");
	return {
		kind: "page",
		url,
		title: head.slice(2, head.indexOf("\n")),
		date: fields.get("date") ?? "",
		source: fields.get("source") ?? "",
		next: nextPart(fields.get("part")),
		text: body,
		links,
		linkedFrom,
	};
}

function nextPart(part: string | undefined): number | undefined {
	const [, end, all] = /to (\d+) of (\d+)/.exec(part ?? "") ?? [];
	return end !== undefined && Number(end) < Number(all) ? Number(end) : undefined;
}

/** Takes the list under the last such heading off a text; a page's own chapter of that name has other lines and stays. */
function takeList(text: string, heading: string): [string, PageLinkText[]] {
	const at = text.startsWith(`${heading}\n`) ? 0 : text.lastIndexOf(`\n${heading}\n`);
	if (at < 0) return [text, []];
	const entries: PageLinkText[] = [];
	for (const line of text.slice(at).trim().split("\n").slice(1)) {
		const [whole, title = "", url = "", context = ""] = LINK.exec(line) ?? [];
		const last = entries.at(-1);
		if (whole !== undefined) entries.push({ title, url, context });
		else if (last) last.context += ` ${line.trim()}`;
		else return [text, []];
	}
	return [text.slice(0, at).trimEnd(), entries];
}
