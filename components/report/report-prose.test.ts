import { readFileSync } from "node:fs";
import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { activeHtml, activeMarkdown, activeTexts, SHADOWS } from "../../e2e/fixtures/harm";
import { rowsOf, testData } from "../../e2e/test-data";
import messages from "../../lib/i18n/en.json";
import { ReportProse } from "./report-prose";

const EVIL = "http://evil.example";
const payloads = [...activeMarkdown(EVIL), ...activeTexts(EVIL), ...activeHtml(EVIL)];
const folder = testData("security-cases");

/** A report as it is drawn, on the server as in the browser. */
const drawn = (markdown: string): string =>
	renderToStaticMarkup(
		createElement(
			NextIntlClientProvider,
			{ locale: "en", messages, timeZone: "UTC" } as Parameters<typeof NextIntlClientProvider>[0],
			createElement(ReportProse, { markdown, citations: [], cite: () => null }),
		),
	);

const TAGS =
	/^(?:div|span|p|h[1-6]|a|ul|ol|li|input|table|thead|tbody|tr|th|td|pre|code|blockquote|em|strong|del|br|hr|sup|section|svg|path|line)$/;
const NAMES =
	/^(?:class|dir|href|target|rel|id|type|checked|disabled|start|style|aria-[a-z]+|data-footnote[a-z-]*|role|xmlns|width|height|viewBox|fill|stroke[a-z-]*|d|x[12]|y[12])$/;
/** The label above the notes has a name of its own. */
const OWN_ID = /^(?:user-content-|footnote-label$)/;
const ADDRESS = /^(?:https?:\/\/|mailto:|#user-content-)/;

/** What stands in the drawn report that no text may bring; React writes every sign of a text so that it is none of HTML. */
function wrongIn(html: string): string[] {
	const wrong: string[] = [];
	for (const [, tag = "", rest = ""] of html.matchAll(/<([a-z][\w-]*)((?:"[^"]*"|[^">])*)>/gi)) {
		if (!TAGS.test(tag)) wrong.push(tag);
		for (const [, name = "", value = ""] of rest.matchAll(/([\w:-]+)="([^"]*)"/g)) {
			const isRight =
				NAMES.test(name) &&
				(name !== "href" || ADDRESS.test(value)) &&
				(name !== "style" || /^text-align:(?:left|right|center)$/.test(value)) &&
				(name !== "id" || OWN_ID.test(value)) &&
				(name !== "class" || !value.includes("smuggled"));
			if (!isRight) wrong.push(`${tag} ${name}=${value.slice(0, 60)}`);
		}
	}
	return wrong;
}

describe("what a report draws", () => {
	test("XSS-01 XSS-11 INJ-03 B061: of every payload, alone and among others, nothing but text and safe links", () => {
		const faults = [...payloads, payloads.join("\n\n"), payloads.join(" ")].flatMap((payload) =>
			wrongIn(drawn(payload)),
		);
		expect(faults).toEqual([]);
		expect(drawn(payloads.join("\n\n"))).toContain("<a href=");
	});

	test("XSS-09: of a payload that is still being written, the same wherever its marks are cut", () => {
		const beginnings = payloads.flatMap((payload) =>
			[...payload.matchAll(/[^\w\s](?=[\w\s])/g)].map(({ index }) => payload.slice(0, index + 1)),
		);
		const faults = beginnings.flatMap((text) => wrongIn(drawn(text)).map((fault) => `${fault} in ${text}`));
		expect(faults).toEqual([]);
		expect(beginnings.length).toBeGreaterThan(600);
	});

	test("XSS-07: notes and headings that are called like the page's own get names apart", () => {
		const notes = SHADOWS.map((name) => `A note[^${name}].\n\n[^${name}]: ${name}`).join("\n\n");
		const ids = [...drawn(`${notes}\n\n# body\n\n## constructor`).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
		expect(ids.length).toBeGreaterThan(SHADOWS.length);
		expect(ids.filter((id = "") => !OWN_ID.test(id))).toEqual([]);
	});

	test.skipIf(!folder)("XSS-01: the same of the public lists (needs SOUNDINGS_TEST_DATA)", () => {
		const lines = readFileSync(`${folder}/xss-payload-list.txt`, "utf8").split("\n").filter(Boolean);
		const cases = rowsOf<{ payload: string }>(folder ?? "", "dompurify_expect.jsonl").map(({ payload }) => payload);
		const chunks = Array.from({ length: Math.ceil(lines.length / 20) }, (_, at) => lines.slice(at * 20, at * 20 + 20));
		const texts = [...cases, ...chunks.map((chunk) => chunk.join("\n\n"))];
		expect(lines.length + cases.length).toBeGreaterThan(3000);
		expect(texts.flatMap((payload) => wrongIn(drawn(payload)))).toEqual([]);
	});
});
