import { describe, expect, test } from "vitest";
import type { CallBrief, RowBrief } from "./brief";
import { itemsOf } from "./rows-shown";

const call = (n: number, extra: Partial<CallBrief> = {}): CallBrief => ({
	n,
	kind: "search",
	label: "x",
	isError: false,
	...extra,
});
const calls = {
	a: Array.from({ length: 60 }, (_, at) => call(at + 1, at === 45 ? { waste: "duplicate" } : {})),
	b: Array.from({ length: 50 }, (_, at) => call(at + 1)),
};
const rows: RowBrief[] = [
	...Array.from({ length: 40 }, (_, at): RowBrief => [at, at, "query", 1]),
	...Array.from({ length: 20 }, (_, at): RowBrief => [at + 40, -1]),
	...Array.from({ length: 10 }, (_, at): RowBrief => [-1, at + 40]),
];

describe("rows of a comparison", () => {
	test("at first those around the place where the runs part; the others are counted", () => {
		const items = itemsOf({ rows, calls }, "around", 40);
		expect(items[0]).toEqual({
			kind: "fold",
			from: 0,
			to: 36,
			counts: { n: 36, same: 36, alike: 0, onlyA: 0, onlyB: 0 },
		});
		expect(items.findIndex(({ kind }) => kind === "divergence")).toBe(5);
		expect(items.at(-1)).toMatchObject({ kind: "fold", counts: { n: 20, onlyA: 10, onlyB: 10 } });
	});

	test("under a filter only its rows; every row is in one of them", () => {
		const shown = (filter: "all" | "differences" | "wasted") =>
			itemsOf({ rows, calls }, filter, 40).flatMap((item) => (item.kind === "row" ? [item.row] : []));
		expect(shown("all")).toHaveLength(70);
		expect(shown("differences")).toEqual(Array.from({ length: 30 }, (_, at) => at + 40));
		expect(shown("wasted")).toEqual([45]);
	});

	test("runs that part only in their answers say so at the end", () => {
		expect(itemsOf({ rows: rows.slice(0, 5), calls }, "all", 5).at(-1)).toEqual({ kind: "divergence" });
	});
});
