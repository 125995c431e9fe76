import { extractBoxed } from "../../../lib/agent/answer";
import type { WireMessage, WireRequest } from "../../../lib/agent/model";
import { builtInPrompts, fill } from "../../../lib/agent/prompts/prompts";
import { native } from "../../../lib/agent/protocol/native";
import { extractive } from "../../../lib/models/extractive";
import { type BenchQuestion, type Shelf, TOOLS } from "./shelf";

export type EngineOptions = NonNullable<Parameters<typeof extractive>[0]>;
/** One call: the document it opened, if it opened one, and the line that shows it. */
type Action = { docId: string | undefined; line: string };
export type Rollout = { actions: Action[]; answer: string; report: string };

const tools = native.wireTools(TOOLS.map(({ spec }) => spec)) ?? [];
const PARAMS = { temperature: 0 };

/**
 * The engine on one question, at most `calls` calls deep, through the product's tools and protocol. A shorter run is a
 * prefix of it, so one rollout serves every budget.
 */
export async function rollOut(
	shelf: Shelf,
	{ question }: BenchQuestion,
	calls: number,
	options: EngineOptions,
): Promise<Rollout> {
	const prompts = builtInPrompts();
	const model = extractive(options);
	const messages: WireMessage[] = [
		{ role: "system", content: native.systemPrompt([], "2026-01-01") },
		{ role: "user", content: `${question}\n${prompts.taskSuffixReport}` },
	];
	const ask = async () => {
		const request: WireRequest = { messages, tools, params: PARAMS };
		const stream = model.reply(request, { signal: new AbortController().signal, runId: "bench", turn: 1 });
		let next = await stream.next();
		while (!next.done) next = await stream.next();
		return next.value;
	};
	const actions: Action[] = [];
	while (actions.length < calls) {
		const { content, calls: made } = await ask();
		const [call] = made;
		if (!call) break;
		const args = call.args ?? {};
		const { text, docId } = await shelf.call(call.name, args);
		actions.push({ docId, line: args.q === undefined ? text.slice(0, text.indexOf("\n")) : `? ${String(args.q)}` });
		const turn = actions.length;
		messages.push(...native.toWire({ role: "assistant", turn, content, calls: [{ ...call, args }] }));
		const results = [{ callId: call.id, name: call.name, text }];
		messages.push(...native.toWire({ role: "user", kind: "results", turn, results }));
	}
	messages.push({ role: "user", content: fill(prompts.answerBoxed, { question }) });
	const { content: report } = await ask();
	return { actions, report, answer: extractBoxed(report) ?? "" };
}
