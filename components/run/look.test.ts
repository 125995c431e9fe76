import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import { callMarks } from "../../lib/trajectory/call-marks";
import { ROLLBACK_REASONS } from "../../lib/trajectory/rollback";
import type { CallRow } from "../../lib/trajectory/row";
import { viewOf } from "../../lib/trajectory/view";
import { nextPlace, placesOf } from "./found-rows";
import { lookOf, writeLook } from "./look-query";
import { hostLabel, rowMs } from "./row-facts";
import { CALL_STATUSES, choicesOf, filterRows, ROW_MARKS, ROW_REMARKS, type RowFilter } from "./row-filter";
import { foldRows, listAround, listRows, positionOf, shortRange } from "./row-items";

const events = makeTrajectory({ calls: 300, seed: 11 });
const { rows, remarks, calls } = viewOf(events);
const context = { marks: callMarks(rows), remarks };
const under = (filter: Partial<RowFilter>, of = context) =>
	(filterRows(rows, { chips: [], ...filter }, of) ?? []).flatMap((index) => rows[index] ?? []);
const callsUnder = (filter: Partial<RowFilter>) => under(filter).filter((row): row is CallRow => row.kind === "call");

describe("filters of the timeline", () => {
	test("each narrows to the rows that have it, and to all of them", () => {
		expect(callsUnder({ status: "error" })).toHaveLength(
			rows.filter((row) => row.kind === "call" && row.status === "error" && !row.rolledBack).length,
		);
		expect(under({ seconds: 3 }).every((row) => (rowMs(row) ?? 0) >= 3000)).toBe(true);
		expect(under({ seconds: 3 })).toHaveLength(rows.filter((row) => (rowMs(row) ?? 0) >= 3000).length);
		const [domain = ""] = choicesOf(rows).domains;
		const named = callsUnder({ domain });
		expect(named.length).toBeGreaterThan(3);
		expect(
			named.every(({ call, sources }) =>
				[String(call.args.url ?? ""), ...sources.map(({ url }) => url)].some((url) => hostLabel(url) === domain),
			),
		).toBe(true);
		const [cause] = choicesOf(rows).causes;
		expect(cause).toBeDefined();
		expect(
			under({ ...(cause && { cause }) }).every((row) => "rolledBack" in row && row.rolledBack?.reason === cause),
		).toBe(true);
	});

	test("marks: a new source, asked before, opened before", () => {
		expect(callsUnder({ mark: "new" }).every(({ sources }) => sources.some(({ firstSeen }) => firstSeen))).toBe(true);
		const again = callsUnder({ mark: "refetch" });
		expect(again.length).toBeGreaterThan(0);
		expect(again.every(({ call }) => call.name === "read_page")).toBe(true);
		const duplicates = callsUnder({ mark: "duplicate" });
		expect(duplicates.length).toBeGreaterThan(0);
		expect(duplicates.some(({ call }) => call.name === "read_page")).toBe(false);
	});

	test("a range of calls takes the rows between them along; filters narrow each other", () => {
		const numbers = callsUnder({ range: { from: 61, to: 120 } }).flatMap(({ n }) => n ?? []);
		expect(numbers).toEqual(Array.from({ length: 60 }, (_, at) => at + 61));
		const both = callsUnder({ range: { from: 61, to: 120 }, chips: ["tool read_page"] });
		expect(both.length).toBeLessThan(60);
		expect(both.every(({ call, n = 0 }) => call.name === "read_page" && n > 60 && n <= 120)).toBe(true);
	});

	test("notes and labels", () => {
		const target = rows.find((row) => row.kind === "call" && row.n === 5);
		const seq = target?.kind === "call" ? (target.resultSeq ?? 0) : 0;
		const noted = { ...context, remarks: { ...remarks, labels: new Map([[seq, "good" as const]]) } };
		expect(under({ remark: "good" }, noted)).toEqual([target]);
		expect(under({ remark: "bad" }, noted)).toEqual([]);
	});
});

describe("the look in the address", () => {
	const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
	const word = fc
		.string({ unit: "grapheme", minLength: 1, maxLength: 20 })
		.map((text) => text.trim())
		.filter(Boolean);
	const looks = fc.record({
		chips: fc.uniqueArray(
			fc.oneof(
				word.map((name) => `tool ${name}`),
				fc.constantFrom("errors", "rolled back"),
			),
			{ maxLength: 4 },
		),
		status: maybe(fc.constantFrom(...CALL_STATUSES)),
		domain: maybe(word),
		cause: maybe(fc.constantFrom(...ROLLBACK_REASONS)),
		seconds: maybe(fc.integer({ min: 1, max: 9999 })),
		tokens: maybe(fc.integer({ min: 1, max: 999_999 })),
		mark: maybe(fc.constantFrom(...ROW_MARKS)),
		remark: maybe(fc.constantFrom(...ROW_REMARKS)),
		range: maybe(fc.record({ from: fc.integer({ min: 1, max: 99 }), to: fc.integer({ min: 99, max: 50_000 }) })),
	});

	test("is read back as it was written", () => {
		fc.assert(
			fc.property(
				looks,
				fc.option(word, { nil: "" }),
				fc.boolean(),
				fc.boolean(),
				(made, find, isGrouped, isPastOpen) => {
					const filter = Object.fromEntries(
						Object.entries(made).filter(([, value]) => value !== undefined),
					) as unknown as RowFilter;
					const query = new URLSearchParams();
					writeLook({ filter, find, isGrouped, isPastOpen }, query);
					const values = Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
					const read = lookOf(values);
					expect({ ...read.filter, chips: [...read.filter.chips].sort() }).toEqual({
						...filter,
						chips: [...filter.chips].sort(),
					});
					expect([read.find, read.isGrouped, read.isPastOpen]).toEqual([find, isGrouped, isPastOpen]);
				},
			),
		);
	});

	test("nonsense means nothing", () => {
		const nonsense = {
			status: "fine",
			cause: "x",
			seconds: "-1",
			tokens: "1e9",
			calls: "9",
			mark: ["a", "b"],
			group: "yes",
			past: "2",
		};
		expect(lookOf(nonsense)).toEqual({ filter: { chips: [] }, find: "", isGrouped: false, isPastOpen: false });
		expect(lookOf({ calls: "120-61" }).filter.range).toEqual({ from: 61, to: 120 });
	});
});

describe("folding", () => {
	const closed = { opened: new Set<number>(), cursor: undefined };

	test("closed groups stand for their rows: none is lost, none twice, in order", () => {
		const items = foldRows(rows, undefined, closed);
		expect(items.flatMap(({ index, group }) => group?.indices ?? [index])).toEqual(rows.map((_, index) => index));
		const groups = items.flatMap(({ group }) => group ?? []);
		expect(groups.length).toBeGreaterThan(3);
		for (const group of groups) expect(group.indices.length).toBeGreaterThanOrEqual(3);
	});

	test("a group opens in place, by hand or around the cursor; its rows can be found", () => {
		const group = foldRows(rows, undefined, closed).find((item) => item.group)?.group;
		const [first = 0, second = 0] = group?.indices ?? [];
		const items = foldRows(rows, undefined, { opened: new Set(), cursor: second });
		expect(foldRows(rows, undefined, { opened: new Set([first]), cursor: undefined })).toEqual(items);
		const at = positionOf(items, second) ?? 0;
		expect(items[at]).toEqual({ index: second });
		expect(items[at - 2]).toMatchObject({ group: { indices: group?.indices }, isOpen: true });
		expect(positionOf(foldRows(rows, undefined, closed), second)).toBe(at - 2);
	});

	test("what failed, was rolled back or still runs stands by itself", () => {
		const inside = foldRows(rows, undefined, closed).flatMap(({ group }) => group?.indices ?? []);
		for (const index of inside) {
			const row = rows[index];
			expect(row?.kind === "call" && !row.rolledBack && row.status !== "error").toBe(true);
		}
	});

	test("attempts before the last are folded, each with its calls", () => {
		const restarted = rows.flatMap((row, at) =>
			at === 100 ? [{ kind: "attempt" as const, key: 0.5, attempt: 2, carried: "what was learned" }, row] : [row],
		);
		const [head, ...rest] = foldRows(restarted, undefined, closed);
		expect(head?.group).toMatchObject({ kind: "attempt", attempt: 1 });
		expect(head?.group?.indices).toHaveLength(100);
		expect(rest[0]).toEqual({ index: 100 });
	});

	describe("a shared past", () => {
		const past = 90;
		const listing = { past, isPastOpen: false, isGrouped: false, ...closed };
		const calls = rows.slice(0, past).filter((row) => row.kind === "call" && row.n !== undefined).length;
		const own = rows.map((_, index) => ({ index })).slice(past);

		test("stands behind one head; what is the run's own stands as it did", () => {
			const indices = Array.from({ length: past }, (_, index) => index);
			const head = { index: 0, group: { kind: "past", calls, indices }, isOpen: false };
			expect(listRows(rows, undefined, listing)).toEqual([head, ...own]);
			expect(positionOf(listRows(rows, undefined, listing), 5)).toBe(0);
		});

		test("is listed in the same way when only some of the rows are here", () => {
			for (const isPastOpen of [false, true]) {
				const listed = listRows(rows, undefined, { ...listing, isPastOpen });
				expect(listAround({ rows: past, calls }, rows.length, isPastOpen)).toEqual(listed);
			}
		});

		test("opens by hand or around the cursor, with its own groups inside", () => {
			const opened = listRows(rows, undefined, { ...listing, isPastOpen: true });
			expect(opened.slice(1)).toEqual(rows.map((_, index) => ({ index })));
			expect(listRows(rows, undefined, { ...listing, cursor: 7 })).toEqual(opened);
			expect(listRows(rows, undefined, { ...listing, cursor: past })).toHaveLength(own.length + 1);
			const grouped = listRows(rows, undefined, { ...listing, isPastOpen: true, isGrouped: true });
			expect(grouped.slice(1)).toEqual([
				...foldRows(rows, [...rows.keys()].slice(0, past), closed),
				...foldRows(rows, [...rows.keys()].slice(past), closed),
			]);
			const inner = grouped.findIndex(({ group }) => group?.kind === "tool");
			expect(positionOf(grouped, (grouped[inner]?.group?.indices ?? [])[1] ?? 0)).toBe(inner);
		});

		test("is not folded where a filter shows nothing else, or where no call is shared", () => {
			expect(listRows(rows, [3, 4], listing)).toEqual([{ index: 3 }, { index: 4 }]);
			expect(listRows(rows, [3, 4, past], listing)).toMatchObject([{ group: { kind: "past" } }, { index: past }]);
			expect(listRows(rows, undefined, { ...listing, past: 0 })).toEqual(rows.map((_, index) => ({ index })));
		});
	});

	test("numbers are shortened by what they share", () => {
		expect([shortRange(131, 133), shortRange(98, 102), shortRange(5, 9), shortRange(1309, 1312)]).toEqual([
			"131–3",
			"98–102",
			"5–9",
			"1309–12",
		]);
	});
});

describe("places that were found", () => {
	const hit = { part: "thought" as const, offset: 0, count: 1, before: "", match: "x", after: "" };

	test("stand at the row of their reply, result or note, and are stepped through in order", () => {
		const three = [7, 3, 250].map((n) => rows.findIndex((row) => row.kind === "call" && row.n === n));
		const [seventh, third, late] = three.map((index) => rows[index] as CallRow);
		const hits = [
			{ ...hit, seq: seventh?.replySeq ?? 0 },
			{ ...hit, seq: late?.resultSeq ?? 0, part: "result" as const },
			{ ...hit, seq: 99_999, target: third?.resultSeq ?? 0, part: "note" as const },
		];
		const places = placesOf(rows, hits, undefined);
		expect(places.map(({ index }) => index)).toEqual([three[1], three[0], three[2]]);
		expect(placesOf(rows, hits, [three[0] ?? 0]).map(({ index }) => index)).toEqual([three[0]]);
		expect(nextPlace(places, 1, { index: three[0] ?? 0 })).toBe(1);
		expect(nextPlace(places, -1, { index: 0 })).toBe(2);
		expect(nextPlace(places, 1, { at: 2, index: 0 })).toBe(0);
		expect(nextPlace([], 1, { index: 0 })).toBeUndefined();
	});

	test("a hit whose row is not here yet is left out", () => {
		expect(placesOf(rows.slice(0, 4), [{ ...hit, seq: events.length }], undefined)).toEqual([]);
		expect(calls).toBe(300);
	});
});
