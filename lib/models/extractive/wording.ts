import type { ToolCall } from "../../trajectory/event";
import type { Notebook } from "./notebook";
import type { Step } from "./plan";

const RESULTS = 20;

/** One or two sentences on why this step comes next. */
export function reasonFor(notebook: Notebook, step: Step): string {
	switch (step.act) {
		case "search":
			return searchReason(notebook, step);
		case "open":
			return openReason(notebook, step);
		case "answer":
			return step.enough
				? "The pages I opened cover what the question asks. I have enough to answer."
				: "Nothing I have seen promises more. I answer from what I opened and say what is missing.";
		default:
			return step satisfies never;
	}
}

function searchReason(notebook: Notebook, step: Extract<Step, { act: "search" }>): string {
	switch (step.why) {
		case "first":
			return notebook.queries.length === notebook.earlier
				? "I start with the question as it was asked, to see which pages share its rarest words."
				: "I put the whole question to the next search as well.";
		case "name":
			return `No page seen so far is about ${step.names.join(", ")}, which the question names. I look for it by itself.`;
		case "clause":
			return "The question asks for several things at once. I search for one part of it by itself.";
		case "mention":
			return `The pages I opened point to ${step.names.join(", ")}. I look for what is known about that.`;
		default:
			return "No good page covers these words of the question yet. I search for them alone.";
	}
}

function openReason({ opened }: Notebook, { weighed }: Extract<Step, { act: "open" }>): string {
	const { candidate, features } = weighed;
	const name = `“${candidate.title || candidate.url}”`;
	if (candidate.start !== undefined) return `${name} goes on; I read its next part.`;
	const from = opened[candidate.links.at(-1)?.page ?? candidate.backLinks.at(-1) ?? -1]?.title;
	if (features.beside > features.hit && from)
		return `“${from}” links to ${name} beside words of the question. I follow it.`;
	if (features.back > features.hit && from)
		return `${name} links to “${from}” and shares words with the question. I open it.`;
	if (features.mentioned > 0.1) return `A page I opened names ${name} where it speaks of the question. I open it.`;
	if (features.named > 0 || features.within > 0.5) return `The question itself names ${name}. I open it.`;
	if (features.hit > 0) return `${name} is among the best matches for the question. I open it.`;
	return `${name} came up in a search for a part of the question. I open it.`;
}

/** The step as a tool call; undefined when it is the answer, or when no tool can take it. */
export function callFor(step: Step, { id, tools }: { id: string; tools: readonly string[] }): ToolCall | undefined {
	if (step.act === "search") return { id, name: step.tool, args: { q: step.q, num: RESULTS } };
	if (step.act === "answer") return undefined;
	const { url, start } = step.weighed.candidate;
	const name = tools.find((tool) => tool === "read_page" || tool.startsWith("read"));
	return name === undefined ? undefined : { id, name, args: { url, ...(start !== undefined && { start }) } };
}
