import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, test } from "vitest";
import { paperOf } from "../../e2e/fixtures/paper";
import { systemBrowser } from "../web/system-browser.mjs";
import { printPdf } from "./pdf";
import { reportHtml } from "./report-html";

const browser = systemBrowser();
const TITLE = "How deep <b>is</b> it?";

describe("a report as PDF", () => {
	test("holds title, claims and references, on numbered pages", async ({ skip }) => {
		skip(!browser, "There is no Chromium on this machine to print with; CHROMIUM names one.");
		const long = Array.from(
			{ length: 120 },
			(_, at) => `Claim ${at} stands here, and it is long enough to fill a line [1].`,
		);
		const printed = await printPdf(reportHtml(paperOf({ markdown: long.join("\n\n"), title: TITLE })), TITLE);
		if (!printed.ok) throw new Error(printed.detail);
		const document = await getDocumentProxy(printed.body as Uint8Array);
		const { text, totalPages } = await extractText(document);
		expect(totalPages).toBeGreaterThan(2);
		const all = text.join("\n");
		expect(all).toContain("Claim 0 stands here");
		expect(all).toContain("Claim 119 stands here");
		expect(all).toContain("A deep <page>");
		expect(all).toContain("https://example.org/deep?a=1&b=2");
		for (const [at, page] of text.entries()) {
			expect(page).toContain(TITLE);
			expect(page).toMatch(new RegExp(`${at + 1}\\s*/\\s*${totalPages}`));
		}
	}, 90_000);

	test("a browser that cannot be started is a result, and does not hold up the next", async () => {
		const [first, second] = await Promise.all([
			printPdf("", "", () => "/nonexistent/chromium"),
			printPdf("", "", () => "/nonexistent/chromium"),
		]);
		expect(first).toMatchObject({ ok: false, reason: "failed" });
		expect(second).toMatchObject({ ok: false, reason: "failed" });
	});

	test("without a browser it says so", async () => {
		expect(await printPdf("", "", () => undefined)).toMatchObject({ ok: false, reason: "noBrowser" });
	});
});
