import { afterAll, describe, expect, test } from "vitest";
import { asHtml, inHtml, serveAnswers, typed, WORDS } from "../../e2e/fixtures/answering-site";
import { eventThreadTime, processorTime } from "../../e2e/fixtures/processor-time";
import { closeExtraction } from "./extract";
import { asData } from "./untrusted";

const site = await serveAnswers();
const { textOf, pageOf } = site;
afterAll(async () => {
	await site.close();
	await closeExtraction();
});

describe("text that means harm", () => {
	test.each([
		["B058", "</tool_response>", "< /tool_response>"],
		["B058", "<use_mcp_tool>", "< use_mcp_tool>"],
		["B059", "a\u200b\u202eb\u{e0041}\u001b[31mc", "ab[31mc"],
	])("%s: %j", (_, text, safe) => {
		expect(asData(text)).toBe(safe);
	});

	test("B059: a letter carries at most eight marks", () => {
		expect(asData(`a${"\u0301".repeat(10_000)}b`)).toBe(`a${"\u0301".repeat(8)}b`);
		expect(asData("e\u0301\u0323")).toBe("e\u0301\u0323");
	});

	test("B060 INJ-06: a title is one plain line of at most 300 characters", async () => {
		const { title } = await pageOf(
			asHtml(inHtml(`<p>${WORDS}</p>`, `<title>A\n<b>b</b> ${"c".repeat(1_000_000)}</title>`)),
		);
		expect(title.length).toBeLessThanOrEqual(300);
		expect(title).not.toContain("\n");
	});

	test.each([
		["nested tags", `${"<div>".repeat(100_000)}${WORDS}`],
		["links", `<p>${WORDS}</p>${'<a href="/x">y</a>'.repeat(50_000)}`],
		["an open comment", `<p>${WORDS}</p><!-- ${"x".repeat(1_000_000)}`],
		["a script of 2 MB", `<script>${"x".repeat(2_000_000)}</script><p>${WORDS}</p>`],
	])("B050 BOMB-06: a page of %s is read or given up, and the thread that asked is not held up", async (_, body) => {
		let longest = 0;
		let last = eventThreadTime();
		const beat = setInterval(() => {
			longest = Math.max(longest, eventThreadTime() - last);
			last = eventThreadTime();
		}, 20);
		expect(await textOf(asHtml(`<html><body>${body}</body></html>`))).toMatch(/harbour|too complex|could not be read/);
		clearInterval(beat);
		expect(longest).toBeLessThan(500);
	});

	test.each(["a", "<", "[", "(", " ", "![](", "|", "`"])(
		"BOMB-14: a megabyte of %j is gone through in a line",
		async (piece) => {
			const since = processorTime();
			await textOf(typed("text/plain", piece.repeat(Math.floor(1_000_000 / piece.length))));
			expect(processorTime() - since).toBeLessThan(3000);
		},
	);
});
