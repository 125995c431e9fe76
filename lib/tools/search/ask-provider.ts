import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { SearchFaultKind, WebHit, WebQuery } from "../../agent/tool";
import { configuredFetch, type ServiceAnswer, type ServiceRequest } from "../../web/configured-fetch";
import { inlineText } from "../../web/inline-html";
import { WebError } from "../../web/web-error";
import type { SearchProvider } from "./provider";
import { faultOf, kindOfStatus, SearchFault } from "./search-fault";
import { rest, turn } from "./turns";

export type Patience = {
	/** One request. */
	attemptMs: number;
	/** All tries of a query, pauses included. */
	totalMs: number;
	tries: number;
	/** First pause; it doubles. A provider's own wish goes before it. */
	pauseMs: number;
	/** A longer wish is not waited for: the search goes on without this provider. */
	longestPauseMs: number;
	/** How long a provider that failed for good is left alone. */
	restMs: number;
};

export const PATIENCE: Patience = {
	attemptMs: 10_000,
	totalMs: 25_000,
	tries: 3,
	pauseMs: 1000,
	longestPauseMs: 8000,
	restMs: 60_000,
};

/** No try is begun with less time left. */
const LEAST_MS = 200;
/** Longest that a provider's own wish to be left alone is heeded. */
const LONGEST_REST_MS = 600_000;

const PASSING = new Set<SearchFaultKind>(["rate_limit", "server", "timeout", "unreachable"]);

export type ProviderReply = { hits: WebHit[]; notes: string[] };

/**
 * Puts a query to one provider: at its pace, with bounded tries, its wish to wait heeded when it is short. One that
 * fails is left alone for a while, so that a long run does not pay for it at each search. Throws `SearchFault`, or the
 * reason of `signal`.
 */
export async function askProvider(
	provider: SearchProvider,
	query: WebQuery,
	signal: AbortSignal,
	patience: Patience = PATIENCE,
): Promise<ProviderReply | { sitsOut: string }> {
	const prepared = provider.prepare(query);
	if ("sitsOut" in prepared) return prepared;
	const until = performance.now() + patience.totalMs;
	for (let tried = 1; ; tried++) {
		await turn(provider, prepared.request, signal, patience.longestPauseMs);
		const left = until - performance.now();
		const told = await once(provider, prepared.request, signal, Math.min(patience.attemptMs, Math.max(left, LEAST_MS)));
		if (!(told instanceof SearchFault)) return { hits: told, notes: prepared.notes };
		const pause = told.retryAfterMs ?? patience.pauseMs * 2 ** (tried - 1);
		const isLast = tried >= patience.tries || pause > patience.longestPauseMs;
		if (!PASSING.has(told.kind) || isLast || performance.now() + pause + LEAST_MS > until) {
			if (told.kind !== "refused") rest(provider, prepared.request, told, restOf(told, patience));
			throw told;
		}
		await wait(pause, undefined, { signal });
	}
}

const restOf = ({ retryAfterMs = 0 }: SearchFault, { restMs }: Patience): number =>
	Math.min(Math.max(retryAfterMs, restMs), LONGEST_REST_MS);

async function once(
	provider: SearchProvider,
	request: ServiceRequest,
	signal: AbortSignal,
	timeoutMs: number,
): Promise<WebHit[] | SearchFault> {
	const answer = await answerTo(provider, request, signal, timeoutMs);
	if (answer instanceof SearchFault) return answer;
	const json = jsonOf(answer.text);
	const { status } = answer;
	const kind = provider.faultOf?.(status, json) ?? kindOfStatus(status);
	if (kind) return faultOf(provider, kind, { status, retryAfterMs: retryAfterMs(answer.retryAfter) });
	return provider.read(json, request.url)?.flatMap(cleanHit) ?? faultOf(provider, "unreadable");
}

const MAX_ADDRESS = 2048;
const MAX_TITLE = 300;
const MAX_SNIPPET = 2000;

/** A hit as data: plain text of bounded length; none when its address is not one of the web. */
function cleanHit({ url, title, snippet, date }: WebHit): WebHit[] {
	if (url.length > MAX_ADDRESS || !/^https?:\/\/[^\s<>"\p{C}]+$/iu.test(url) || !URL.canParse(url)) return [];
	const shown = inlineText(date ?? "").slice(0, 40);
	return [
		{
			url,
			title: inlineText(title).slice(0, MAX_TITLE) || new URL(url).hostname,
			snippet: inlineText(snippet).slice(0, MAX_SNIPPET),
			...(shown && { date: shown }),
		},
	];
}

/** The answer whatever its status, or what the network did. */
export async function answerTo(
	provider: SearchProvider,
	request: ServiceRequest,
	signal: AbortSignal,
	timeoutMs: number,
): Promise<ServiceAnswer | SearchFault> {
	try {
		return await configuredFetch(request, signal, timeoutMs);
	} catch (error) {
		if (!(error instanceof WebError)) throw error;
		if (error.code === "timeout") return faultOf(provider, "timeout");
		return faultOf(provider, error.code === "too_large" ? "unreadable" : "unreachable");
	}
}

export function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** `Retry-After` as seconds or as a date (RFC 9110). */
function retryAfterMs(header: string | undefined): number | undefined {
	if (!header) return undefined;
	if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1000;
	const at = Date.parse(header);
	return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
