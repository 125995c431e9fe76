import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import Markdown from "react-markdown";
import { describe, expect, test } from "vitest";
import { citeMarks } from "./cite-marks";

type CiteProps = { n?: number; claim?: string; before?: string; children?: ReactNode };

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
});
