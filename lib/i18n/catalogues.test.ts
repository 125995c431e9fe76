import { expect, test } from "vitest";
import en from "./en.json";
import zh from "./zh.json";

type Tree = { [key: string]: string | Tree };

const texts = (tree: Tree, path = ""): [string, string][] =>
	Object.entries(tree).flatMap(([key, value]): [string, string][] =>
		typeof value === "string" ? [[`${path}${key}`, value]] : texts(value, `${path}${key}.`),
	);

/** Names of the arguments of an ICU message, whatever stands around them. */
const argumentsOf = (text: string): string[] =>
	[...new Set([...text.matchAll(/\{(\w+)\s*(?:,|\})/g)].map(([, name = ""]) => name))]
		.filter((name) => !/^\d+$/.test(name))
		.sort();

/** Names that stand as they are in every language. */
const NAMES = ["shell.name"];

const english = texts(en);
const chinese = new Map(texts(zh));

test("both catalogues have the same texts", () => {
	expect([...chinese.keys()].sort()).toEqual(english.map(([path]) => path).sort());
});

test("a translation takes the arguments of its original", () => {
	for (const [path, text] of english)
		expect([path, argumentsOf(chinese.get(path) ?? "")]).toEqual([path, argumentsOf(text)]);
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
