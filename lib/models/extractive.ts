import "server-only";
import {
	type Model,
	type ModelDelta,
	type ModelReply,
	type WireMessage,
	type WireRequest,
	wireText,
} from "../agent/model";
import { answerText } from "./extractive/answer";
import { type Fold, foldOf, isFurtherTask } from "./extractive/fold";
import type { EngineOptions } from "./extractive/notebook";
import { nextStep } from "./extractive/plan";
import { callFor, reasonFor } from "./extractive/wording";

/** Characters of a streamed piece. */
const PIECE = 80;

/**
 * The built-in engine: no language model, but a deterministic policy over the messages, in the native protocol. It plans
 * queries, opens pages, follows links and names, and answers with quoted, cited sentences. It never learns its budget, so
 * a shorter run is a prefix of a longer one, followed by its answer. One instance a run; another run's messages are
 * read anew.
 */
export function extractive(options: EngineOptions = {}): Model {
	let fold: Fold | undefined;
	return {
		provider: "extractive",
		id: "extractive",
		async *reply(request, { signal }) {
			signal.throwIfAborted();
			const since = performance.now();
			fold = foldOf(fold, request, options);
			const made = replyTo(fold, request);
			yield* piecesOf(made);
			return { ...made, ms: Math.round(performance.now() - since) };
		},
	};
}

function replyTo(fold: Fold, request: WireRequest): Omit<ModelReply, "ms"> {
	const { notebook } = fold;
	if (wantsAnswer(request.messages)) {
		const last = request.messages.at(-1);
		const boxed = notebook.question.boxed || (last !== undefined && wireText(last).includes("\\boxed"));
		return { content: answerText(notebook, boxed), calls: [], finish: "stop" };
	}
	const tools = request.tools?.map(({ function: { name } }) => name) ?? [];
	const step = nextStep(
		notebook,
		tools.filter((name) => name.includes("search")),
	);
	const reason = reasonFor(notebook, step);
	const call = callFor(step, { id: `call-${notebook.calls + 1}`, tools });
	return call
		? { content: reason, calls: [call], finish: "tool_calls" }
		: { content: reason, calls: [], finish: "stop" };
}

/**
 * The last message asks for the answer: it comes after a reply without calls, or speaks of the answer itself. Anything
 * else a person says during the run is steering and changes nothing.
 */
function wantsAnswer(messages: readonly WireMessage[]): boolean {
	const last = messages.at(-1);
	const before = messages.at(-2);
	if (last?.role !== "user" || messages.filter(({ role }) => role === "user").length < 2) return false;
	if (isFurtherTask(messages.slice(0, -1), last)) return false;
	if (before?.role === "assistant" && !before.tool_calls) return true;
	return /\\boxed|\b(?:final answer|write the report|research ends|do not (?:call|use) any tools?)\b/i.test(
		wireText(last),
	);
}

function* piecesOf({ content, calls }: Omit<ModelReply, "ms">): Generator<ModelDelta> {
	for (let at = 0; at < content.length; at += PIECE) yield { part: "text", text: content.slice(at, at + PIECE) };
	for (const { name, args } of calls) yield { part: "call", text: `${name} ${JSON.stringify(args)}` };
}
