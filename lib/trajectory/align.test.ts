import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { type AlignedRow, align } from "./align";
import { type Deed, deedOf } from "./deed";
import { Likeness, rarity } from "./likeness";
import type { RowSource } from "./row";

const source = (url: string): RowSource => ({ url, title: url, opened: false, firstSeen: true });
const search = (q: string, urls: string[] = [], name = "web_search") =>
	deedOf({ call: { id: "c", name, args: { q } }, sources: urls.map(source) });
const read = (url: string, args = {}) =>
	deedOf({ call: { id: "c", name: "read_page", args: { url, ...args } }, sources: [] });

const pairsOf = (rows: readonly AlignedRow[]) =>
	rows.flatMap((row) => (row.a !== undefined && row.b !== undefined ? [[row.a, row.b]] : []));
const relations = (rows: readonly AlignedRow[]) =>
	rows.map((row) => {
		if ("relation" in row) return row.relation;
		return row.b === undefined ? "a" : "b";
	});

const WORDS = ["depth", "sounding", "wire", "echo", "rope", "Challenger", "1874", "error", "sinker", "水深", "测量"];
const deeds = fc.array(
	fc.oneof(
		fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => search(words.join(" "))),
		fc.integer({ min: 1, max: 9 }).map((n) => read(`https://a.example/${n}`)),
	),
	{ maxLength: 24 },
);

describe("aligning two runs", () => {
	test("a run and itself: every call beside itself", () => {
		fc.assert(
			fc.property(deeds, (run) => {
				const { rows, score } = align(run, [...run]);
				expect(pairsOf(rows)).toEqual(run.map((_, at) => [at, at]));
				expect(score).toBeCloseTo(run.length);
			}),
		);
	});

	test("naming the runs the other way round turns the pairs and changes nothing else", () => {
		fc.assert(
			fc.property(deeds, deeds, (one, two) => {
				const there = align(one, two);
				const back = align(two, one);
				expect(pairsOf(back.rows).map(([a, b]) => [b, a])).toEqual(pairsOf(there.rows));
				expect(back.score).toBeCloseTo(there.score);
			}),
		);
	});

	test("of two pairings that are worth the same, one is chosen whichever run is named first", () => {
		const [p, q] = [read("https://a.example/p"), read("https://a.example/q")];
		const there = pairsOf(align([p, q], [q, p]).rows);
		expect(there).toHaveLength(1);
		expect(pairsOf(align([q, p], [p, q]).rows)).toEqual(there.map(([a, b]) => [b, a]));
	});

	test("every call of both runs stands in exactly one row, in its order", () => {
		fc.assert(
			fc.property(deeds, deeds, (one, two) => {
				const { rows } = align(one, two);
				expect(rows.flatMap(({ a }) => a ?? [])).toEqual(one.map((_, at) => at));
				expect(rows.flatMap(({ b }) => b ?? [])).toEqual(two.map((_, at) => at));
			}),
		);
	});

	test("no other way to pair the calls is worth more", () => {
		fc.assert(
			fc.property(short, short, (one, two) => {
				expect(align(one, two).score).toBeCloseTo(bestByTrying(one, two));
			}),
			{ numRuns: 1000 },
		);
	});

	test("the same address wins over the same place", () => {
		const one = [read("https://a.example/1"), read("https://a.example/2"), search("echo sounding")];
		const two = [
			search("rope length"),
			search("wire weight"),
			read("https://www.a.example/2/#top"),
			read("https://b.example/9"),
		];
		expect(pairsOf(align(one, two).rows)).toEqual([[1, 2]]);
		expect(relations(align(one, two).rows)).toEqual(["a", "b", "b", "page", "a", "b"]);
	});

	test("the same query in other spelling, a search for other words that found the same, a query that is only like it", () => {
		const urls = Array.from({ length: 6 }, (_, n) => `https://a.example/${n}`);
		const one = [
			search("Depth soundings, 1874"),
			search("rope", urls),
			search("Baillie rod detaching sinker", [], "library_search"),
		];
		const two = [
			search("depth sounding 1874"),
			search("hemp line", urls),
			search("Baillie sounding rod sinker release"),
		];
		const { rows } = align(one, two);
		expect(relations(rows)).toEqual(["query", "evidence", "alike"]);
		expect(rows[2]).toMatchObject({ a: 2, b: 2 });
	});

	test("queries that share only what all queries share are not alike", () => {
		const topic = "Challenger expedition";
		const one = ["wire", "rope", "sinker"].map((word) => search(`${topic} ${word}`));
		const two = ["patent", "echo", "ship"].map((word) => search(`${topic} ${word}`));
		expect(pairsOf(align(one, two).rows)).toEqual([]);
	});

	test("one long gap costs less than many short ones", () => {
		const same = Array.from({ length: 6 }, (_, n) => read(`https://a.example/${n}`));
		const strangers = Array.from({ length: 5 }, (_, n) => read(`https://b.example/${n}`));
		const once = [...same.slice(0, 3), ...strangers, ...same.slice(3)];
		const often = same.flatMap((deed, at) => [deed, ...strangers.slice(at, at + 1)]);
		expect(align(same, once).score).toBeGreaterThan(align(same, often).score + 0.7);
	});

	test("600 calls against 600 take well under 100 ms, 5,000 against 5,000 keep to a table of bytes", () => {
		const [one, two] = [made(600, 1), made(600, 2)];
		align(one, two);
		const before = processorTime();
		const { rows } = align(one, two);
		expect(processorTime() - before).toBeLessThan(100);
		expect(pairsOf(rows).length).toBeGreaterThan(10);
		expect(align(made(5000, 3), made(5000, 4)).cut).toBeUndefined();
	});

	test("runs too long for the table are cut, and say where", () => {
		const { rows, cut } = align(made(20_000, 5), made(9000, 6));
		expect(cut).toEqual({ a: 6000, b: 6000 });
		expect(rows.flatMap(({ a }) => a ?? [])).toHaveLength(6000);
	});

	test("what a fork shares costs nothing, however long it is", () => {
		const past = made(30_000, 7);
		const { rows, cut } = align([...past, read("https://a.example/x")], [...past, search("another way")]);
		expect(cut).toBeUndefined();
		expect(relations(rows).slice(-3)).toEqual([expect.any(String), "a", "b"]);
	});
});

const short = deeds.filter((run) => run.length <= 5);

/** Every way to pair two short runs, by what a gap costs and a pair is worth; the pairs' worth is asked of `align`. */
function bestByTrying(one: readonly Deed[], two: readonly Deed[]): number {
	const worth = new Map<string, number>();
	const likeness = new Likeness(one, two, rarity(one, two));
	const line = new Float64Array(two.length);
	one.forEach((_, i) => {
		likeness.row(i, line);
		for (let j = 0; j < two.length; j++) worth.set(`${i} ${j}`, line[j] ?? 0);
	});
	const opening = (last: string, gap: string) => (last === gap ? 0 : 0.2);
	const best = (i: number, j: number, last: "pair" | "a" | "b"): number => {
		if (i === one.length && j === two.length) return 0;
		const ways: number[] = [];
		const pair = worth.get(`${i} ${j}`) ?? 0;
		if (pair > 0) ways.push(pair + best(i + 1, j + 1, "pair"));
		if (i < one.length) ways.push(best(i + 1, j, "a") - 0.02 - opening(last, "a"));
		if (j < two.length) ways.push(best(i, j + 1, "b") - 0.02 - opening(last, "b"));
		return Math.max(...ways);
	};
	return best(0, 0, "pair");
}

function made(calls: number, seed: number): Deed[] {
	let state = seed;
	const random = () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return state / 2_147_483_648;
	};
	const word = () => `term${Math.floor(random() ** 2 * 400)}`;
	return Array.from({ length: calls }, () =>
		random() < 0.5
			? search(
					`Challenger ${word()} ${word()} ${word()}`,
					Array.from({ length: 8 }, () => `https://s.example/${Math.floor(random() * calls)}`),
				)
			: read(`https://a.example/${Math.floor(random() * calls)}`),
	);
}
