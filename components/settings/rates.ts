import type { Meters } from "@/lib/trajectory/settings-view";

export type Rates = {
	/** Tokens a second. */
	written: number;
	read: number;
	/** Of the prompt tokens looked for in the prefix cache, the share found there, 0 to 1; absent when none was looked for. */
	cached?: number;
};

/** What happened between two readings; undefined when the server began anew between them, or no time has passed. */
export function ratesOf(before: Meters, now: Meters): Rates | undefined {
	const seconds = (now.at - before.at) / 1000;
	const written = now.generated - before.generated;
	const read = now.prompt - before.prompt;
	const asked = now.cacheAsked - before.cacheAsked;
	const found = now.cacheFound - before.cacheFound;
	if (seconds <= 0 || Math.min(written, read, asked, found) < 0) return undefined;
	return { written: written / seconds, read: read / seconds, ...(asked > 0 && { cached: found / asked }) };
}
