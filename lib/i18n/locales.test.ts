import { expect, test } from "vitest";
import { localeOf } from "./locales";

test.each([
	[undefined, null, "en"],
	[undefined, "zh-CN,zh;q=0.9,en;q=0.8", "zh"],
	[undefined, "zh-Hant-TW", "zh"],
	[undefined, "en;q=0.5, zh;q=0.8", "zh"],
	[undefined, "de-DE, fr;q=0.9", "en"],
	[undefined, "de, zh;q=0.1", "zh"],
	[undefined, "zh;q=0, en", "en"],
	["zh", "en", "zh"],
	["en", "zh", "en"],
	["xx", "zh", "zh"],
	[undefined, ";;;,q=,", "en"],
])("chosen %s, asked for %s: %s", (chosen, header, locale) => {
	expect(localeOf(chosen, header)).toBe(locale);
});
