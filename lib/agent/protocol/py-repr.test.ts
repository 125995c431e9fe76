import { expect, test } from "vitest";
import { pyRepr } from "./py-repr";

test.each<[unknown, string]>([
	[null, "None"],
	[true, "True"],
	[false, "False"],
	["plain", "'plain'"],
	["it's", '"it\'s"'],
	['say "x"', "'say \"x\"'"],
	['it\'s "x"', "'it\\'s \"x\"'"],
	["a\nb\tc\rd\\e", "'a\\nb\\tc\\rd\\\\e'"],
	["\u0000\u001b\u007f\u00a0\u200b\u2028", "'\\x00\\x1b\\x7f\\xa0\\u200b\\u2028'"],
	["Zürich 你好 🎉", "'Zürich 你好 🎉'"],
	["\u{e0001}", "'\\U000e0001'"],
	[5, "5"],
	[-0.5, "-0.5"],
	[1e-7, "1e-07"],
	[1e21, "1000000000000000000000"],
	[[], "[]"],
	[{}, "{}"],
	[
		{ default: null, title: "Location", enum: ["a", 1, false], deep: { type: "string" } },
		"{'default': None, 'title': 'Location', 'enum': ['a', 1, False], 'deep': {'type': 'string'}}",
	],
])("%j is %s", (value, repr) => expect(pyRepr(value)).toBe(repr));
