import "server-only";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import TurndownService from "turndown";
import { flattenCells, tables } from "./markdown-tables";
import { solidChars, takeOffFrame } from "./page-frame";
import { type NoPage, signsOf, verdictOf } from "./page-verdict";

/** `verdict`: what the site shows in place of a page. `rendered`: how its scripts came to run; `url`: where they led. */
export type ExtractedPage = {
	title: string;
	text: string;
	date?: string;
	verdict?: NoPage;
	rendered?: string;
	url?: string;
};

const DROPPED = "script, style, noscript, template, iframe, svg, canvas, nav, button, input, select, textarea";
/**
 * Below this share of what the page holds without its frame, the article finder has lost the page: a forum, a listing.
 * A page that calls itself an article is trusted further, for paywalls leave little of one. Measured: decision 73.
 */
const LOST_SHARE = 0.4;
const LOST_SHARE_OF_ARTICLE = 0.15;
const MAX_HTML = 8_000_000;
/** Readability's time grows with the cube of the depth; the deepest pages of the web stay under a hundred. */
const MAX_DEPTH = 256;
const BREAKS = "p, div, li, h1, h2, h3, h4, h5, h6, tr, br, blockquote, pre";
const DATE_META = [
	'meta[property="article:published_time"]',
	'meta[name="date"]',
	'meta[name="dc.date"]',
	'meta[itemprop="datePublished"]',
	'meta[property="og:updated_time"]',
];

/** The main text of a page as markdown, with its title and date. Any text is accepted as input. */
export function extract(html: string, url: string): ExtractedPage {
	const document = documentOf(html.slice(0, MAX_HTML), url);
	const date = dateOf(document);
	const title = titleOf(document);
	if (depthOf(document) > MAX_DEPTH) return { title, text: plainText(document), ...(date && { date }) };
	const signs = signsOf(document, title);
	const isArticle = document.querySelector('meta[property="og:type"]')?.getAttribute("content") === "article";
	const article = readable(document);
	const share = isArticle ? LOST_SHARE_OF_ARTICLE : LOST_SHARE;
	const main = article && !isLost(article.chars, share, document) ? article.content : document.body?.innerHTML;
	const text = toMarkdown(main ?? "", url);
	const verdict = verdictOf(text, signs);
	return { title: title || article?.title || "", text, ...(date && { date }), ...(verdict && { verdict }) };
}

/** Whether the article is a small share of what the page holds without its frame; looked at only where it can be. */
const isLost = (chars: number, share: number, document: Document): boolean =>
	chars < share * solidChars(document.body?.textContent ?? "") && chars < share * unframed(document);

/** Characters of text once what is no content has been taken off, in place. */
function unframed(document: Document): number {
	for (const element of document.querySelectorAll(DROPPED)) element.remove();
	return document.body ? takeOffFrame(document.body) : 0;
}

/** linkedom keeps relative addresses unless the document has a base. */
function documentOf(html: string, url: string): Document {
	const { document } = parseHTML(wholeDocument(html));
	const base = document.createElement("base");
	base.setAttribute("href", url);
	document.head?.prepend(base);
	return document as unknown as Document;
}

/** HTML lets a page leave out its html, head and body tags; linkedom takes what stands outside them for an empty page. */
function wholeDocument(html: string): string {
	if (!/<html[\s>]/i.test(html)) return `<html><body>${html}</body></html>`;
	const beforeBody = /<\/head\s*>/i.test(html) ? /<\/head\s*>/i : /<html(\s[^>]*)?>/i;
	if (!/<body[\s>]/i.test(html)) return html.replace(beforeBody, "$&<body>");
	return /<head[\s>]/i.test(html)
		? html
		: html.replace(/(<html(?:\s[^>]*)?>)([\s\S]*?)(?=<body[\s>])/i, "$1<head>$2</head>");
}

function depthOf(document: Document): number {
	let deepest = 0;
	let depth = 0;
	let node: Node | null = document.documentElement;
	while (node) {
		deepest = Math.max(deepest, depth);
		if (node.firstChild) {
			node = node.firstChild;
			depth++;
			continue;
		}
		while (node && !node.nextSibling) {
			node = node.parentNode;
			depth--;
		}
		node = node?.nextSibling ?? null;
	}
	return deepest;
}

function plainText(document: Document): string {
	for (const element of document.querySelectorAll(DROPPED)) element.remove();
	for (const element of document.querySelectorAll(BREAKS)) element.append("\n");
	return (document.body?.textContent ?? "")
		.replace(/[^\S\n]+/g, " ")
		.replace(/\s*\n\s*/g, "\n")
		.trim();
}

function readable(document: Document): { title: string; content: string; chars: number } | undefined {
	const copy = document.cloneNode(true) as Document;
	const article = new Readability(copy, { maxElemsToParse: 200_000 }).parse();
	if (!article?.content) return undefined;
	return { title: article.title ?? "", content: article.content, chars: solidChars(article.textContent ?? "") };
}

function titleOf(document: Document): string {
	const meta = document.querySelector('meta[property="og:title"]')?.getAttribute("content");
	const heading = document.querySelector("h1")?.textContent;
	return (document.querySelector("title")?.textContent || meta || heading || "")
		.replace(/\s+/g, " ")
		.trim()
		.slice(0, 300);
}

function dateOf(document: Document): string | undefined {
	for (const selector of DATE_META) {
		const found = document.querySelector(selector)?.getAttribute("content");
		if (found) return found.slice(0, 40);
	}
	const json = /"datePublished"\s*:\s*"([^"]{4,40})"/.exec(
		document.querySelector('script[type="application/ld+json"]')?.textContent ?? "",
	);
	return json?.[1] ?? document.querySelector("time[datetime]")?.getAttribute("datetime")?.slice(0, 40) ?? undefined;
}

export function toMarkdown(html: string, url: string): string {
	const turndown = new TurndownService({
		headingStyle: "atx",
		codeBlockStyle: "fenced",
		bulletListMarker: "-",
		emDelimiter: "*",
	});
	turndown.use(tables);
	turndown.remove(["script", "style", "noscript", "iframe"]);
	turndown.addRule("links", {
		filter: (node) => node.nodeName === "A" && node.getAttribute("href") !== null,
		replacement: (content, node) => linkOf(content, (node as Element).getAttribute("href") ?? "", url),
	});
	turndown.addRule("images", {
		filter: "img",
		replacement: (_content, node) => ((node as Element).getAttribute("alt") ?? "").trim(),
	});
	const { document } = parseHTML(`<html><body>${html}</body></html>`);
	flattenCells(document as unknown as Document);
	return turndown
		.turndown(document.body as unknown as HTMLElement)
		.replace(/\n{3,}/g, "\n\n")
		.trim();
}

function linkOf(content: string, href: string, base: string): string {
	const title = content.replace(/\s+/g, " ").trim();
	if (!title || href.startsWith("#") || !URL.canParse(href, base)) return title;
	const target = new URL(href, base);
	if (!/^https?:$/.test(target.protocol)) return title;
	return `[${title}](${target.href.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}
