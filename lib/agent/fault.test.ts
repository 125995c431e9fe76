import { expect, test } from "vitest";
import { retryDelay } from "./fault";
import { ModelFault } from "./model";

const waits = (fault: ModelFault) => {
	const found: (number | undefined)[] = [];
	for (let tries = 1; found.at(-1) !== undefined || tries === 1; tries++)
		found.push(retryDelay(fault, tries, () => 0.999999));
	return found;
};

test("RES-06: a busy server is asked again after 1, 2, 4 … 30 s, twenty times in all", () => {
	const found = waits(new ModelFault("busy", ""));
	expect(found.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
	expect(found).toHaveLength(20);
});

test.each([
	["refused", 20],
	["rate_limit", 20],
	["server_error", 6],
	["reset", 5],
	["stream_error", 4],
	["truncated", 4],
	["timeout", 3],
	["unexpected", 2],
] as const)("%s is tried %i times in all", (fault, tries) => {
	expect(waits(new ModelFault(fault, ""))).toHaveLength(tries);
});

test("jitter takes off a quarter at most", () => {
	expect(retryDelay(new ModelFault("busy", ""), 1, () => 0)).toBe(750);
});

test("the server's own Retry-After is honoured, however long, up to ten minutes", () => {
	expect(retryDelay(new ModelFault("rate_limit", "", { retryAfterMs: 90_000 }), 1, Math.random)).toBe(90_000);
	expect(retryDelay(new ModelFault("rate_limit", "", { retryAfterMs: 1e9 }), 1, Math.random)).toBe(600_000);
});

test.each(["bad_request", "unauthorized", "not_found", "overflow"] as const)("%s is never tried again", (fault) => {
	expect(retryDelay(new ModelFault(fault, ""), 1, Math.random)).toBeUndefined();
});
