import { unzipSync } from "fflate";
import { DOMParser } from "linkedom";
import { describe, expect, test } from "vitest";
import { paperOf } from "../../e2e/fixtures/paper";
import { reportDocx } from "./docx";

/** The files of a Word document that hold XML, by name; each is well-formed, or this throws. */
async function filesOf(text: Parameters<typeof paperOf>[0]): Promise<Record<string, string>> {
	const zip = unzipSync(new Uint8Array(await reportDocx(paperOf(text))));
	const files = Object.entries(zip).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const);
	return Object.fromEntries(files);
}

const plain = (xml: string) => new DOMParser().parseFromString(xml, "text/xml").documentElement?.textContent ?? "";

const REPORT = `# Depth

It is **very *deep*** and \`code\` [1]. See [this](https://example.org/x?a=1&b=2).

1. one
   - nested
2. two

5. five

> quoted

| A | B |
|---|--:|
| 1 | 2 |

\`\`\`
let a = "<b>";
\`\`\`

![A chart](https://example.org/c.png) noted[^1].

[^1]: The footnote.`;

describe("a report as a Word document", () => {
	test("holds every text, and its structure", async () => {
		const files = await filesOf({ markdown: REPORT, boxed: "4,475 m" });
		const xml = files["word/document.xml"] ?? "";
		for (const [spacing] of files["word/styles.xml"]?.matchAll(/<w:spacing [^>]*w:line=[^>]*>/g) ?? [])
			expect(spacing).toContain('w:lineRule="auto"');
		const said = plain(xml);
		for (const text of [
			"How deep is it?",
			"4,475 m",
			"Depth",
			"nested",
			"five",
			"quoted",
			'let a = "<b>";',
			"Image: A chart",
		])
			expect(said).toContain(text);
		expect(xml).toMatch(/<w:pStyle w:val="Heading1"\/>.*?Depth/);
		expect(xml).toMatch(/<w:hyperlink[^>]*w:anchor="reference-1"[^>]*>.*?superscript.*?\[1\]/);
		expect(xml).toContain('<w:bookmarkStart w:name="reference-1"');
		expect(xml).toContain("<w:tbl>");
		expect(xml).toContain('<w:jc w:val="right"/>');
		expect(xml).toContain('<w:ilvl w:val="1"/>');
		expect(said).toContain("A deep <page>");
		expect(said).toContain("https://example.org/deep?a=1&b=2");
		expect(plain(files["word/footnotes.xml"] ?? "")).toContain("The footnote.");
		expect(files["word/_rels/document.xml.rels"]).toContain('Target="https://example.org/x?a=1&amp;b=2"');
		expect(files["docProps/core.xml"]).toContain("<dc:title>How deep is it?</dc:title>");
	});

	test("numbers each list from where it begins", async () => {
		const numbering = (await filesOf({ markdown: "5. five\n6. six" }))["word/numbering.xml"] ?? "";
		expect(numbering).toContain('<w:start w:val="5"/>');
	});

	test("is valid XML whatever the report holds", async () => {
		const hostile = "a\0b \ud800 c ]]> d \u0001\u000b\uffff <w:p> &amp; & \" ' \udc00";
		const files = await filesOf({
			markdown: `${hostile}\n\n\`${hostile}\``,
			title: hostile,
			boxed: hostile,
			url: `https://e.org/"<${hostile}`,
		});
		const forbidden = /(?![\t\n\r])[\p{Cc}\p{Cs}]|[\ufffe\uffff]/u;
		for (const [name, xml] of Object.entries(files)) {
			expect(xml, name).not.toMatch(forbidden);
			expect(unescaped(xml), name).toEqual([]);
		}
		expect(plain(files["word/document.xml"] ?? "")).toContain("a\ufffdb \ufffd c ]]> d");
	});

	test("survives what is nested thousands deep", async () => {
		const files = await filesOf({ markdown: `${">".repeat(3000)} deep\n\n${"- ".repeat(800)}down` });
		expect(files["word/document.xml"]).toContain("deep");
	});
});

/** Markup signs that stand in a text or an attribute as they are: what makes XML ill-formed. */
function unescaped(xml: string): string[] {
	const rest = xml.replace(/<\?xml[^>]*\?>|<\/?[\w:]+(?:\s+[\w:]+="[^"<]*")*\s*\/?>/g, "\n");
	return [...rest.matchAll(/<|\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/gi)].map(
		({ 0: found, index }) => `${found} at ${rest.slice(index - 20, index + 20)}`,
	);
}
