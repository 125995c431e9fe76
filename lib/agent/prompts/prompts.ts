import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the texts stand, seen from the directory the product is started in. */
const BUILT_IN = "lib/agent/prompts";

const FILES = {
	systemGeneric: "system-generic.md",
	systemMirothinker: "system-mirothinker.md",
	taskSuffixBoxed: "task-suffix-boxed.md",
	taskSuffixReport: "task-suffix-report.md",
	answerBoxed: "answer-boxed.md",
	answerReport: "answer-report.md",
	failureSummary: "failure-summary.md",
	failurePrefill: "failure-prefill.md",
	plan: "plan.md",
	objective: "objective.md",
	objectiveSubagent: "objective-subagent.md",
	taskSuffixSubagent: "task-suffix-subagent.md",
	answerSubagent: "answer-subagent.md",
} as const;

/**
 * Every text the agent says to a model. Placeholders in braces: `{date}` (both system prompts), `{tools}`
 * and `{objective}` (`systemMirothinker`: the server sections, what the agent is for), `{question}` (the answer prompts; filled in when the answer is asked for; and `plan`).
 * Other braces are plain text.
 */
export type Prompts = Record<keyof typeof FILES, string>;

/**
 * Loads the texts; a file of the same name in one of `dirs` (the first that has it) takes the place of ours. The last line
 * break of a file is not part of its text. Throws when a text is nowhere to be found, naming the file.
 */
export function loadPrompts(dirs: readonly string[] = []): Prompts {
	const places = [...dirs, BUILT_IN];
	const { failurePrefill, ...texts } = {
		systemGeneric: textOf(FILES.systemGeneric, places),
		systemMirothinker: textOf(FILES.systemMirothinker, places),
		taskSuffixBoxed: textOf(FILES.taskSuffixBoxed, places),
		taskSuffixReport: textOf(FILES.taskSuffixReport, places),
		answerBoxed: textOf(FILES.answerBoxed, places),
		answerReport: textOf(FILES.answerReport, places),
		failureSummary: textOf(FILES.failureSummary, places),
		failurePrefill: textOf(FILES.failurePrefill, places),
		plan: textOf(FILES.plan, places),
		objective: textOf(FILES.objective, places),
		objectiveSubagent: textOf(FILES.objectiveSubagent, places),
		taskSuffixSubagent: textOf(FILES.taskSuffixSubagent, places),
		answerSubagent: textOf(FILES.answerSubagent, places),
	};
	return { ...texts, failurePrefill: `<think>\n${failurePrefill}\n</think>\n\n` };
}

let builtIn: Prompts | undefined;

/** Our own texts, read once. */
export function builtInPrompts(): Prompts {
	builtIn ??= loadPrompts();
	return builtIn;
}

/** Puts values into a text's placeholders, each where it stands; a value's own braces are not looked at. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(/\{([a-z]+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

function textOf(file: string, dirs: readonly string[]): string {
	for (const dir of dirs) {
		const path = join(/* turbopackIgnore: true */ dir, file);
		if (existsSync(path)) return readFileSync(path, "utf8").replace(/\r?\n$/, "");
	}
	throw new Error(`The prompt ${file} was not found in ${dirs.join(" or ")}.`);
}
