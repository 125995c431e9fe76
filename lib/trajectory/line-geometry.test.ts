import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineGeometry, scaleNumbers } from "./line-geometry";
import { emptyMarks } from "./line-marks";

const marksOf = (calls: number, letters = "srlr") => ({
	...emptyMarks(),
	kinds: letters.repeat(calls).slice(0, calls),
});

describe("the geometry of the line", () => {
	test("a tick a call down to one pixel, bins below", () => {
		const at600 = lineGeometry(marksOf(600), { calls: 600, budget: 600, length: 894 });
		expect(at600.ticks).toHaveLength(600);
		expect(at600.thickness).toBeCloseTo(1.043, 2);
		const at5000 = lineGeometry(marksOf(5000), { calls: 5000, budget: 5000, length: 894 });
		expect(new Set(at5000.ticks.map(({ at }) => at)).size).toBe(447);
		expect(at5000.thickness).toBe(2);
	});

	test("a short run keeps its pitch and is not stretched", () => {
		const { pitch, bed, lead } = lineGeometry(marksOf(4), { calls: 4, budget: 10, length: 894 });
		expect([pitch, bed, lead]).toEqual([24, 240, 96]);
	});

	test("a bin is as long as the mean tick of its calls, split by share", () => {
		const bin = lineGeometry(marksOf(1000, "srrs"), { calls: 1000, budget: 1000, length: 500 }).ticks;
		const first = bin.filter(({ at }) => at === 1);
		expect(first.map(({ kind, long }) => [kind, Math.round(long * 30 * 100) / 100])).toEqual([
			["search", 15],
			["read", 8.5],
		]);
		expect(first[1]?.from).toBe(first[0]?.long);
	});

	test("bins lose no call and the ink is bounded by the pixels", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 100, max: 1200 }), (calls, length) => {
				const { ticks, pitch, lead, bed } = lineGeometry(marksOf(calls), { calls, budget: calls, length });
				expect(ticks.length).toBeLessThanOrEqual(3 * length + 3);
				expect(lead).toBeCloseTo(bed);
				expect(ticks.at(-1)?.at ?? 0).toBeGreaterThan(bed - Math.max(2, pitch) - 2);
				expect(ticks.every(({ from, long }) => long > 0 && from + long <= 1.000001)).toBe(true);
			}),
			{ numRuns: 60 },
		);
	});

	test("notches keep their distance and an error wins over a rollback", () => {
		const marks = { ...marksOf(600), errors: [100, 101, 200], rollbacks: [99, 150, 152, 199] };
		const { errors, rollbacks, pitch } = lineGeometry(marks, { calls: 600, budget: 600, length: 900 });
		expect(errors).toEqual([100 * pitch, 200 * pitch]);
		expect(rollbacks).toEqual([150.5 * pitch]);
	});

	test("an error or a new source is never lost in a bin", () => {
		const marks = { ...marksOf(50_000), errors: [7, 31_337], newSources: [1, 2, 3, 49_999] };
		const { errors, newSources } = lineGeometry(marks, { calls: 50_000, budget: 50_000, length: 894 });
		expect(errors).toHaveLength(2);
		expect(newSources).toEqual([1, 893]);
	});

	test.each([
		[10, [0, 2, 4, 6, 8, 10]],
		[25, [0, 5, 10, 15, 20, 25]],
		[143, [0, 50, 100, 143]],
		[600, [0, 100, 200, 300, 400, 500, 600]],
		[5000, [0, 1000, 2000, 3000, 4000, 5000]],
		[1, [0, 1]],
	])("the scale of %i", (budget, numbers) => expect(scaleNumbers(budget)).toEqual(numbers));
});
