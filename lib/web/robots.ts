import "server-only";
import robotsParser from "robots-parser";
import { decodeText } from "./decode";
import { type Guard, guardedFetch, ROBOT_NAME } from "./guarded-fetch";
import { WebError } from "./web-error";

/** What a site's robots.txt says to us. `delayMs`: what it wants between requests, at most ten seconds. */
export type SiteRules = { allows(url: string): boolean; delayMs: number };

const KEPT_MS = 3_600_000;
const KEPT_AFTER_FAULT_MS = 300_000;
const SITES_KEPT = 1000;
const MAX_BYTES = 500_000;
const MOST_DELAY_MS = 10_000;
const MOST_MS = 8000;

const EVERYTHING: SiteRules = { allows: () => true, delayMs: 0 };
const NOTHING: SiteRules = { allows: () => false, delayMs: 0 };

type Kept = { rules: Promise<SiteRules>; until: number };
type Held = { soundingsRobots?: Map<string, Kept> };

/**
 * The rules of a site for this robot, as RFC 9309 has them: no robots.txt allows everything, one that the server fails
 * to give allows nothing for now. Kept for an hour. A site that cannot be reached is left to the reading itself.
 */
export function siteRules(origin: string, guard: Guard): Promise<SiteRules> {
	const held = globalThis as Held;
	held.soundingsRobots ??= new Map();
	const sites = held.soundingsRobots;
	const known = sites.get(origin);
	if (known && known.until > performance.now()) return known.rules;
	const kept: Kept = { rules: ask(origin, guard), until: performance.now() + KEPT_MS };
	sites.set(origin, kept);
	for (const [oldest] of sites) {
		if (sites.size <= SITES_KEPT) break;
		sites.delete(oldest);
	}
	return kept.rules.then(
		(rules) => {
			if (rules === NOTHING) kept.until = performance.now() + KEPT_AFTER_FAULT_MS;
			return rules;
		},
		(error: unknown) => {
			sites.delete(origin);
			if (error instanceof WebError || (error instanceof Error && error.name === "TimeoutError")) return EVERYTHING;
			throw error;
		},
	);
}

/** Asked once for all who wait, so nobody's end ends it. */
async function ask(origin: string, guard: Guard): Promise<SiteRules> {
	const address = `${origin}/robots.txt`;
	const { status, bytes, headers } = await guardedFetch(address, AbortSignal.timeout(MOST_MS), {
		...guard,
		limits: { ...guard.limits, maxBytes: MAX_BYTES },
	});
	if (status >= 500 && status < 600) return NOTHING;
	if (status >= 400 || status < 200 || status >= 300) return EVERYTHING;
	const rules = robotsParser(address, decodeText(bytes, headers["content-type"] ?? ""));
	return {
		allows: (url) => rules.isAllowed(url, ROBOT_NAME) ?? true,
		delayMs: Math.min(MOST_DELAY_MS, (rules.getCrawlDelay(ROBOT_NAME) ?? 0) * 1000),
	};
}
