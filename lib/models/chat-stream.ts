import "server-only";
import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { type ModelDelta, ModelFault, type ModelReply, type ReplyOptions, type WireRequest } from "../agent/model";
import type { FinishReason, Usage } from "../trajectory/event";
import { faultOf, streamFault } from "./model-error";
import type { ModelTimeouts } from "./model-fetch";
import { parseObject } from "./parse-object";

type Gathered = {
	content: string;
	reasoning: string;
	calls: ModelReply["calls"];
	finish: FinishReason;
	usage: Usage | undefined;
	serverModel: string | undefined;
	began: boolean;
	ttftMs: number | undefined;
};

/** One request through an AI SDK chat model whose body is replaced by `request` on its way out. */
export type Chat = { model: LanguageModelV4; request: WireRequest; options: ReplyOptions; timeouts: ModelTimeouts };

/**
 * Streams one reply. The provider's `doStream` is used bare: `streamText` would add a tool loop and per-delta work
 * that the agent does not need. Throws `ModelFault`; an abort of the caller's signal throws the signal's reason.
 */
export async function* streamChat(chat: Chat): AsyncGenerator<ModelDelta, ModelReply> {
	const since = performance.now();
	const clock = new Watchdog(chat);
	const gathered: Gathered = {
		content: "",
		reasoning: "",
		calls: [],
		finish: "unknown",
		usage: undefined,
		serverModel: undefined,
		began: false,
		ttftMs: undefined,
	};
	try {
		for await (const part of parts(chat, clock)) {
			const delta = take(gathered, part);
			if (!delta) continue;
			gathered.ttftMs ??= Math.round(performance.now() - since);
			yield delta;
		}
	} catch (error) {
		chat.options.signal.throwIfAborted();
		throw clock.fault ?? faultOf(error, gathered.began);
	} finally {
		clock.stop();
	}
	return replyOf(gathered, chat.request, Math.round(performance.now() - since));
}

async function* parts(chat: Chat, clock: Watchdog): AsyncGenerator<LanguageModelV4StreamPart> {
	const { options } = chat;
	const { stream } = await chat.model.doStream({
		prompt: [],
		abortSignal: clock.signal,
		headers: {
			"x-session-id": options.runId,
			"x-upstream-session-id": options.runId,
			"x-request-id": `${options.runId}-${options.turn}`,
		},
	});
	const reader = stream.getReader();
	try {
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			if (next.value.type !== "stream-start") clock.beat();
			yield next.value;
		}
	} finally {
		reader.releaseLock();
		clock.close();
	}
}

function take(gathered: Gathered, part: LanguageModelV4StreamPart): ModelDelta | undefined {
	gathered.began ||= part.type !== "stream-start";
	switch (part.type) {
		case "text-delta":
			gathered.content += part.delta;
			return { part: "text", text: part.delta };
		case "reasoning-delta":
			gathered.reasoning += part.delta;
			return { part: "reasoning", text: part.delta };
		case "tool-input-start":
			return { part: "call", text: `${part.toolName} ` };
		case "tool-input-delta":
			return { part: "call", text: part.delta };
		case "tool-call":
			gathered.calls.push(callOf(part.toolCallId, part.toolName, part.input));
			return undefined;
		case "response-metadata":
			gathered.serverModel = part.modelId;
			return undefined;
		case "error":
			throw streamFault(part.error);
		case "finish":
			gathered.finish = finishOf(part.finishReason.raw ?? part.finishReason.unified);
			gathered.usage = usageOf(part.usage);
			return undefined;
		default:
			return undefined;
	}
}

function callOf(id: string, name: string, input: string): ModelReply["calls"][number] {
	const text = input.trim() || "{}";
	const args = parseObject(text);
	return args ? { id, name, args } : { id, name, raw: text };
}

/** A map, not an object: what ended a reply is a word of the server, and may be one that every object knows. */
const FINISH = new Map<string, FinishReason>([
	["stop", "stop"],
	["tool_calls", "tool_calls"],
	["tool-calls", "tool_calls"],
	["function_call", "tool_calls"],
	["length", "length"],
	["content_filter", "content_filter"],
	["content-filter", "content_filter"],
	["abort", "abort"],
	["repetition", "repetition"],
]);

const finishOf = (raw: string): FinishReason => FINISH.get(raw) ?? "unknown";

type ProviderUsage = Extract<LanguageModelV4StreamPart, { type: "finish" }>["usage"];

/** A server that sends no usage is told apart from one that counted nothing; absurd numbers count as absent. */
function usageOf({ inputTokens, outputTokens }: ProviderUsage): Usage | undefined {
	const sane = (count: number | undefined) => (count !== undefined && count >= 0 && count < 1e9 ? count : undefined);
	const [input, output] = [sane(inputTokens.total), sane(outputTokens.total)];
	if (input === undefined || output === undefined) return undefined;
	const [cached, reasoning] = [sane(inputTokens.cacheRead), sane(outputTokens.reasoning)];
	return {
		inputTokens: input,
		outputTokens: output,
		...(cached !== undefined && { cachedTokens: cached }),
		...(reasoning !== undefined && { reasoningTokens: reasoning }),
	};
}

/** An engine-side abort is a fault. A call cut by the token limit is reported as finished by vLLM; it is not. */
function replyOf(gathered: Gathered, request: WireRequest, ms: number): ModelReply {
	const { content, reasoning, calls, usage, serverModel, ttftMs } = gathered;
	if (gathered.finish === "abort") throw new ModelFault("busy", "The model server stopped this request.");
	const limit = request.params.max_tokens ?? request.params.max_completion_tokens;
	const cut = typeof limit === "number" && usage !== undefined && usage.outputTokens >= limit && calls.length > 0;
	return {
		content,
		...(reasoning && { reasoning }),
		calls,
		finish: cut ? "length" : gathered.finish,
		...(usage && { usage }),
		...(ttftMs !== undefined && { ttftMs }),
		ms,
		...(serverModel !== undefined && { serverModel }),
	};
}

/** Ends a request that is silent for too long, and any request when the caller aborts. */
class Watchdog {
	fault: ModelFault | undefined;
	private readonly controller = new AbortController();
	private readonly timeouts: ModelTimeouts;
	private readonly total: ReturnType<typeof setTimeout>;
	private silence: ReturnType<typeof setTimeout>;
	private readonly outer: AbortSignal;

	constructor({ timeouts, options }: Chat) {
		this.timeouts = timeouts;
		this.outer = options.signal;
		this.total = setTimeout(() => this.bark(`The reply took longer than ${timeouts.total / 1000} s.`), timeouts.total);
		this.silence = setTimeout(
			() => this.bark(`The model server sent nothing for ${timeouts.firstByte / 1000} s.`),
			timeouts.firstByte,
		);
		this.outer.addEventListener("abort", this.close);
		if (this.outer.aborted) this.close();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Something came of the reply itself: a queued request gets its headers at once and then waits. */
	beat(): void {
		clearTimeout(this.silence);
		const { idle } = this.timeouts;
		this.silence = setTimeout(() => this.bark(`The model server fell silent for ${idle / 1000} s.`), idle);
	}

	/** Closes the connection, if it is still open. */
	readonly close = (): void => this.controller.abort(this.outer.reason);

	stop(): void {
		clearTimeout(this.total);
		clearTimeout(this.silence);
		this.outer.removeEventListener("abort", this.close);
	}

	private bark(message: string): void {
		this.fault = new ModelFault("timeout", message);
		this.controller.abort(this.fault);
	}
}
