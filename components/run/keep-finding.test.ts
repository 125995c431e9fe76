import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepFinding } from "./keep-finding";

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** A run whose events come every `everyMs`, searched by a server that answers in `answerMs`. */
function finding({ everyMs, answerMs }: { everyMs: number; answerMs: number }) {
	let seq = 0;
	let open = 0;
	const seen = { found: [] as number[], mostOpen: 0, asked: 0 };
	const growth = setInterval(() => {
		seq++;
	}, everyMs);
	const end = keepFinding({
		seqNow: () => seq,
		ask: async () => {
			const at = seq;
			seen.asked++;
			open++;
			seen.mostOpen = Math.max(seen.mostOpen, open);
			await wait(answerMs);
			open--;
			return at;
		},
		onFound: (at) => seen.found.push(at),
		restMs: 180,
		againMs: 1500,
	});
	return { seen, end, growth };
}

describe("finding in a run that goes on", () => {
	it("is answered however fast the events come and however slow the answer", async () => {
		const { seen, end, growth } = finding({ everyMs: 20, answerMs: 900 });
		await vi.advanceTimersByTimeAsync(1200);
		expect(seen.found).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(2500);
		expect(seen.found).toHaveLength(2);
		expect(seen.mostOpen).toBe(1);
		clearInterval(growth);
		end();
	});

	it("asks no more once the run stands still or the text is another", async () => {
		const { seen, end, growth } = finding({ everyMs: 20, answerMs: 100 });
		clearInterval(growth);
		await vi.advanceTimersByTimeAsync(10_000);
		expect(seen.asked).toBe(1);
		end();

		const dropped = finding({ everyMs: 20, answerMs: 100 });
		await vi.advanceTimersByTimeAsync(200);
		dropped.end();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(dropped.seen.asked).toBe(1);
		expect(dropped.seen.found).toEqual([]);
		clearInterval(dropped.growth);
	});
});
