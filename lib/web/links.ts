import type { PageLink } from "../agent/tool";

const LINK =
	/(!?)\[([^[\]\n]{0,200})\]\(\s*<?([^\s()<>]{0,2000}(?:\([^\s()<>]{0,300}\)[^\s()<>]{0,300}){0,4})>?(?:\s+"[^"\n]{0,200}")?\s*\)/g;
const MAX_LINKS = 2000;
const CONTEXT_CHARS = 300;
const STOPS = [". ", "? ", "! "];

/** The markdown links of a text, addresses made absolute, each with the sentence or table row that holds it. */
export function markdownLinks(text: string, base: string): PageLink[] {
	const links: PageLink[] = [];
	const seen = new Set<string>();
	for (const match of text.matchAll(LINK)) {
		if (links.length >= MAX_LINKS) break;
		const [whole, image, title = "", target = ""] = match;
		const url = image ? undefined : absolute(target, base);
		if (!url) continue;
		const context = contextOf(text, match.index, whole.length);
		const key = `${url} ${context}`;
		if (seen.has(key)) continue;
		seen.add(key);
		links.push({ url, title: title.trim() || url, context });
	}
	return links;
}

/** An address made absolute without its fragment; undefined for a place on the same page and for other schemes. */
export function absolute(target: string, base: string): string | undefined {
	if (target.startsWith("#")) return undefined;
	if (!URL.canParse(target, base)) return undefined;
	const url = new URL(target, base);
	if (!/^(https?|library):$/.test(url.protocol)) return undefined;
	url.hash = "";
	return readable(url.href);
}

/** Percent-encoded letters outside ASCII as letters, and the punctuation that titles hold, as libraries write them. */
function readable(href: string): string {
	if (!href.includes("%")) return href;
	try {
		return decodeURI(href);
	} catch {
		return href;
	}
}

/** The table row, list item or sentence around a place, with links reduced to their titles. */
function contextOf(text: string, at: number, length: number): string {
	const lineStart = text.lastIndexOf("\n", at) + 1;
	const lineEnd = text.indexOf("\n", at + length);
	const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
	const inLine = at - lineStart;
	const around = line.trimStart().startsWith("|") ? line : sentenceAt(line, inLine, length);
	return around
		.replace(LINK, "$2")
		.replace(/\s*\|\s*/g, " | ")
		.replace(/\s+/g, " ")
		.trim()
		.slice(0, CONTEXT_CHARS);
}

function sentenceAt(line: string, at: number, length: number): string {
	const before = Math.max(...STOPS.map((end) => line.lastIndexOf(end, at)));
	const ends = STOPS.map((end) => line.indexOf(end, at + length)).filter((end) => end >= 0);
	return line.slice(before < 0 ? 0 : before + 2, ends.length > 0 ? Math.min(...ends) + 1 : line.length);
}
