import { strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import {
	docxOf,
	lockedPdfOf,
	longPdfOf,
	PNG,
	pdfOf,
	pptxOf,
	shapeOf,
	xlsxOf,
	zipOf,
} from "../../e2e/fixtures/attached";
import { readAttachment } from "./attachment-text";
import { closeExtraction } from "./extract";
import { WebError } from "./web-error";

afterAll(closeExtraction);

const read = (bytes: Uint8Array | string, name: string) => readAttachment(Buffer.from(bytes), name);
const refusalOf = async (bytes: Uint8Array | string, name: string) => {
	const error: unknown = await read(bytes, name).then(
		() => "it was read",
		(reason: unknown) => reason,
	);
	return error instanceof WebError ? error.message : error;
};

describe("what is attached is read", () => {
	test("PDF, Word, Excel and HTML as text", async () => {
		expect(await read(pdfOf("The line was 3,200 fathoms long."), "log.pdf")).toMatchObject({
			type: "application/pdf",
			text: expect.stringContaining("The line was 3,200 fathoms long."),
		});
		expect((await read(docxOf("Hemp sinks.", "Wire sinks faster."), "lines.docx")).text).toBe(
			"Hemp sinks.\n\nWire sinks faster.",
		);
		const sheet = await read(
			xlsxOf("Depths", [
				["Place", "m"],
				["Ternholm | bay", 41.5],
			]),
			"depths.xlsx",
		);
		expect(sheet.text).toBe("## Depths\n\n| Place | m |\n| --- | --- |\n| Ternholm \\| bay | 41.5 |");
		const html =
			"<title>Log</title><main><h1>Log</h1><p>The lead <b>touched</b> ground at dawn.</p></main><script>x()</script>";
		const page = await read(html, "log.html");
		expect(page.text).toContain("**touched**");
		expect(page.text).not.toContain("x()");
	});

	test("slides in the order they are shown: title, texts by level, tables, notes; nothing twice", async () => {
		const cell = (text: string) => `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`;
		const table = `<p:graphicFrame><a:tbl><a:tr>${cell("Place")}${cell("m")}</a:tr><a:tr>${cell("Ternholm | bay")}${cell("41")}</a:tr></a:tbl></p:graphicFrame>`;
		const both = `<mc:AlternateContent><mc:Choice>${shapeOf("", "Said once")}</mc:Choice><mc:Fallback>${shapeOf("", "Said once")}</mc:Fallback></mc:AlternateContent>`;
		const last = { shapes: `${table}${shapeOf("ftr", "Every slide")}`, notes: "Ask who sounded it." };
		const first = {
			shapes: `${shapeOf("ctrTitle", "Lead &amp; line")}<p:grpSp>${shapeOf("body", "Hemp", "\tsinks", "Wire")}</p:grpSp>${both}`,
		};
		const file = await read(pptxOf(last, { shapes: "" }, first), "talk.pptx");
		expect(file).toEqual({
			type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
			title: "Lead & line",
			text: "## Slide 1: Lead & line\n\n- Hemp\n  - sinks\n- Wire\n\nSaid once\n\n## Slide 3\n\n| Place | m |\n| --- | --- |\n| Ternholm \\| bay | 41 |\n\nNotes: Ask who sounded it.",
		});
		const { text } = await read(zipOf({ "talk.pptx": pptxOf(first) }), "all.zip");
		expect(text).toContain("### talk.pptx\n\n## Slide 1: Lead & line");
	});

	test("BOMB-12: entities that a slide makes up are none", async () => {
		const doctype = `<!DOCTYPE x [<!ENTITY a "${"grown ".repeat(50)}"><!ENTITY b "${"&a;".repeat(50)}"><!ENTITY c SYSTEM "file:///etc/passwd">]>`;
		const { text } = await read(pptxOf({ doctype, shapes: shapeOf("", "So &b;&c; it stays") }), "a.pptx");
		expect(text).toMatch(/^## Slide 1\n\nSo .{0,8} it stays$/);
	});

	test("text, code and JSON as they are, JSON in lines, other charsets decoded", async () => {
		expect(await read('{"a":[1]}', "a.json")).toMatchObject({ text: '{\n  "a": [\n    1\n  ]\n}' });
		expect(await read("{broken", "a.json")).toMatchObject({ text: "{broken" });
		expect((await read("def f():\n\treturn 1\n", "f.py")).text).toBe("def f():\n\treturn 1\n");
		expect((await read(Buffer.from("\ufeffd\u00e9p\u00f4t", "utf16le"), "a.txt")).text).toBe("dépôt");
		expect(await read("a,b\n1,2", "a.csv")).toMatchObject({ type: "text/csv", text: "a,b\n1,2" });
	});

	test("a picture is told by its bytes and has no text", async () => {
		expect(await read(PNG, "chart.txt")).toEqual({ type: "image/png", title: "", text: "" });
	});

	test("a zip file by file: each under its path, what is no text named, an archive inside not opened", async () => {
		const zip = zipOf({
			"notes/a.md": "# Hemp",
			"deep/log.pdf": pdfOf("Bottom at 41 m."),
			"long.txt": "ß".repeat(50_001),
			"chart.png": PNG,
			"inner.zip": zipOf({ "secret.txt": "not to be read" }),
			"__MACOSX/._a.md": "noise",
		});
		const { text } = await read(zip, "all.zip");
		expect(text).toContain("### notes/a.md\n\n# Hemp");
		expect(text).toContain("Bottom at 41 m.");
		expect(text).toContain(`${"ß".repeat(50_000)}\n... [File truncated]`);
		expect(text).not.toContain("ß".repeat(50_001));
		expect(text).toContain("### chart.png\n\n[Not read: no text;");
		expect(text).toContain("### inner.zip\n\n[Not read: an archive in an archive.");
		expect(text).not.toMatch(/not to be read|noise/);
	});
});

/** How the container begins that older Office files are, and newer ones with a password. */
const SEALED = Buffer.from("d0cf11e0a1b11ae1".padEnd(1024, "0"), "hex");

/** A zip whose entries say that they are encrypted. */
function locked(): Buffer {
	const zip = zipOf({ "a.txt": "secret" });
	zip.writeUInt16LE(zip.readUInt16LE(6) | 1, 6);
	return zip;
}

describe("what cannot be read says why and what to do (B052, B053)", () => {
	test.each<[string, () => Uint8Array | string, string, RegExp]>([
		["a scan", () => pdfOf(""), "scan.pdf", /it is a scan\. Run text recognition/],
		["a PDF with a password", lockedPdfOf, "a.pdf", /^The PDF could not be read; it is locked with a password\.$/],
		[
			"a PDF of 10,000 pages",
			() => longPdfOf(10_000, "x"),
			"a.pdf",
			/^The PDF has 10000 pages; at most 2000 are read\.$/,
		],
		["a broken PDF", () => "%PDF-1.4\nnothing", "a.pdf", /could not be read/],
		["a path that leads out", () => zipOf({ "../../etc/cron": "x" }), "a.zip", /path that leads out/],
		["an absolute path", () => zipOf({ "/etc/cron": "x" }), "a.zip", /path that leads out/],
		["a Windows path", () => zipOf({ "..\\a.txt": "x" }), "a.zip", /path that leads out/],
		["a locked archive", locked, "a.zip", /locked with a password/],
		[
			"a file that unpacks to much",
			() => zipOf({ "a.txt": new Uint8Array(21_000_000) }),
			"a.zip",
			/unpacks to more than/,
		],
		[
			"many that unpack to much",
			() => zipOf(Object.fromEntries([1, 2, 3, 4].map((n) => [`${n}.txt`, new Uint8Array(16_000_000)]))),
			"a.zip",
			/unpacks to more than 60 MB/,
		],
		[
			"too many files",
			() => zipSync(Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`${n}.txt`, strToU8("x")]))),
			"a.zip",
			/more than 500 files/,
		],
		["a workbook bomb", () => xlsxBomb(), "a.xlsx", /unpacks to more than/],
		["slides without a text", () => pptxOf({ shapes: "" }), "a.pptx", /no text on these slides/],
		["slides that are no XML", () => zipOf({ "ppt/presentation.xml": "" }), "a.pptx", /could not be read/],
		[
			"a slide that unpacks to much",
			() => zipOf({ "ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": new Uint8Array(10_000_001) }),
			"a.pptx",
			/in it to more than 10 MB/,
		],
		["too many slides", () => pptxOf(...Array(2001).fill({ shapes: "" })), "a.pptx", /2001 slides; at most 2000/],
		[
			"a slide nested without end",
			() => pptxOf({ shapes: "<p:grpSp>".repeat(300_000) }),
			"a.pptx",
			/could not be read/,
		],
		["a workbook with a password", () => SEALED, "a.xlsx", /older Office, or one with a password/],
		["a program", () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0, 0]), "a.txt", /Save it as text, PDF/],
		["nothing but blanks", () => " \n\t ", "a.txt", /no text in this file/],
		["an empty archive", () => zipOf({}), "a.zip", /archive is empty/],
	])("%s", async (_, bytes, name, sentence) => {
		expect(await refusalOf(bytes(), name)).toMatch(sentence);
	});
});

function xlsxBomb(): Buffer {
	return zipOf({ "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": new Uint8Array(41_000_000) });
}
