import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import Markdown from "react-markdown";
import { describe, expect, test } from "vitest";
import { statementsOf } from "../../components/report/statements";
import { type CiteProps, citeMarks, statementMarks } from "./cite-marks";

const countUncited = (markdown: string, numbers: ReadonlySet<number>) =>
	statementsOf(markdown, numbers).filter(({ n }) => n === undefined).length;

/** Renders a report with marks as `<n:claim>`, everything else as text. */
function rendered(markdown: string, numbers: number[]): string {
	const cite = ({ n, claim }: CiteProps) => createElement("b", null, `${n}:${claim}`);
	const html = renderToStaticMarkup(
		createElement(Markdown, { remarkPlugins: [citeMarks(new Set(numbers))], components: { cite } }, markdown),
	);
	return html.replaceAll("&#x27;", "'").replace(/<\/?p>/g, "");
}

describe("marks of a report", () => {
	test("become citations of the sentence they stand behind", () => {
		expect(rendered("It sank. It was *4,475* fathoms deep.[1] Nobody knew [2].", [1, 2])).toBe(
			"It sank. It was <em>4,475</em> fathoms deep.<b>1:It was 4,475 fathoms deep.</b> Nobody knew <b>2:Nobody knew</b>.",
		);
	});

	test("several marks in a row share their claim", () => {
		expect(rendered("First. Both say so.[1][3]", [1, 3])).toBe(
			"First. Both say so.<b>1:Both say so.</b><b>3:Both say so.</b>",
		);
	});

	test("a mark also covers what was said since the mark before it", () => {
		const cite = ({ before }: CiteProps) => createElement("b", null, before);
		const html = renderToStaticMarkup(
			createElement(
				Markdown,
				{ remarkPlugins: [citeMarks(new Set([1, 2]))], components: { cite } },
				"One. Two. [1] Three. Four. [2]",
			),
		);
		expect(html).toContain("<b>One. Two.</b>");
		expect(html).toContain("<b>Three. Four.</b>");
	});

	test("numbers that are no citations, and brackets in code, stay text", () => {
		expect(rendered("Item [7] and `a[1]`", [1])).toBe("Item [7] and <code>a[1]</code>");
	});

	test("a claim stays within its paragraph and may be Chinese", () => {
		expect(rendered("一。二\n\n三。底が深い[1]。", [1])).toBe("一。二\n三。底が深い<b>1:底が深い</b>。");
	});

	test("a statement without a source is marked at its end, a question, a lead-in and a fragment are not", () => {
		const report = [
			"# What is known about the depth of it",
			"It is deep, they say.[1] Nobody has ever been to the bottom of it.",
			"The ship came back in the spring of the year after.",
			"These are the soundings that were taken:",
			"But who would go there in a small boat?",
			"*Reports of the ship on its way › Soundings*",
			"- Short one.\n- It was sounded with wire in 1875.[1].",
		].join("\n\n");
		const cite = ({ n, claim }: CiteProps) => createElement("b", null, n === undefined ? `–${claim}` : n);
		const html = renderToStaticMarkup(
			createElement(Markdown, { remarkPlugins: [statementMarks(new Set([1]))], components: { cite } }, report),
		);
		expect(html.match(/–[^<]*/g)).toEqual([
			"–Nobody has ever been to the bottom of it.",
			"–The ship came back in the spring of the year after.",
		]);
		expect(countUncited(report, new Set([1]))).toBe(2);
		expect(countUncited("没有人到过那里的海底。它很深[1]。那艘船在第二年春天回来了。", new Set([1]))).toBe(1);
	});

	test("a report that cites nothing in its text is not marked all over", () => {
		expect(countUncited("Nobody has ever been to the bottom of it.", new Set([1]))).toBe(0);
	});
});
