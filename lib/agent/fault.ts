import type { FaultClass } from "../trajectory/event";
import type { ModelFault } from "./model";

const SECOND = 1000;
/** Longest wait between two tries, and the longest Retry-After that is honoured. */
const LONGEST_MS = 30 * SECOND;
const LONGEST_ASKED_MS = 600 * SECOND;

/**
 * Tries in all by class; a class that is not listed is never tried again. A refused connection may be a server that
 * loads its weights, so it gets 20 tries (about eight minutes). The others follow vLLM's behaviour: a fault after the
 * reply began costs a second generation, so those are few.
 */
const TRIES: Partial<Record<FaultClass, number>> = {
	refused: 20,
	busy: 20,
	rate_limit: 20,
	server_error: 6,
	reset: 5,
	stream_error: 4,
	truncated: 4,
	timeout: 3,
	unexpected: 2,
};

/**
 * Milliseconds to wait before try `tries + 1`, or undefined when there is none: 1, 2, 4 … 30 s with jitter (decision
 * D12), or what the server asked for (Retry-After). `random` gives numbers in [0, 1).
 */
export function retryDelay(fault: ModelFault, tries: number, random: () => number): number | undefined {
	if (tries >= (TRIES[fault.fault] ?? 0)) return undefined;
	if (fault.retryAfterMs !== undefined) return Math.min(fault.retryAfterMs, LONGEST_ASKED_MS);
	const full = Math.min(SECOND * 2 ** (tries - 1), LONGEST_MS);
	return Math.round(full * (0.75 + random() / 4));
}
