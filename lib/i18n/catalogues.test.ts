import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import broken from "./broken.json";
import en from "./en.json";
import zh from "./zh.json";

type Tree = { [key: string]: string | Tree };

const texts = (tree: Tree, path = ""): [string, string][] =>
	Object.entries(tree).flatMap(([key, value]): [string, string][] =>
		typeof value === "string" ? [[`${path}${key}`, value]] : texts(value, `${path}${key}.`),
	);

/** Names of the arguments of an ICU message; the words of a choice, `one {word}`, are none. */
const argumentsOf = (text: string): string[] =>
	[...new Set([...text.matchAll(/(?<!(?:=\d+|one|other)\s*)\{(\w+)\s*(?:,|\})/g)].map(([, name = ""]) => name))]
		.filter((name) => !/^\d+$/.test(name))
		.sort();

/** Names that stand as they are in every language. */
const NAMES = ["shell.name", "ask.control", "ask.setUp.webState", "commands.keys.control"];

const english = texts(en);
const chinese = new Map(texts(zh));

test("both catalogues have the same texts", () => {
	expect([...chinese.keys()].sort()).toEqual(english.map(([path]) => path).sort());
});

test("a translation takes the arguments of its original", () => {
	for (const [path, text] of english)
		expect([path, argumentsOf(chinese.get(path) ?? "")]).toEqual([path, argumentsOf(text)]);
});

test("the words for a page that could not be drawn are the catalogue's", () => {
	expect(en.shell).toMatchObject(broken);
});

/** Stands for any argument: a number to plurals, printed as it is elsewhere. */
const ANY = 7;

test.each([
	["en", en],
	["zh", zh],
] as const)("every text can be formatted: %s", (locale, messages) => {
	const onError = (error: Error) => {
		throw error;
	};
	const t: (path: never, values: never) => unknown = createTranslator({ locale, messages, onError }).rich;
	const same = (words: unknown) => words;
	const tags = { b: same, code: same, parent: same };
	for (const [path, text] of texts(messages)) {
		const values = { ...Object.fromEntries(argumentsOf(text).map((name) => [name, ANY])), ...tags };
		const formatted = [t(path as never, values as never)].flat(3).join("");
		expect(formatted, path).not.toMatch(/\{\w/);
	}
});

test("Chinese has one form for any number", () => {
	const others = [...chinese].filter(([, text]) => /\b(?:one|two|few|many) \{/.test(text));
	expect(others).toEqual([]);
});

test("the Chinese catalogue is in Chinese", () => {
	const same = english.filter(
		([path, text]) =>
			!NAMES.includes(path) &&
			/[a-z]{3}/.test(text.replace(/\{[^}]*\}?/g, "")) &&
			!/\p{Script=Han}/u.test(chinese.get(path) ?? ""),
	);
	expect(same.map(([path, text]) => `${path}: ${text}`)).toEqual([]);
});
