import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { extractBoxed } from "../answer";
import { builtInPrompts, fill, loadPrompts } from "./prompts";

let dir = "";
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "prompts-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("our own texts", () => {
	const prompts = builtInPrompts();

	test("the boxed suffix is the sentence the models were trained with", () => {
		expect(prompts.taskSuffixBoxed).toBe(
			"You should follow the format instruction in the request strictly and wrap the final answer in \\boxed{}.",
		);
	});

	test("ask with the question, once, and only the boxed mode speaks of a box", () => {
		for (const prompt of [prompts.answerBoxed, prompts.answerReport])
			expect(prompt.split("{question}")).toHaveLength(2);
		expect(prompts.answerBoxed).toContain("\\boxed{}");
		expect(extractBoxed(prompts.answerBoxed)).toBeUndefined();
		const others = [prompts.answerReport, prompts.taskSuffixReport, prompts.systemGeneric, prompts.systemMirothinker];
		for (const prompt of others) expect(prompt).not.toContain("boxed");
	});

	test("the failure summary has its three labels, its prefill is a closed thought", () => {
		for (const label of ["Failure type:", "What happened:", "Useful findings:"]) {
			expect(prompts.failureSummary).toContain(label);
			expect(prompts.failurePrefill).toContain(label);
		}
		expect(prompts.failurePrefill).toMatch(/^<think>\n[^\n][\s\S]*[^\n]\n<\/think>\n\n$/);
	});
});

test("a file of the same name takes the place of ours, the others stay", () => {
	writeFileSync(join(dir, "task-suffix-report.md"), "Be brief.\r\n");
	expect(loadPrompts([dir])).toEqual({ ...builtInPrompts(), taskSuffixReport: "Be brief." });
});

test("placeholders are filled where they stand; other braces and values stay as they are", () => {
	expect(fill("{date} {unknown} {} {date} $&", { date: "{tools} $1" })).toBe("{tools} $1 {unknown} {} {tools} $1 $&");
});
