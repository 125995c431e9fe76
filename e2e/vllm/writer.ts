import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { type Body, NEWEST, type StandInOptions, type StandInReply } from "./reply";
import { type Quirks, reasoningDelta } from "./version";

/** Where a reply is written to, and what it shows of its server. */
export type Writing = { response: ServerResponse; options: StandInOptions; quirks: Quirks; requestId: string };
type Usage = { prompt_tokens: number; completion_tokens: number; total_tokens: number };

const nameOf = ({ model }: StandInOptions): string => model ?? "stand-in";

const toolCalls = ({ calls = [] }: StandInReply) =>
	calls.map(({ name, args }, index) => ({
		index,
		id: `chatcmpl-tool-${name}-${index}`,
		type: "function",
		function: { name, arguments: typeof args === "string" ? args : JSON.stringify(args) },
	}));

const headOf = ({ requestId, options }: Writing) => ({
	id: `chatcmpl-${requestId}`,
	created: 1,
	model: nameOf(options),
});
const fingerprintOf = ({ options }: Writing) => ({ system_fingerprint: `vllm-${options.version ?? NEWEST}-tp1` });

/** A reply in one piece. */
export function whole(writing: Writing, reply: StandInReply, usage: Usage) {
	const calls = toolCalls(reply).map(({ index: _, ...call }) => call);
	const message = {
		role: "assistant",
		content: reply.content ?? null,
		...reasoningDelta(writing.quirks, reply.reasoning ?? null),
		...(calls.length > 0 && { tool_calls: calls }),
	};
	const choices = [{ index: 0, message, finish_reason: finishOf(reply), stop_reason: null }];
	return { ...headOf(writing), object: "chat.completion", choices, usage, ...fingerprintOf(writing) };
}

/** A reply as it is written. */
export async function stream(writing: Writing, body: Body, reply: StandInReply, usage: Usage): Promise<void> {
	const { response, options } = writing;
	const counts = options.withUsage !== false ? body.stream_options : undefined;
	response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
	response.flushHeaders();
	if (reply.queueMs) await wait(reply.queueMs);
	await writeDeltas(writing, reply, counts?.continuous_usage_stats ? usage : undefined);
	if (response.destroyed) return;
	const { fault } = reply;
	if (fault && "after" in fault) fail(response, fault);
	else if (fault?.kind === "no-finish") response.end();
	else {
		const told = reply.usage === undefined ? usage : reply.usage;
		response.write(chunk(writing, { content: "" }, undefined, finishOf(reply)));
		response.end(`${counts?.include_usage ? lastChunk(writing, told) : ""}data: [DONE]\n\n`);
	}
}

/** The deltas, up to the fault if there is one; the first, empty delta is not counted for it. */
async function writeDeltas(writing: Writing, reply: StandInReply, usage: Usage | undefined): Promise<void> {
	const { response, options, quirks } = writing;
	const { fault, pace = options.pace } = reply;
	const last = fault && "after" in fault ? fault.after : Number.POSITIVE_INFINITY;
	let sent = 0;
	for (const delta of deltas(reply, quirks)) {
		if (response.destroyed || sent > last) return;
		response.write(chunk(writing, delta, usage && { ...usage, completion_tokens: sent }));
		sent++;
		if (pace) await wait(1000 / pace);
	}
}

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

function chunk(
	writing: Writing,
	delta: object,
	usage: object | undefined | false,
	finish: string | null = null,
): string {
	const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
	return event({ ...headOf(writing), object: "chat.completion.chunk", choices, ...(usage && { usage }) });
}

const lastChunk = (writing: Writing, usage: object | null): string =>
	event({ ...headOf(writing), object: "chat.completion.chunk", choices: [], usage, ...fingerprintOf(writing) });

/** Why the reply ended; a call that was cut is told as a call, as vLLM does. */
export const finishOf = ({ finish, calls }: StandInReply): string => finish ?? (calls ? "tool_calls" : "stop");

function fail(response: ServerResponse, fault: Extract<NonNullable<StandInReply["fault"]>, { after: number }>): void {
	if (fault.kind === "silence") return;
	if (fault.kind === "cut") {
		response.destroy();
		return;
	}
	const error = { message: fault.message, type: "InternalServerError", param: null, code: fault.code };
	response.end(`data: ${JSON.stringify({ error })}\n\ndata: [DONE]\n\n`);
}

function* deltas(reply: StandInReply, quirks: Quirks): Generator<object> {
	yield { role: "assistant", content: "" };
	for (const text of cut(reply.reasoning ?? "", reply.pieces)) yield reasoningDelta(quirks, text);
	for (const text of cut(reply.content ?? "", reply.pieces)) yield { content: text };
	for (const { function: made, ...call } of toolCalls(reply)) {
		yield { tool_calls: [{ ...call, function: { name: made.name } }] };
		for (const text of cut(made.arguments))
			yield { tool_calls: [{ index: call.index, function: { arguments: text } }] };
	}
}

function cut(text: string, pieces?: number): string[] {
	const size = pieces ? Math.max(1, Math.ceil(text.length / pieces)) : 4;
	const found: string[] = [];
	for (let at = 0; at < text.length; at += size) found.push(text.slice(at, at + size));
	return found;
}
