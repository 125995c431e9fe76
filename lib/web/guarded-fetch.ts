import "server-only";
import { lookup as systemLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { Agent, type Dispatcher, request } from "undici";
import { env } from "../env";
import { checkedUrl, hostAndPort, notAllowed } from "./address";
import { decoded } from "./body";
import { lookupOf, pinnedAddress, type Resolver } from "./pinned-address";
import { WebError } from "./web-error";

export type Fetched = { url: string; status: number; headers: Record<string, string>; bytes: Buffer };
export type FetchLimits = { maxBytes: number; totalMs: number; firstByteMs: number; idleMs: number; connectMs: number };

export const LIMITS: FetchLimits = {
	maxBytes: 10_000_000,
	totalMs: 20_000,
	firstByteMs: 10_000,
	idleMs: 5000,
	connectMs: 5000,
};
const MAX_COMPRESSED = 5_000_000;
const MAX_PDF_BYTES = 20_000_000;
const MAX_REDIRECTS = 5;
export const MAX_HEADER_BYTES = 32_768;
/** What sites see, and the name by which their robots.txt may speak of us. */
export const ROBOT_NAME = "Soundings";
const AGENT_NAME = `${ROBOT_NAME}/0.1 (research workbench)`;
const ACCEPT =
	"text/html,application/xhtml+xml,application/pdf,text/markdown,text/plain,application/json;q=0.9,*/*;q=0.5";

/** `own`: hosts under which this server itself answers; they are never read, whatever is allowed. */
export type Guard = {
	allowed: readonly string[];
	own?: readonly string[];
	resolve: Resolver;
	limits: FetchLimits;
};

/** What one reading adds: request headers, and a wait before each request, which returns what to call after it. */
export type FetchOptions = {
	headers?: Record<string, string>;
	admit?: (url: URL, signal: AbortSignal) => Promise<() => void>;
};

const systemResolver: Resolver = (host) => systemLookup(host, { all: true, verbatim: true });

export const defaultGuard = (): Guard => ({
	allowed: env().READ_PRIVATE_HOSTS,
	own: ownHosts(),
	resolve: systemResolver,
	limits: LIMITS,
});

function ownHosts(): string[] {
	const { HOST, PORT, SHARE_ORIGIN } = env();
	const local = [...new Set(["127.0.0.1", "localhost", "[::1]", HOST])].map((name) => `${name}:${PORT}`);
	return SHARE_ORIGIN ? [...local, hostAndPort(new URL(SHARE_ORIGIN))] : local;
}

/**
 * The one way out to the web. Every hop is checked: the address as parsed, then every address its name resolves to,
 * and the connection goes to exactly the address that was checked. No proxy variables, cookies or credentials.
 * Throws `WebError`, or the reason of `signal`.
 */
export async function guardedFetch(
	address: string,
	signal: AbortSignal,
	guard: Guard = defaultGuard(),
	asking: FetchOptions = {},
): Promise<Fetched> {
	let deadline = AbortSignal.timeout(guard.limits.totalMs);
	let url = checkedUrl(address, guard.allowed);
	for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
		if (guard.own?.includes(hostAndPort(url))) throw notAllowed();
		const waited = performance.now();
		const leave = await asking.admit?.(url, signal);
		// What is waited for a turn is not the site's fault.
		if (performance.now() - waited > 50) deadline = AbortSignal.timeout(guard.limits.totalMs);
		const outcome = await hop(url, AbortSignal.any([signal, deadline]), guard, asking.headers)
			.catch((error: unknown) => {
				signal.throwIfAborted();
				throw webErrorOf(error);
			})
			.finally(leave);
		if (!("location" in outcome)) return outcome;
		if (!URL.canParse(outcome.location, url)) throw new WebError("bad_redirect", "The page redirects to no address.");
		const next = checkedUrl(new URL(outcome.location, url).href, guard.allowed);
		if (url.protocol === "https:" && next.protocol === "http:") throw notAllowed();
		url = next;
	}
	throw new WebError("too_many_redirects", `The page redirects more than ${MAX_REDIRECTS} times.`);
}

async function hop(
	url: URL,
	signal: AbortSignal,
	guard: Guard,
	extra: Record<string, string> = {},
): Promise<Fetched | { location: string }> {
	const dispatcher = await pinned(url, guard);
	try {
		const { statusCode, headers, body } = await request(url, {
			dispatcher,
			signal,
			headersTimeout: guard.limits.firstByteMs,
			bodyTimeout: guard.limits.idleMs,
			headers: { "user-agent": AGENT_NAME, accept: ACCEPT, "accept-encoding": "gzip, br, deflate", ...extra },
		});
		const flat = flatten(headers);
		if (statusCode >= 300 && statusCode < 400 && flat.location) {
			await body.dump({ limit: 1024, signal });
			return { location: flat.location };
		}
		const isPdf = (flat["content-type"] ?? "").includes("pdf");
		const limits = isPdf
			? { compressed: MAX_PDF_BYTES, decoded: MAX_PDF_BYTES }
			: { compressed: MAX_COMPRESSED, decoded: guard.limits.maxBytes };
		const bytes = await decoded(body, flat["content-encoding"], limits);
		return { url: url.href, status: statusCode, headers: flat, bytes };
	} finally {
		void dispatcher.destroy();
	}
}

/** A dispatcher for one hop, whose socket goes to the checked address. It is not reused, so no pooled connection outlives its check. */
async function pinned(url: URL, guard: Guard): Promise<Dispatcher> {
	const connect: { timeout: number; lookup?: LookupFunction } = { timeout: guard.limits.connectMs };
	const found = await pinnedAddress(url, guard);
	if (found) connect.lookup = lookupOf(found);
	return new Agent({ connect, maxHeaderSize: MAX_HEADER_BYTES, pipelining: 0 });
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
	const flat: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? (value[0] ?? "") : value;
	}
	return flat;
}

/** One code and one sentence for everything the network can do: a closed port and a filtered host sound alike. */
function webErrorOf(error: unknown): WebError {
	if (error instanceof WebError) return error;
	const name = error instanceof Error ? error.name : "";
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	if (code.startsWith("Z_") || code.startsWith("ERR__ERROR") || code.startsWith("ERR_PADDING")) {
		return new WebError("unsupported_encoding", "The page's compression is damaged.", { cause: error });
	}
	const isTimeout = name === "TimeoutError" || code.includes("TIMEOUT");
	return isTimeout
		? new WebError("timeout", "The site did not answer in time.", { cause: error })
		: new WebError("unreachable", "The site could not be reached.", { cause: error });
}
