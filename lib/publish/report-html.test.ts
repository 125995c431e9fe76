import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { paperOf } from "../../e2e/fixtures/paper";
import { rowsOf, testData } from "../../e2e/test-data";
import { reportHtml } from "./report-html";

const cases = testData("security-cases");
const lines = cases ? readFileSync(join(cases, "xss-payload-list.txt"), "utf8").split("\n").filter(Boolean) : [];
const purified = cases
	? rowsOf<{ payload: string }>(cases, "dompurify_expect.jsonl").map(({ payload }) => payload)
	: [];

const ELEMENTS = new Set(
	"html head meta title style body main header article section div h1 h2 h3 h4 h5 h6 p span ul ol li a sup blockquote code pre table thead tbody tr th td hr br strong em del details summary input".split(
		" ",
	),
);
const ATTRIBUTES = new Set(
	"lang charset http-equiv content name dir class id href rel role align start type checked disabled aria-label aria-labelledby aria-describedby data-footnote-ref data-footnote-backref data-footnotes".split(
		" ",
	),
);

/** What stands in a document that may not, as a reader's parser sees it. */
function faults(html: string): string[] {
	const { document } = parseHTML(html);
	return [...document.querySelectorAll("*")].flatMap((node) => {
		const name = node.localName;
		const attributes = [...node.attributes].filter(({ name }) => !ATTRIBUTES.has(name));
		const href = node.getAttribute("href") ?? "#";
		return [
			...(ELEMENTS.has(name) ? [] : [`<${name}>`]),
			...attributes.map((attribute) => `${name} ${attribute.name}=${attribute.value}`),
			...(/^(?:https?:|mailto:|#)/.test(href) ? [] : [`href ${href}`]),
			...(name === "style" && node.textContent?.includes("url(") ? ["url() in the style"] : []),
		];
	});
}

const withAnswer = (markdown: string) =>
	paperOf({ markdown, title: markdown.slice(0, 200), page: markdown.slice(0, 2000) });
/** A payload as a report could hold it: as text, in a link, an image, code, a table, a heading. */
const everywhere = (payload: string) =>
	`${payload}\n\n[a](${payload}) [b](<${payload}>) ![${payload}](${payload})\n\n\`\`\`${payload}\n${payload}\n\`\`\`\n\n| ${payload} |\n|---|\n| ${payload} |\n\n# ${payload}\n\n[x]: ${payload}\n\n[x] ![x]`;

describe("an exported report", () => {
	test("holds the answer, its marks as links to the list, and the pages as read", () => {
		const html = reportHtml(
			paperOf({ markdown: "# Depth\n\nIt is **deep** [1].\n\n- one\n  - two", page: "As <read>." }),
		);
		const { document } = parseHTML(html);
		const marked = document.querySelector('article sup a[href="#reference-1"]');
		expect(marked?.textContent).toBe("[1]");
		expect(document.querySelector("#reference-1")?.textContent).toContain("https://example.org/deep?a=1&b=2");
		expect(document.querySelector("#reference-1")?.textContent).toContain("2024-05-01");
		expect(document.querySelector("details pre")?.textContent).toBe("As <read>.");
		expect(document.querySelectorAll("h1")).toHaveLength(1);
		expect(document.querySelector("article h2")?.textContent).toBe("Depth");
		expect(document.querySelector("article li li")?.textContent).toBe("two");
		expect(document.querySelector("meta[http-equiv]")?.getAttribute("content")).toMatch(/^default-src 'none';/);
		expect(faults(html)).toEqual([]);
	});

	test("B063 INJ-04: has no image of elsewhere: its description, linked, stands for it", () => {
		const { document } = parseHTML(reportHtml(paperOf({ markdown: "![A chart](https://example.org/c.png)" })));
		expect(document.querySelector("img")).toBeNull();
		expect(document.querySelector("article a")?.textContent).toBe("Image: A chart");
	});

	test("B062 XSS-02: links nothing but web, mail and its own entries", () => {
		const html = reportHtml(paperOf({ markdown: "[a](javascript:alert(1)) [b](data:text/html,x) [c](/etc/passwd)" }));
		expect(parseHTML(html).document.querySelector("article a")).toBeNull();
	});

	test("B067 XSS-08: survives what is nested thousands deep", () => {
		const html = reportHtml(paperOf({ markdown: `${">".repeat(3000)} deep\n\n${"*a **b ".repeat(1500)}` }));
		expect(html).toContain("deep");
	});

	test.skipIf(!cases)(
		"lets no payload through, wherever it stands",
		() => {
			expect(lines.length + purified.length).toBeGreaterThan(3000);
			for (const payload of purified) expect(faults(reportHtml(withAnswer(everywhere(payload)))), payload).toEqual([]);
			for (let at = 0; at < lines.length; at += 40) {
				const some = lines.slice(at, at + 40);
				expect(faults(reportHtml(withAnswer(some.map(everywhere).join("\n\n")))), some.join("\n")).toEqual([]);
			}
		},
		90_000,
	);
});
