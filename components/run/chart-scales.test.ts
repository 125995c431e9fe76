import { describe, expect, test } from "vitest";
import { PAD, scalesFor } from "./chart-scales";

const points = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, at) => [from + at, 10 * at] as const);
const frame = { first: 0, width: 600, limit: undefined };

describe("the scales of a chart", () => {
	test("begin where the range of calls begins and end at its last point", () => {
		const { x, last } = scalesFor([{ points: points(120, 180) }], { ...frame, first: 120 });
		expect(last).toBe(180);
		expect(x(120)).toBe(PAD.left);
		expect(x(180)).toBe(600 - PAD.right);
	});

	test("have a width for a single call, and for none", () => {
		for (const series of [[{ points: points(7, 7) }], [{ points: [] }]]) {
			const { x } = scalesFor(series, { ...frame, first: 7 });
			expect([x(7), x(8)]).toEqual([PAD.left, 600 - PAD.right]);
		}
	});

	test("make room for a limit near the values, not for one far above them", () => {
		const series = [{ points: points(0, 10) }];
		expect(scalesFor(series, { ...frame, limit: 150 }).top).toBe(150);
		expect(scalesFor(series, { ...frame, limit: 250 }).top).toBe(100);
	});
});
