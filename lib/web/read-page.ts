import "server-only";
import type { PageText } from "../agent/tool";
import { decodeText } from "./decode";
import { extractHtml, extractPdf } from "./extract";
import { type Fetched, guardedFetch } from "./guarded-fetch";
import { markdownLinks } from "./links";
import { asData } from "./untrusted";
import { WebError } from "./web-error";

/** Longest text kept of one page, characters. */
const MAX_TEXT = 2_000_000;
const CACHE_ENTRIES = 200;
const CACHE_CHARS = 50_000_000;

type Held = { soundingsPages?: Map<string, PageText> };

function cache(): Map<string, PageText> {
	const held = globalThis as Held;
	held.soundingsPages ??= new Map();
	return held.soundingsPages;
}

/** Reads one page of the web: HTML, PDF, plain text, markdown, JSON. Throws `WebError` with a sentence for the model. */
export async function readPage(url: string, signal: AbortSignal): Promise<PageText> {
	const known = cache().get(url);
	if (known) return known;
	const fetched = await guardedFetch(url, signal);
	if (fetched.status >= 400) {
		throw new WebError("http_status", `The site answered ${fetched.status}.`, { status: fetched.status });
	}
	const page = await pageOf(fetched);
	remember(url, page);
	return page;
}

async function pageOf(fetched: Fetched): Promise<PageText> {
	const { title, text, date } = await extracted(fetched);
	const safe = asData(text);
	const cut = safe.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT)}\n\n[The page goes on; it was cut here.]` : safe;
	return {
		url: fetched.url,
		title: asData(title) || new URL(fetched.url).hostname,
		text: cut,
		...(date && { date }),
		links: markdownLinks(cut, fetched.url),
		linkedFrom: [],
	};
}

async function extracted({ bytes, headers, url }: Fetched): Promise<{ title: string; text: string; date?: string }> {
	const type = headers["content-type"] ?? "";
	if (bytes.subarray(0, 5).toString("latin1") === "%PDF-") return extractPdf(bytes);
	if (isBinary(bytes)) throw new WebError("unsupported_content", "This is not a page of text.");
	const text = decodeText(bytes, type);
	if (!text.trim()) throw new WebError("unsupported_content", "The page is empty.");
	const isHtml =
		/html|xml/.test(type) ||
		(!/markdown|json|plain/.test(type) && /<(html|body|div|p|!doctype)[\s>]/i.test(text.slice(0, 2000)));
	return isHtml ? extractHtml(text, url) : { title: /^#\s+(.+)$/m.exec(text)?.[1] ?? "", text };
}

/** A NUL outside UTF-16 or many control bytes: an image, an archive, a program. */
function isBinary(bytes: Buffer): boolean {
	const head = bytes.subarray(0, 4096);
	if (head.length === 0) return false;
	if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return false;
	let odd = 0;
	for (const byte of head) if (byte === 0 || (byte < 9 && byte > 0) || (byte > 13 && byte < 27)) odd++;
	return odd / head.length > 0.02;
}

function remember(url: string, page: PageText): void {
	const pages = cache();
	pages.set(url, page);
	let chars = 0;
	for (const { text } of pages.values()) chars += text.length;
	for (const [oldest, { text }] of pages) {
		if (pages.size <= CACHE_ENTRIES && chars <= CACHE_CHARS) return;
		pages.delete(oldest);
		chars -= text.length;
	}
}
