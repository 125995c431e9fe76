import "server-only";
import type { PageText } from "../agent/tool";
import { env } from "../env";
import { hostAndPort } from "./address";
import { contentOf } from "./content";
import { defaultGuard, type Fetched, type FetchOptions, type Guard, guardedFetch } from "./guarded-fetch";
import { HostTurns, type Pace } from "./host-turns";
import type { ExtractedPage } from "./html";
import { markdownLinks } from "./links";
import { PageCache } from "./page-cache";
import { VERDICT_TEXT } from "./page-verdict";
import { renderedContent } from "./render/rendered-content";
import { renderingOf } from "./rendering";
import { siteRules } from "./robots";
import type { Bounds } from "./site-bounds";
import { retryAfterMs, statusProblem } from "./status-text";
import { asData } from "./untrusted";
import { WebError } from "./web-error";

/** Longest text kept of one page, characters. */
const MAX_TEXT = 2_000_000;
const MAX_TITLE = 300;
const DEFAULT_PAUSE_MS = 5000;

/** What all readings of this process share: pages that were read, and whose turn it is at which host. */
type Shared = { cache: PageCache; turns: HostTurns };
type Held = { soundingsReading?: Shared };

function shared(): Shared {
	const held = globalThis as Held;
	held.soundingsReading ??= { cache: new PageCache(), turns: new HostTurns() };
	return held.soundingsReading;
}

/** `again`: this run has read the page before and wants the same text, however old. `bounds`: the sites of the run. */
export type ReadOptions = { again?: boolean; guard?: Guard; bounds?: Bounds };

/**
 * Reads one page of the web: HTML, PDF, Word, plain text, markdown, CSV, JSON. Throws `WebError` with a sentence for
 * the model. A site is asked as its robots.txt wants, one request after another, and not again for what still holds.
 */
export async function readPage(
	url: string,
	signal: AbortSignal,
	{ again = false, guard = defaultGuard(), bounds = anySite() }: ReadOptions = {},
): Promise<PageText> {
	const { cache } = shared();
	const within = JSON.stringify(bounds);
	const known = again ? cache.any(url, within) : cache.fresh(url, within);
	if (known) return known;
	const admit = admittance(guard);
	const fetched = await guardedFetch(url, signal, guard, { headers: cache.question(url, within), admit });
	const confirmed = cache.confirmed(url, fetched);
	if (confirmed) return confirmed;
	const problem = statusProblem(fetched.status);
	if (problem) throw refused(problem, fetched);
	const content = await contentOrRendering(fetched, { guard, bounds, admit, signal });
	const page = pageText(content, content.url ?? fetched.url);
	cache.keep(url, page, fetched, within);
	return page;
}

const anySite = (): Bounds => ({ blockedHosts: env().BLOCKED_HOSTS, allowedHosts: [] });

/** Before each request: robots.txt, then the host's turn. */
function admittance(guard: Guard): NonNullable<FetchOptions["admit"]> {
	const { READ_ROBOTS, READ_HOST_PARALLEL, READ_HOST_DELAY_MS } = env();
	return async (url, signal) => {
		const rules = READ_ROBOTS ? await abortable(siteRules(url.origin, guard), signal) : undefined;
		if (rules && !rules.allows(url.href)) {
			throw new WebError(
				"robots",
				"The site's robots.txt asks programs not to read this page. Look for another source.",
			);
		}
		const pace: Pace = { parallel: READ_HOST_PARALLEL, delayMs: Math.max(READ_HOST_DELAY_MS, rules?.delayMs ?? 0) };
		return shared().turns.take(hostAndPort(url), pace, signal);
	};
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
		work.then(resolve, reject);
	});
}

/** A site that is overloaded is left alone for as long as it says, whichever run comes next. */
function refused(problem: string, { status, headers, url }: Fetched): WebError {
	if (status === 429 || status === 503) {
		const asked = retryAfterMs(headers["retry-after"]);
		if (asked !== undefined || status === 429)
			shared().turns.pause(hostAndPort(new URL(url)), asked ?? DEFAULT_PAUSE_MS);
	}
	return new WebError("http_status", problem, { status });
}

type Reading = Required<Pick<ReadOptions, "guard" | "bounds">> & {
	admit: NonNullable<FetchOptions["admit"]>;
	signal: AbortSignal;
};

/**
 * What the page says. One that is a shell for its scripts is rendered, by our own Chromium when that is on, else by the
 * configured reader; where neither can, it stays what the plain reading found, with the reason.
 */
async function contentOrRendering(fetched: Fetched, reading: Reading): Promise<ExtractedPage> {
	const page = await contentOf(fetched);
	if (page.verdict === undefined && page.text.trim() !== "") return page;
	if (page.verdict && page.verdict !== "script_only") throw new WebError("no_content", VERDICT_TEXT[page.verdict]);
	const own = page.verdict ? await renderedContent(fetched.url, reading) : undefined;
	if (own?.ok) return own.page;
	const rendered = await renderingOf(fetched.url, reading.signal);
	if (rendered) return rendered;
	if (own) throw new WebError("rendering", `${own.problem}${withoutScripts(page.text)}`);
	if (page.verdict) throw new WebError("no_content", VERDICT_TEXT[page.verdict]);
	throw new WebError("unsupported_content", "The page is empty.");
}

/** What little a shell says. */
function withoutScripts(text: string): string {
	const said = asData(text).replace(/\s+/g, " ").trim();
	return said && ` Without its scripts it says only: "${said}"`;
}

function pageText({ title, text, date, rendered }: ExtractedPage, url: string): PageText {
	const safe = asData(text);
	const cut = safe.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT)}\n\n[The page goes on; it was cut here.]` : safe;
	return {
		url,
		title: asData(title).replace(/\s+/g, " ").trim().slice(0, MAX_TITLE) || new URL(url).hostname,
		text: cut,
		...(date && { date }),
		...(rendered && { rendered }),
		links: markdownLinks(cut, url),
		linkedFrom: [],
	};
}
