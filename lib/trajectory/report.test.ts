import { describe, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import type { RunEvent } from "./event";
import { makeReport, reportOf, withReferences } from "./report";
import { emptyView, step } from "./view";

const A = { url: "https://a.example/one", title: "First page", openedSeq: 4 };
const B = { url: "https://www.b.example/two/", title: "Second page: the log", openedSeq: 7 };
const L = { url: "library://demo/notes/lead line.md", title: "Lead line", openedSeq: 9 };
const SEEN = { url: "https://seen.example/hit", title: "Only a search hit" };
const SOURCES = [A, B, L, SEEN];

const LIST = `\n\n## References\n\n[1] First page — ${A.url}\n[2] Second page — ${B.url}\n[3] Hit — ${SEEN.url}\n`;
const make = (text: string, list = LIST) => makeReport(text + list, SOURCES);
const urls = (report: { citations: { url: string }[] }) => report.citations.map(({ url }) => url);

describe("marks", () => {
	test("are numbered in order of first use and lead to opened sources", () => {
		expect(make("Deep [2]. Line [1]. Deep again [2].")).toEqual({
			markdown: "Deep [1]. Line [2]. Deep again [1].",
			citations: [
				{ n: 1, url: B.url, title: B.title, openedSeq: 7 },
				{ n: 2, url: A.url, title: A.title, openedSeq: 4 },
			],
			dropped: 1,
		});
	});

	test.each([
		["It is so [1, 2].", "It is so [1][2]."],
		["It is so [1,2].", "It is so [1][2]."],
		["It is so [1; 2].", "It is so [1][2]."],
		["It is so [1-2].", "It is so [1][2]."],
		["It is so [1][2].", "It is so [1][2]."],
		["It is so [1][1].", "It is so [1]."],
		["It is so [[1]].", "It is so [1]."],
		["It is so [^1].", "It is so [1]."],
		["It is so [Source 1].", "It is so [1]."],
		["确实如此【1】。", "确实如此[1]。"],
		["确实如此【1†L3-L9】，也【1】【2】。", "确实如此[1]，也[1][2]。"],
		["确实如此［1］。", "确实如此[1]。"],
		[`It is so [1](${A.url}).`, "It is so [1]."],
		[`It is so [[1]](${A.url}).`, "It is so [1]."],
	])("%s", (written, read) => expect(make(written).markdown).toBe(read));

	test("B080: that lead nowhere leave the text, without a gap, and are counted", () => {
		const report = make("So [3]. And [9] so [1, 7]! The end [3]");
		expect(report).toMatchObject({ markdown: "So. And so [1]! The end", dropped: 4 });
		expect(urls(report)).toEqual([A.url]);
	});

	test("in code and images, years in brackets and other brackets are no marks", () => {
		const text = "`a[1]` and [2019] and [sic] ![1](x.png)\n\n```py\nb[2] # [1]\n```\n\nEnd [1].";
		expect(make(text).markdown).toBe(text);
	});

	test("lead nowhere without a list", () => {
		expect(make("So [1] and [2].", "")).toEqual({ markdown: "So and.", citations: [], dropped: 2 });
	});
});

describe("links", () => {
	test("to an opened page become their text and a mark", () => {
		const report = make(`The [log](${B.url}#p4) and [the log](http://b.example/two) say so.`, "");
		expect(report.markdown).toBe("The log [1] and the log [1] say so.");
		expect(urls(report)).toEqual([B.url]);
	});

	test("INJ-07: to any other page become their text and are counted", () => {
		expect(make(`As [they say](${SEEN.url}) and [that](https://evil.example/x "t").`, "")).toEqual({
			markdown: "As they say and that.",
			citations: [],
			dropped: 2,
		});
	});

	test("inside the page stay", () => {
		expect(make("See [above](#top).", "").markdown).toBe("See [above](#top).");
	});

	test("and marks share their numbers", () => {
		expect(make(`One [1], [first](${A.url}), two [2].`).markdown).toBe("One [1], first [1], two [2].");
	});
});

describe("reference lists", () => {
	const body = "One [1]. Two [2].";
	test.each([
		["numbered markdown list", `\n\n### Sources:\n1. First page. ${A.url}.\n2. [Second](${B.url})`],
		["bullets with numbers", `\n\n**References**\n\n- [1] First page, ${A.url}\n- [2] <${B.url}>`],
		["plain heading", `\n\nReferences:\n[1]: ${A.url}\n[2]: ${B.url}`],
		["footnotes without a heading", `\n\n[^1]: First page, ${A.url}\n[^2]: ${B.url}`],
		["entries without a heading", `\n\n[1] First page — ${A.url}\n[2] Second — ${B.url}`],
		["address on its own line", `\n\n## 4. Quellen\n[1] Erste Seite\n    ${A.url}\n\n[2] Zweite\n    ${B.url}`],
		["one line", `\n\nSources: [1] First ${A.url}, [2] Second ${B.url}`],
		["Chinese", `\n\n## 参考文献\n【1】第一页。${A.url}。\n【2】第二页（${B.url}）`],
		["bullets without numbers", `\n\n## Sources\n* First — ${A.url}\n* Second — ${B.url}`],
		["titles alone", "\n\n## References\n[1] First Page.\n[2] Second page: The Log"],
		["titles on two lines", `\n\n## References\n[1] First,\nsecond edition\n${A.url}\n[2] Second ${B.url}`],
		["a rule before the list", `\n\n---\n## References\n[1] ${A.url}\n[2] ${B.url}`],
	])("%s", (_, list) => {
		const report = make(body, list);
		expect(urls(report)).toEqual([A.url, B.url]);
		expect(report).toMatchObject({ markdown: body, dropped: 0 });
	});

	test("an address of the library may hold blanks", () => {
		expect(urls(make("Line [1].", `\n\n## References\n[1] Lead line — ${L.url}\n`))).toEqual([L.url]);
	});

	test("what follows the list is kept", () => {
		const list = `\n\n## References\n[1] ${A.url}\n\n## Not found\n\nNo log of 1876.`;
		expect(make("One [1].", list).markdown).toBe("One [1].\n\n## Not found\n\nNo log of 1876.");
	});

	test("a chapter that is only called so is text", () => {
		const text = "## Sources\n\nThe sources disagree [1].\n\n## Links\n\nNone.";
		expect(make(text).markdown).toBe(text);
	});

	test("in code is code", () => {
		const text = `\`\`\`\n## References\n[1] ${A.url}\n\`\`\``;
		expect(makeReport(text, SOURCES)).toMatchObject({ markdown: text, citations: [] });
	});

	test("without any mark still names what the report rests on", () => {
		const report = make("It is so.");
		expect(urls(report)).toEqual([A.url, B.url]);
		expect(report.dropped).toBe(1);
	});

	test("goes out again with the report", () => {
		const list = `## References\n\n[1] Second page: the log — ${B.url}`;
		expect(withReferences(make("Deep [2]."))).toBe(`Deep [1].\n\n${list}`);
		expect(withReferences({ markdown: "So.", citations: [], dropped: 0 })).toBe("So.");
	});
});

test("hostile text is read in linear time", () => {
	const n = 30_000;
	const texts = [
		"[".repeat(n),
		"![".repeat(n),
		"[a](".repeat(n),
		"[1](x(".repeat(n),
		`[${"1,".repeat(n)}`,
		"`".repeat(n),
	];
	texts.push(
		"```\n".repeat(n),
		"## References\n\n".repeat(n),
		`## References\n${"[1] x\n".repeat(n)}`,
		"[1] https://x\n".repeat(n),
	);
	texts.push(
		`${A.url})))`.repeat(n),
		`[1] ${"https://a.example/(".repeat(n)}`,
		" ".repeat(n * 4),
		`[9]${" ".repeat(n * 4)}`,
	);
	for (const text of texts) {
		const since = processorTime();
		makeReport(text, SOURCES);
		expect(processorTime() - since, text.slice(0, 20)).toBeLessThan(1000);
	}
});

test("the report of a run is made from its answer, without think and call blocks", () => {
	const view = emptyView();
	expect(reportOf(view)).toBeUndefined();
	const source = { url: A.url, title: A.title, opened: true };
	const events = [
		{ type: "turn.started", turn: 1, purpose: "research" },
		{ type: "model.replied", turn: 1, content: "", calls: [{ id: "c", name: "read_page", args: {} }] },
		{ type: "tool.called", turn: 1, callId: "c", name: "read_page" },
		{ type: "tool.returned", turn: 1, callId: "c", status: "ok", text: "t", summary: "", sources: [source], ms: 1 },
		{ type: "turn.started", turn: 2, purpose: "answer" },
		{ type: "model.replied", turn: 2, content: `<think>[9]</think>\nDeep [1].\n\nSources:\n[1] ${A.url}`, calls: [] },
	];
	const usage = { inputTokens: 1, outputTokens: 1 };
	events.forEach((event, index) => {
		step(view, { finish: "stop", usage, ms: 1, ...event, runId: "r", seq: index + 1, at: index } as RunEvent);
	});
	expect(reportOf(view)).toEqual({
		markdown: "Deep [1].",
		citations: [{ n: 1, url: A.url, title: A.title, openedSeq: 4 }],
		dropped: 0,
	});
});
