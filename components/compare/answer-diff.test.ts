import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AnswerLine, diffAnswers } from "./answer-diff";

const marked = (lines: readonly AnswerLine[]) =>
	lines.flatMap(({ parts }) => parts.filter(({ isOwn }) => isOwn).map(({ text }) => text.trim()));
const read = (lines: readonly AnswerLine[]) => lines.map(({ parts }) => parts.map(({ text }) => text).join(""));

describe("two answers side by side", () => {
	test("marks the words that only one has", () => {
		const { a, b } = diffAnswers(
			"The interval lengthened. Echo sounders took over in the 1920s.",
			"The interval lengthened. Echo sounders took over between 1914 and 1927.",
		);
		expect(marked(a)).toEqual(["in the 1920s"]);
		expect(marked(b)).toEqual(["between 1914 and 1927"]);
	});

	test("words of a script without spaces", () => {
		const { a, b } = diffAnswers("挑战者号用绳索测量水深。", "挑战者号用钢丝测量水深。");
		expect(marked(a)).toEqual(["绳索"]);
		expect(marked(b)).toEqual(["钢丝"]);
	});

	test("the number of a citation is no difference, nor is the case of a word", () => {
		const { a, b } = diffAnswers("Rope was used [1]. It stretched [2].", "rope was used [3]. It stretched [1].");
		expect([...marked(a), ...marked(b)]).toEqual([]);
	});

	test("a rewritten sentence is one mark", () => {
		const { a } = diffAnswers(
			"Nobody knew how far off the line was in deep water.",
			"Errors of the wire are given by Tuscarora.",
		);
		expect(marked(a).length).toBeLessThan(3);
	});

	test("headings and items are lines of their own, without their signs", () => {
		const { a } = diffAnswers("## Method\n\n- **rope**\n* wire\n\nText [link](https://a.example).", "x");
		expect(a.map(({ kind }) => kind)).toEqual(["heading", "item", "item", "text"]);
		expect(read(a)).toEqual(["Method", "rope", "wire", "Text link."]);
	});

	test("a table is read cell by cell", () => {
		expect(read(diffAnswers("| Year | Depth |\n|---|:--|\n| 1874 | 4,475 |", "").a)).toEqual([
			"Year · Depth",
			"1874 · 4,475",
		]);
	});

	test("equal answers have no mark; whatever is marked, all of the text is there", () => {
		const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "水", "深", ".", "[1]"), maxLength: 60 });
		fc.assert(
			fc.property(text, text, (one, two) => {
				expect(marked(diffAnswers(one, one).a)).toEqual([]);
				const letters = (lines: string) => lines.replace(/\s+/g, "");
				expect(letters(read(diffAnswers(one, two).a).join(""))).toBe(letters(one));
			}),
		);
	});

	test("answers too unlike to compare in time are still shown", () => {
		const long = (word: string) => Array.from({ length: 9000 }, (_, n) => `${word}${(n * 7919) % 9001}`).join(" ");
		const { a, isMarked } = diffAnswers(long("a"), long("b"));
		expect(read(a).join("").length).toBeGreaterThan(10_000);
		expect(isMarked).toBe(false);
	});
});
