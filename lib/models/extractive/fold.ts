import { type WireMessage, type WireRequest, wireText } from "../../agent/model";
import {
	type EngineOptions,
	emptyNotebook,
	forget,
	hostOf,
	type Notebook,
	placeKey,
	queryKey,
	takeHits,
} from "./notebook";
import { takePage } from "./pages";
import { parseQuestion } from "./question";
import { readingOf } from "./results";

type AssistantMessage = Extract<WireMessage, { role: "assistant" }>;
type Call = { tool: string; args: Record<string, unknown> };

/** What was read so far of one message list. */
export type Fold = { notebook: Notebook; read: WireMessage[]; calls: Map<string, Call> };

/**
 * Takes in the messages that came since the last request. A list that does not continue the one read before (a resume,
 * a fork) is read from its start.
 */
export function foldOf(before: Fold | undefined, { messages }: WireRequest, options: EngineOptions): Fold {
	const goesOn = before?.read.every((message, index) => message === messages[index]);
	const fold = before && goesOn ? before : begin(messages, options);
	for (const message of messages.slice(fold.read.length)) {
		if (isFurtherTask(fold.read, message)) askFurther(fold, message, options);
		take(fold, message);
		fold.read.push(message);
	}
	return fold;
}

function begin(messages: readonly WireMessage[], options: EngineOptions): Fold {
	const task = messages.find(({ role }) => role === "user");
	return { notebook: emptyNotebook(parseQuestion(task ? wireText(task) : ""), options), read: [], calls: new Map() };
}

/**
 * Whether a message asks a further question: it ends in the format instruction that the first task ended in. Prompts
 * that ask for the answer, and what a person says during a run, do not.
 */
export function isFurtherTask(before: readonly WireMessage[], message: WireMessage): boolean {
	const first = before.find(({ role }) => role === "user");
	if (message.role !== "user" || !first) return false;
	const suffix = instructionOf(wireText(first));
	return suffix !== undefined && instructionOf(wireText(message)) === suffix;
}

function instructionOf(task: string): string | undefined {
	const lines = task.trimEnd().split("\n");
	return lines.length > 1 ? lines.at(-1) : undefined;
}

/** All that was read before is read once more, with the new question in mind. */
function askFurther(fold: Fold, message: WireMessage, options: EngineOptions): void {
	fold.notebook = emptyNotebook(parseQuestion(wireText(message)), options);
	for (const earlier of fold.read) take(fold, earlier);
	fold.notebook.earlier = fold.notebook.queries.length;
}

function take(fold: Fold, message: WireMessage): void {
	if (message.role === "assistant") takeCalls(fold, message);
	if (message.role === "tool") takeResult(fold.notebook, fold.calls.get(message.tool_call_id), message);
}

function takeCalls(fold: Fold, { tool_calls }: AssistantMessage): void {
	for (const { id, function: call } of tool_calls ?? []) {
		fold.calls.set(id, { tool: call.name, args: JSON.parse(call.arguments) });
	}
}

function takeResult(notebook: Notebook, call: Call | undefined, message: WireMessage): void {
	if (!call) return;
	notebook.calls++;
	const reading = readingOf(message);
	const { url, q } = call.args;
	if (typeof url === "string") {
		const start = typeof call.args.start === "number" ? `#${call.args.start}` : "";
		forget(notebook, placeKey(url) + start);
		notebook.visited.add(placeKey(url) + start);
	}
	if (typeof q === "string") {
		const asked = { tool: call.tool, text: q, key: queryKey(q), hits: 0 };
		if (reading.kind === "hits") takeHits(notebook, reading, { ...asked, hits: reading.hits.length });
		else notebook.queries.push(asked);
	}
	if (typeof url === "string") countHost(notebook, url, reading.kind === "page");
	if (reading.kind === "page") takePage(notebook, reading);
}

function countHost({ hosts }: Notebook, url: string, read: boolean): void {
	const host = hostOf(url);
	const before = hosts.get(host) ?? { read: 0, failed: 0 };
	hosts.set(host, { read: before.read + (read ? 1 : 0), failed: before.failed + (read ? 0 : 1) });
}
