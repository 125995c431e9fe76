import type { Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { honestLinks, hostOf, isMessage, safeAddress } from "./outer-links";

type Link = { url: string | undefined; text: string };
type Known = { type: string; value?: string; url?: string; children?: Known[] };

/** A paragraph as it reads, and the links that are left in it. */
function read(markdown: string): { text: string; links: Link[] } {
	const tree: Root = unified().use(remarkParse).use(remarkGfm).parse(markdown);
	honestLinks("no link")()(tree as unknown as Parameters<ReturnType<ReturnType<typeof honestLinks>>>[0]);
	const textOf = ({ type, value = "", children = [] }: Known): string =>
		type === "definition" ? "" : value + children.map(textOf).join("");
	const linksOf = (node: Known): Link[] =>
		/^link/.test(node.type) ? [{ url: node.url, text: textOf(node) }] : (node.children ?? []).flatMap(linksOf);
	return { text: textOf(tree), links: linksOf(tree) };
}

describe("B064 INJ-10: a link says where it leads", () => {
	test.each([
		["[the ministry](https://evil.example/form)", "the ministry (evil.example)"],
		["[https://bank.example/login](https://evil.example/)", "https://bank.example/login (evil.example)"],
		["[bank.example.evil](https://evil.example/)", "bank.example.evil (evil.example)"],
		["[evil.example.bank.example](https://evil.example/)", "evil.example.bank.example (evil.example)"],
		["<https://bank.example@evil.example/>", "https://bank.example@evil.example/ (evil.example)"],
		["<https://bank.example%2F@evil.example/x>", "https://bank.example%2F@evil.example/x (evil.example)"],
		["https://bаnk.example/", "https://bаnk.example/ (xn--bnk-6cd.example)"],
		["[bank][1]\n\n[1]: https://evil.example/", "bank (evil.example)"],
		["[bank](https://0x7f000001/)", "bank (127.0.0.1)"],
		["[write to us](mailto:eve@evil.example)", "write to us (eve@evil.example)"],
		["[bank](HTTPS://EVIL.example:8443/)", "bank (evil.example:8443)"],
		["[![](https://pixel.example/a.png)](https://evil.example/)", " (evil.example)"],
	])("%s reads %s", (markdown, text) => {
		const found = read(markdown);
		expect(found.text).toBe(text);
		expect(found.links).toHaveLength(1);
	});

	test.each([
		"https://evil.example/",
		"<https://www.evil.example/a?b=c#d>",
		"[evil.example](https://evil.example/a)",
		"[www.evil.example/a](https://evil.example/a)",
		"a@evil.example",
	])("%s says so already", (markdown) => {
		expect(read(markdown).text).not.toContain("(");
		expect(read(markdown).links).toHaveLength(1);
	});

	const long = "bm90ZXM".repeat(700);
	test.each([
		[`[more](https://evil.example/?n=${long})`, "more (evil.example; no link)"],
		[`[more](https://evil.example/${long})`, "more (evil.example; no link)"],
		[`[more][1]\n\n[1]: https://evil.example/?n=${long}`, "more (evil.example; no link)"],
		[`https://evil.example/?n=${long}`, `https://evil.example/?n=${long} (evil.example; no link)`],
	])("an address that carries notes is no link (%#)", (markdown, text) => {
		expect(read(markdown)).toEqual({ text, links: [] });
	});

	test("as much as 200 characters is a place like any other", () => {
		expect(isMessage(`https://a.example/?${"q".repeat(199)}`)).toBe(false);
		expect(isMessage(`https://a.example/?${"q".repeat(200)}`)).toBe(true);
		expect(isMessage(`https://a.example/${"p/".repeat(300)}`)).toBe(false);
	});
});

describe("B064: where an address leads", () => {
	test.each([
		["https://www.a.example/b", "a.example"],
		["https://bank.example%2F@evil.example/", "evil.example"],
		["https://bank.example\\@evil.example/", "bank.example"],
		["http://①②⑦.1/", "127.0.0.1"],
		["https:evil.example", undefined],
		["library://notes/7", undefined],
		["//evil.example", undefined],
	])("%s: %s", (address, host) => {
		expect(hostOf(address)).toBe(host);
	});

	test.each([
		"https:evil.example",
		"http:/settings",
		"https:\\\\evil.example",
		"//evil.example",
		"/runs",
		"javascript:1",
		"ftp://a.example",
	])("%s leads nowhere", (address) => {
		expect(safeAddress(address)).toBeUndefined();
	});
});
