import type { Purpose } from "./event";
import type { Retention, RunSettings } from "./settings";

/** What replaces a masked tool result (upstream's literal: MiroThinker's models know it). */
export const OMITTED = "Tool result is omitted to save tokens.";

/**
 * How many user messages after the task are masked, oldest first, when there are `count` of them.
 * `keep-last` is upstream's recency retention (spec §2.1). `keep-last-batched` lets K + batch − 1 stand and then cuts
 * back to K, so that the server's cached prefix survives `batch` turns.
 */
function maskedCount(retention: Retention, count: number): number {
	if (retention.policy === "keep-all") return 0;
	const over = Math.max(0, count - retention.k);
	return retention.policy === "keep-last" ? over : over - (over % retention.batch);
}

/**
 * How many of `count` user messages one request masks. Under `generic` rules the answer call sees K + 1 at least
 * (decision D16): one more than the call before it at most, or a batch would come back and the prompt outgrow the window.
 */
export function maskedIn(settings: RunSettings | undefined, purpose: Purpose, count: number): number {
	const retention = settings?.retention ?? { policy: "keep-all" };
	const masked = maskedCount(retention, count);
	if (retention.policy === "keep-all" || settings?.rules === "mirothinker" || purpose !== "answer") return masked;
	return Math.min(masked, Math.max(0, count - retention.k - 1));
}
