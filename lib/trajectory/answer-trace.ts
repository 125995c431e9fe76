import type { AgentEvent } from "./event";
import { proseOf } from "./row";
import { splitThink } from "./think";

/** Where the run's short answer stood before it was given. Calls count kept ones from 1. */
export type AnswerTrace = {
	answer: string;
	/** The first kept call whose result holds it, word for word. */
	firstResult?: number;
	/** The first reply that says it, by the call it stands before. */
	firstSaid?: number;
	/** Each time a reply stated another boxed answer than the one before. */
	stated: { call: number; answer: string }[];
};

const LONGEST = 120;

/**
 * Looks for the short answer in results and replies, without case, marks and punctuation. The short answer is the boxed
 * one, else what stands in bold at the head of the report; a run without either has none to look for, and neither has
 * one whose answer is "yes" or "no", or too short to be found by its letters. A page may hold the words by chance, and
 * may say the same in others: it tells where the answer could first be read, not where it was understood.
 */
export function answerTrace(events: readonly AgentEvent[]): AnswerTrace | undefined {
	const answer = shortAnswerOf(events);
	const wanted = plain(answer ?? "");
	if (answer === undefined || wanted.length < 3 || ["yes", "no"].includes(wanted)) return undefined;
	const trace: AnswerTrace = { answer, stated: [] };
	const gone = new Set(events.flatMap((event) => (event.type === "turn.rolled_back" ? [event.turn] : [])));
	let call = 0;
	for (const event of events) {
		if ("turn" in event && gone.has(event.turn)) continue;
		if (event.type === "tool.called") call++;
		if (event.type === "tool.returned") look(trace, "firstResult", { call, text: event.text, wanted });
		if (event.type !== "model.replied") continue;
		const text = `${event.reasoning ?? ""}\n${event.content}`;
		look(trace, "firstSaid", { call: call + event.calls.length, text, wanted });
		note(trace, call, boxedIn(event.content));
	}
	return trace;
}

function shortAnswerOf(events: readonly AgentEvent[]): string | undefined {
	const ended = events.findLast((event) => event.type === "run.ended");
	const reply = events.findLast((event) => event.type === "model.replied" && event.turn === ended?.answerTurn);
	if (!ended || reply?.type !== "model.replied") return undefined;
	return (ended.boxed ?? headOf(proseOf(splitThink(reply.content).visible)))?.trim();
}

type Place = "firstResult" | "firstSaid";

function look(
	trace: AnswerTrace,
	place: Place,
	{ call, text, wanted }: { call: number; text: string; wanted: string },
) {
	if (trace[place] === undefined && plain(text).includes(wanted)) trace[place] = call;
}

function note(trace: AnswerTrace, call: number, stated: string | undefined): void {
	if (stated === undefined || plain(stated) === plain(trace.stated.at(-1)?.answer ?? "")) return;
	trace.stated.push({ call, answer: stated });
}

const plain = (text: string): string =>
	text
		.normalize("NFKD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim();

/** What a report begins with, in bold. */
function headOf(report: string): string | undefined {
	const head = /^\s*(?:[^\n*]{0,60}\s)?\*\*([^*\n]+)\*\*/.exec(report)?.[1];
	return head !== undefined && head.length <= LONGEST ? head : undefined;
}

const boxedIn = (content: string): string | undefined => /\\boxed\{([^{}\n]{1,200})\}/.exec(content)?.[1];
