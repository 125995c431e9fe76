import { termsOf } from "../../trajectory/rank";
import { isStopWord, nameKey, namesIn, quotedIn } from "./language";

export type QuestionKind = "who" | "when" | "where" | "how_many" | "yes_no" | "choice" | "open" | "which" | "what";

/** A question taken apart. Terms are numbered by their place in `terms`. */
export type Question = {
	text: string;
	kind: QuestionKind;
	terms: string[];
	numbers: ReadonlyMap<string, number>;
	/** Names and quoted titles it holds, longest spelling first seen. */
	names: { text: string; key: string }[];
	/** The question as a key, blank at both ends, to look names up in. */
	key: string;
	/** The alternatives of "A or B". */
	options: string[];
	boxed: boolean;
};

const BOXED = "\\boxed";

/** The question in a task: what format instructions and reports of earlier attempts follow it is left out. */
function questionIn(task: string): string {
	const [before = ""] = task.split("\n\n=== Previous Attempts Analysis ===");
	const lines = before.trimEnd().split("\n");
	const last = lines.at(-1) ?? "";
	const instruction = last.includes(BOXED) || /\btools?\b.*\b(?:answer|report|cite)/i.test(last);
	return (lines.length > 1 && instruction ? lines.slice(0, -1) : lines).join("\n").trim();
}

export function parseQuestion(task: string): Question {
	const text = questionIn(task);
	const terms: string[] = [];
	const numbers = new Map<string, number>();
	const words = text.split(/[^\p{L}\p{M}\p{N}'’]+/u).filter((word) => !isStopWord(word));
	for (const term of termsOf(words.join(" "))) {
		if (numbers.has(term) || term === "s") continue;
		numbers.set(term, terms.length);
		terms.push(term);
	}
	const names = new Map<string, string>();
	for (const name of [...quotedIn(text), ...questionNames(text)]) {
		const key = nameKey(name);
		if (key && !names.has(key)) names.set(key, name);
	}
	return {
		text,
		kind: kindOf(text),
		terms,
		numbers,
		names: [...names].map(([key, name]) => ({ key, text: name })),
		key: ` ${nameKey(text)} `,
		options: optionsIn(text),
		boxed: task.includes(BOXED),
	};
}

/** The first word of a sentence is no name when it is an ordinary word. */
function questionNames(text: string): string[] {
	return namesIn(
		text.replace(/(^|[.?!]\s+)(\p{Lu})(\p{Ll}+)(?=[\s,])/gu, (all, before: string, first: string, rest: string) =>
			isStopWord(first + rest) ? before + first.toLowerCase() + rest : all,
		),
	);
}

const KINDS: readonly [RegExp, QuestionKind][] = [
	[/^(?:how (?:do|does|did|can|should|to|would|is|are)|why|explain|describe)\b/i, "open"],
	[/^what (?:do|does|did)\b.*\b(?:do|mean)\b[\s?.]*(?:\bin\b.*)?$/i, "open"],
	[/\bhow (?:many|much|old|long|far|tall|high|large|big|often)\b/i, "how_many"],
	[
		/\bwhat (?:is|was|are|were) the (?:[\w-]+ ){0,4}(?:size|limit|number|population|capacity|height|length|price|cost|age|area|distance|percentage)\b/i,
		"how_many",
	],
	[/^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b/i, "yes_no"],
	[/,\s*(?:is|are|was|were|do|does|did|has|have|had)\s(?:the|there|both|it|this|an?|\p{Lu})/iu, "yes_no"],
	[/\b(?:who|whom|whose)\b|which (?:person|individual|man|woman)|谁/i, "who"],
	[
		/\b(?:when|what (?:year|date|day|month)|which (?:year|date|day|month)|in what year)\b|什么时候|何时|哪一?年/i,
		"when",
	],
	[
		/\b(?:where|what (?:city|country|state|place|town)|which (?:city|country|state|place|town))\b|哪里|何处|在哪/i,
		"where",
	],
];

function kindOf(text: string): QuestionKind {
	if (/\b(?:which|who|what)\b.*[,:]\s.*\bor\b/i.test(text) && optionsIn(text).length > 1) return "choice";
	return KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? "what";
}

/** The names on both sides of "or". */
function optionsIn(text: string): string[] {
	const [, left, right] = /([^,:?]+?),?\s+or\s+([^,?]+)\??\s*$/i.exec(text) ?? [];
	if (left === undefined || right === undefined) return [];
	const before = [...quotedIn(left), ...namesIn(left)].at(-1);
	const after = [...quotedIn(right), ...namesIn(right)][0];
	return before && after ? [before, after] : [];
}
