import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { processorTime } from "../../../e2e/fixtures/processor-time";
import { readArguments } from "./arguments";
import { repairObject } from "./repair-json";

test.each<[string, string, unknown]>([
	["trailing commas", '{"a": [1, 2,], "b": 3,}', { a: [1, 2], b: 3 }],
	["single quotes, with an apostrophe inside", "{'q': 'the king's ship', 'n': 1}", { q: "the king's ship", n: 1 }],
	["quotes that are not escaped", '{"q": "who said "I am" first", "n": 1}', { q: 'who said "I am" first', n: 1 }],
	["a code fence", '```json\n{"q": "a"}\n```', { q: "a" }],
	["line breaks in a string", '{"code": "a = 1\nprint(a)"}', { code: "a = 1\nprint(a)" }],
	[
		"backslashes that JSON does not know",
		'{"re": "\\d+\\.", "path": "C:\\Users"}',
		{ re: "\\d+\\.", path: "C:\\Users" },
	],
	["no closing bracket", '{"a": {"b": [1, {"c": "d"', { a: { b: [1, { c: "d" }] } }],
	["no commas", '{"a": 1 "b": "x" "c": [1 2]}', { a: 1, b: "x", c: [1, 2] }],
	["no quotes", "{q: depth of the sea, num: 10, deep: true}", { q: "depth of the sea", num: 10, deep: true }],
	["a quote missing before a name", '{"a": "x", b": "y"}', { a: "x", b: "y" }],
	["a quote missing behind a value", '{"a": "x, "b": "y"}', { a: "x", b: "y" }],
	["curly quotes", "{“a”: “x”}", { a: "x" }],
	["Python's words", '{"a": True, "b": False, "c": None}', { a: true, b: false, c: null }],
	["comments", '{"a": 1, // one\n "b": /* two */ 2, # three\n "c": 3}', { a: 1, b: 2, c: 3 }],
	["an address without quotes", '{"url": https://a.example/x?y=1, "n": 2}', { url: "https://a.example/x?y=1", n: 2 }],
	[
		"names that objects have",
		'{"constructor": constructor, "a": toString,}',
		{ constructor: "constructor", a: "toString" },
	],
])("reads %s", (_, text, value) => expect(repairObject(text)).toEqual(value));

test("an empty object may be written in many ways", () => {
	for (const text of ["{", "```json\n{}\n```", "Arguments: { }."]) expect(repairObject(text)).toEqual({});
});

test.each(["", "no object at all", "[1, 2", "{'a', 'b'}", '{"a": 1}, {"b": 2}', "{".repeat(5000)])(
	"%j is no object",
	(text) => {
		expect(repairObject(text.slice(0, 5000))).toBeUndefined();
		expect(readArguments(text)).toEqual({ error: "Failed to parse arguments", raw: text });
	},
);

test("B102: a name cannot reach the prototype", () => {
	const read = repairObject('{"__proto__": {"polluted": 1},}');
	expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
	expect(Object.keys(read ?? {})).toEqual(["__proto__"]);
});

describe("any text", () => {
	const broken = fc
		.array(
			fc.constantFrom(
				'"',
				"'",
				"{",
				"}",
				"[",
				"]",
				"(",
				",",
				":",
				"\\",
				"\n",
				" ",
				"a",
				"1",
				"-",
				"/",
				"*",
				"#",
				"```json",
				"true",
				"“",
			),
		)
		.map((parts) => parts.join(""));

	test("B070: is read without an error, and to JSON", () => {
		fc.assert(
			fc.property(broken, (text) => {
				const read = repairObject(`{${text}`);
				expect(JSON.parse(JSON.stringify(read ?? null))).toEqual(read ?? null);
			}),
			{ numRuns: 5000, seed: 7 },
		);
	});

	test("that is JSON with its last brackets cut off keeps its whole values", () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z ]{0,12}$/), { minKeys: 1 }),
				(object) => {
					expect(repairObject(JSON.stringify(object).slice(0, -1))).toEqual(object);
				},
			),
			{ numRuns: 500, seed: 7 },
		);
	});

	test.each([
		'{"a":',
		'"x" y ',
		'["a" b',
		"“a:1,",
		"[{",
		"\\",
		" ",
		",2",
		'"a" ',
		"it's ",
		'{"a": "x, "b": ',
		'{"a":"```json ',
		'{"a": "b"}',
		"{/*",
		'{"a":#',
		"}",
		'"}',
		'"\\"',
	])("%j again and again is read in linear time", (part) => {
		const since = processorTime();
		for (const head of ["", '{"k": ', '{"k": "', "{'"]) repairObject(head + part.repeat(30_000));
		expect(processorTime() - since).toBeLessThan(2000);
	});
});
