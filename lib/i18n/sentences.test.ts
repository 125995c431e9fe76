import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { sourcePaths } from "../cli/sources";
import { sentencesFor } from "./sentence-catalogues";
import { inLanguage, sentencesOf } from "./sentences";
import { SENTENCES_ZH as zh } from "./sentences-zh";

const CHINESE = sentencesOf(sentencesFor("zh"));
const ENGLISH = sentencesOf(sentencesFor("en"));

describe("recorded sentences in the reader's language", () => {
	it("are put into Chinese one after another, their numbers and names kept", () => {
		expect(inLanguage("It used all 300 calls. It was told to answer from what it had.", CHINESE)).toBe(
			"已用完全部 300 次调用。它被要求用已有的内容作答。",
		);
		expect(inLanguage("Same web_search as call 97.", CHINESE)).toBe("与第 97 次调用的 web_search 相同。");
		expect(inLanguage("The model server said 500: {n} $& broken", CHINESE)).toBe("模型服务器返回 500：{n} $& broken");
	});

	it("stay as they are where nothing is known, and in English", () => {
		expect(inLanguage("It used all 300 calls. Something new.", CHINESE)).toBe("已用完全部 300 次调用。Something new.");
		expect(inLanguage("It used all 300 calls.", ENGLISH)).toBe("It used all 300 calls.");
		expect(inLanguage("", CHINESE)).toBe("");
	});

	it("are all still said somewhere, and have the same holes", () => {
		const sources = sourcePaths(".", ["lib", "app"])
			.filter((path) => !path.includes(".test.") && !path.startsWith("lib/i18n/"))
			.map((path) => readFileSync(path, "utf8").replaceAll('\\"', '"'))
			.join("\n");
		for (const [english, chinese] of Object.entries(zh)) {
			const [longest = ""] = english.split(/\{\w+\}/).sort((a, b) => b.length - a.length);
			expect(sources.includes(longest.trim()), english).toBe(true);
			const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
			expect(holes(chinese), english).toEqual(holes(english));
		}
	});

	it("take hostile text in linear time", () => {
		const text = 'Wrong arguments for "'.repeat(20_000);
		const since = processorTime();
		inLanguage(text, CHINESE);
		expect(processorTime() - since).toBeLessThan(500);
	});
});
