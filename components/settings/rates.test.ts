import { expect, test } from "vitest";
import type { Meters } from "@/lib/trajectory/settings-view";
import { ratesOf } from "./rates";

const reading = (at: number, counters: Partial<Meters> = {}): Meters => ({
	at,
	running: 0,
	waiting: 0,
	prompt: 0,
	generated: 0,
	cacheAsked: 0,
	cacheFound: 0,
	...counters,
});

test("rates are what the counters grew by in the time between two readings", () => {
	const before = reading(1000, { prompt: 100, generated: 10, cacheAsked: 100, cacheFound: 50 });
	const now = reading(3000, { prompt: 500, generated: 90, cacheAsked: 500, cacheFound: 350 });
	expect(ratesOf(before, now)).toEqual({ read: 200, written: 40, cached: 0.75 });
});

test("nothing looked for has no share, and a server that began anew has no rates", () => {
	expect(ratesOf(reading(0), reading(2000))).toEqual({ read: 0, written: 0 });
	expect(ratesOf(reading(0, { generated: 5 }), reading(2000))).toBeUndefined();
	expect(ratesOf(reading(7), reading(7))).toBeUndefined();
});
