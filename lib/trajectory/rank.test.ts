import fc from "fast-check";
import { expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { passagesOf, rankSentences, termsOf } from "./rank";

const filler = (n: number) =>
	Array.from({ length: n }, (_, at) => `Line ${at} speaks of weather and of roads.`).join("\n\n");

test("keeps what bears on the goal and its neighbours, in the page's order", () => {
	const page = `${filler(40)}\n\nThe harbour was founded in 1704. Its founder was Ines Vale. She came from the north.\n\n${filler(40)}`;
	const kept = rankSentences(page, "Who founded the harbour?", { maxCharacters: 120 });
	expect(kept).toContain("The harbour was founded in 1704. Its founder was Ines Vale.");
	expect(kept).not.toContain("Line 3 ");
});

test("takes tables by rows and leaves rules out", () => {
	const table = ["| Year | Winner |", "|---|---|", "| 2001 | Amara |", "| 2002 | Bento |"].join("\n");
	expect(passagesOf(table).map(({ text }) => text)).toEqual([
		"| Year | Winner |",
		"| 2001 | Amara |",
		"| 2002 | Bento |",
	]);
	expect(rankSentences(`${filler(20)}\n\n${table}`, "winner of 2002 Bento", { maxCharacters: 40 })).toContain("Bento");
});

test("joins lines broken by hand, keeps code whole, does not stop at initials", () => {
	const passages = passagesOf(
		"The book was written by J. R. Stone\nin a small house by the sea near the town.\n\n```js\nconst a = 1;\n\nrun(a);\n```\n",
	);
	expect(passages.map(({ kind, text }) => [kind, text])).toEqual([
		["sentence", "The book was written by J. R. Stone in a small house by the sea near the town."],
		["code", "const a = 1;\n\nrun(a);"],
	]);
});

test("compares words without case, accents and endings, and cuts scripts without blanks into words", () => {
	expect(termsOf("Directed")).toEqual(termsOf("director"));
	expect(termsOf("Peña")).toEqual(termsOf("PENA"));
	expect(termsOf("bodySizeLimit")).toEqual(expect.arrayContaining(termsOf("body size limit")));
	expect(termsOf("北京大学在哪里").length).toBeGreaterThan(1);
});

test("never exceeds its limit and copies whole passages only", () => {
	const sentence = fc.constantFrom(
		"The mill burned down.",
		"A bridge was built in 1820 by Ana Lund!",
		"水车在河边。",
		"| a | mill |",
		"## Mill",
	);
	fc.assert(
		fc.property(
			fc.array(sentence, { minLength: 1, maxLength: 60 }),
			fc.integer({ min: 60, max: 400 }),
			(parts, maxCharacters) => {
				const page = parts.join("\n\n");
				const kept = rankSentences(page, "when was the mill built", { maxCharacters });
				expect(kept.length).toBeLessThanOrEqual(maxCharacters);
				for (const part of kept.split(/\n+/)) expect(page).toContain(part.slice(0, 12));
			},
		),
	);
});

test("takes time in proportion to the page", () => {
	const timed = (n: number) => {
		const page = filler(n);
		const since = processorTime();
		rankSentences(page, "roads in line 77", { maxCharacters: 2000 });
		return processorTime() - since;
	};
	timed(2000);
	expect(timed(16_000)).toBeLessThan(12 * Math.max(4, timed(4000)));
});
