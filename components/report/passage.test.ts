import { describe, expect, test } from "vitest";
import { findPassage, pageBody } from "./passage";

const page = `# Notes on soundings
url: https://ship-logs.example/notes
part: characters 0 to 500 of 500

The line is run out by hand from the reel. While the sinkers pull, the interval grows slowly and evenly. When they reach the bottom the interval lengthens at once, often by half as much again. The officer then calls the mark. Dinner was served at six.

## Links
- [The interval lengthens at once](https://other.example/) — The interval lengthens at once at the bottom.`;

const hits = (text: string, claim: string) =>
	findPassage(text, [claim])
		.pieces.filter(({ isHit }) => isHit)
		.map((piece) => piece.text.trim());

describe("the passage a claim rests on", () => {
	test("is the sentence that shares the rare words, with its neighbours around it", () => {
		const claim = "The officers judged the bottom by time: the interval between marks lengthened at once.";
		expect(hits(page, claim)).toEqual([
			"When they reach the bottom the interval lengthens at once, often by half as much again.",
		]);
		expect(findPassage(page, [claim]).pieces.map(({ isHit }) => isHit)).toEqual([false, true, false]);
	});

	test("is looked for in the page itself, not in the head or the links the tool adds", () => {
		expect(pageBody(page)).not.toContain("Links");
		expect(pageBody(page).startsWith("The line is run out")).toBe(true);
		expect(pageBody("No head here.\n\n## Links\nsome prose")).toBe("No head here.\n\n## Links\nsome prose");
	});

	test("says so when nothing is near, and shows the beginning", () => {
		const found = findPassage(page, ["Quarterly revenue rose 12 % in Ohio"]);
		expect(found.isClose).toBe(false);
		expect(found.pieces[0]?.text).toContain("The line is run out by hand");
	});

	test("falls back to the next claim when the first is not in the page", () => {
		const claims = ["Revenue rose in Ohio.", "The line is run out by hand from a reel. Revenue rose in Ohio."];
		const [hit] = findPassage(page, claims).pieces.filter(({ isHit }) => isHit);
		expect(hit?.text.trim()).toBe("The line is run out by hand from the reel.");
	});

	test("works without spaces between words", () => {
		const text =
			"船は一八七五年に出港した。測深線は手で繰り出された。底に達すると間隔が急に長くなる。夕食は六時だった。";
		expect(hits(text, "底に達したとき間隔が長くなった")).toEqual(["底に達すると間隔が急に長くなる。"]);
	});

	test("takes a page without text", () => {
		expect(findPassage("", ["anything"])).toEqual({ pieces: [], isClose: false });
	});
});
