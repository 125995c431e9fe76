import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { ServiceRequest } from "../../web/configured-fetch";
import type { SearchProvider } from "./provider";
import { faultOf, type SearchFault } from "./search-fault";

/** What this process owes a provider: when it may be asked next, and why it is left alone until when. */
type Turns = { nextAt: number; rests?: { until: number; fault: SearchFault } };
type Held = { soundingsSearchTurns?: Map<string, Turns> };

/** Held by the process, since the server holds this file in several bundles and the provider counts all requests. */
function turnsOf({ id }: SearchProvider, { url }: ServiceRequest): Turns {
	const held = globalThis as Held;
	held.soundingsSearchTurns ??= new Map();
	const key = `${id} ${url.origin}`;
	const turns = held.soundingsSearchTurns.get(key) ?? { nextAt: 0 };
	held.soundingsSearchTurns.set(key, turns);
	return turns;
}

/** Waits until the provider may be asked. Throws the fault it rests for, or `rate_limit` when the line is too long. */
export async function turn(
	provider: SearchProvider,
	request: ServiceRequest,
	signal: AbortSignal,
	longestMs: number,
): Promise<void> {
	const turns = turnsOf(provider, request);
	const now = performance.now();
	if (turns.rests && turns.rests.until > now) throw turns.rests.fault;
	const at = Math.max(now, turns.nextAt);
	if (at - now > longestMs) throw faultOf(provider, "rate_limit");
	turns.nextAt = at + provider.paceMs;
	if (at > now) await wait(at - now, undefined, { signal });
}

/** Leaves a provider alone; each search until then gets the fault at once. */
export function rest(provider: SearchProvider, request: ServiceRequest, fault: SearchFault, ms: number): void {
	turnsOf(provider, request).rests = { until: performance.now() + ms, fault };
}
