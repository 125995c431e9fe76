import { describe, expect, test } from "vitest";
import { type AttachedFile, attachedText, cutTo } from "./attached-text";
import { attachmentNameOf, namedApart, refusalOfAttachment } from "./attachments";

const file = (name: string, text: string, type = "text/plain"): AttachedFile => ({
	id: "00000000-0000-4000-8000-000000000001",
	name,
	type,
	bytes: 1,
	hash: "0",
	chars: text.length,
	text,
});
const telling = (rules: "mirothinker" | "generic", more = {}) => ({
	rules,
	contextTokens: 262_144,
	python: false,
	sees: false,
	...more,
});

describe("what the first message says of attached files", () => {
	test("to MiroThinker's models: heading, name and fence, 200,000 code points of each, marked where it is cut", () => {
		const text = attachedText(
			[file("a.md", "Hemp."), file("b.pdf", "🌊".repeat(200_001))],
			telling("mirothinker", { contextTokens: 2_000_000 }),
		);
		expect(text).toMatch(/^\n\n## Markdown\n\nFile: a\.md\n\n```\nHemp\.\n```\n\n## PDF\n\nFile: b\.pdf\n\n```\n🌊/u);
		expect(text.endsWith("🌊\n... [File truncated]\n```")).toBe(true);
		expect([...text].filter((point) => point === "🌊")).toHaveLength(200_000);
	});

	test("and how to use them in Python, when there is one", () => {
		expect(attachedText([file("a.md", "Hemp.")], telling("mirothinker"))).not.toContain("sandbox");
		expect(attachedText([file("a.md", "Hemp.")], telling("mirothinker", { python: true }))).toContain(
			'upload_file_from_local_to_sandbox with local_file_path "a.md"',
		);
	});

	test("to other models: the beginning, and where the rest is", () => {
		const text = attachedText([file("a b.md", `${"x".repeat(20_000)}y`)], telling("generic", { python: true }));
		expect(text).toContain("url: library://attached/a%20b.md");
		expect(text).toContain("The first 20,000 of 20,001 characters. Read on: read_page with this url and start 20000");
		expect(text).toContain('In the working directory of run_python as "a b.md".');
		expect(text).not.toContain("xy");
		expect(text).toMatch(/\n=== End of attached files ===$/);
	});

	test("files that would fill the window are cut alike", () => {
		const files = ["a.txt", "b.txt"].map((name) => file(name, "深".repeat(15_000)));
		const text = attachedText(files, telling("generic", { contextTokens: 9000 }));
		expect([...text].filter((point) => point === "深")).toHaveLength(3000);
		expect(text.match(/The first 1,500 of 15,000 characters/g)).toHaveLength(2);
	});

	test("files of a further question leave a third of the window to what is found, whatever was told before", () => {
		const told = (before: string) => {
			const text = attachedText([file("a.txt", "深".repeat(15_000))], {
				...telling("generic", { contextTokens: 9000 }),
				before,
			});
			return [...text].filter((point) => point === "深").length;
		};
		expect(told("深".repeat(2999))).toBe(3000);
		expect(told("深".repeat(4000))).toBe(2000);
		expect(told("深".repeat(6000))).toBe(0);
	});

	test("no text closes its fence, and a picture without text says whether it is seen", () => {
		expect(attachedText([file("a.md", "```\nout\n````")], telling("mirothinker"))).toContain(
			"`````\n```\nout\n````\n`````",
		);
		const picture = file("a.png", "", "image/png");
		expect(attachedText([picture], telling("generic"))).toContain("was not read: a picture");
		expect(attachedText([picture], telling("mirothinker", { sees: true }))).toContain("The picture follows below.");
		expect(attachedText([], telling("generic"))).toBe("");
	});

	test("a cut never splits a character", () => {
		expect(cutTo("a🌊b", 2)).toEqual({ shown: "a🌊", chars: 3, isCut: true });
		expect(cutTo("a🌊b", 3)).toEqual({ shown: "a🌊b", chars: 4, isCut: false });
	});
});

describe("names and refusals", () => {
	test.each([
		["../../etc/passwd", "passwd"],
		["C:\\notes\\a.md", "a.md"],
		["gnp.\u202eexe.md", "gnp.exe.md"],
		["..", undefined],
		["a\u0000b", undefined],
		["x".repeat(501), undefined],
	])("B125: %j is kept as %j", (path, name) => expect(attachmentNameOf(path)).toBe(name));

	test("files of a further question have names that the thread does not have yet", () => {
		const names = namedApart([{ name: "a.md" }, { name: "b.md" }], ["A.md", "a (2).md"]);
		expect(names.map(({ name }) => name)).toEqual(["a (3).md", "b.md"]);
	});

	test("two files of one name are told apart", () => {
		const names = namedApart([{ name: "a.md" }, { name: "A.md" }, { name: "a.md" }, { name: "b" }, { name: "b" }]);
		expect(names.map(({ name }) => name)).toEqual(["a.md", "A (2).md", "a (3).md", "b", "b (2)"]);
	});

	test.each([
		["a.pdf", 50_000_000, undefined],
		["a.pdf", 50_000_001, "tooLarge"],
		["a.mp3", 25_000_001, "recordingTooLarge"],
		["a.png", 10_000_001, "tooLarge"],
		["a.md", 0, "empty"],
		["a.doc", 1, "oldOffice"],
		["a.rar", 1, "otherArchive"],
		["a.exe", 1, "program"],
		["..", 1, "name"],
	])("%s of %i bytes: %s", (name, bytes, refusal) => expect(refusalOfAttachment(name, bytes)).toBe(refusal));
});
