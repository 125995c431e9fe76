import type { FaultClass, FinishReason, ToolCall, Usage } from "../trajectory/event";

/** A piece of a user message; a picture is named by its hash until it goes out (`pictureRef`). */
export type WirePart = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };

/** Messages as they stand in the HTTP body (OpenAI chat format). */
export type WireMessage =
	| { role: "system"; content: string }
	| { role: "user"; content: string | readonly WirePart[] }
	| {
			role: "assistant";
			content: string | null;
			reasoning?: string;
			reasoning_content?: string;
			tool_calls?: WireToolCall[];
	  }
	| { role: "tool"; tool_call_id: string; content: string };

/** How a picture of these bytes (SHA-256, hex) stands in a request that is built, hashed and rebuilt. */
export const pictureRef = (hash: string): string => `sha256:${hash}`;

/** The text of a message as sent, without its pictures. */
export function wireText({ content }: WireMessage): string {
	if (content === null || typeof content === "string") return content ?? "";
	return content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

/** `arguments` is JSON text; it must parse, or the server refuses every later request. */
export type WireToolCall = { id: string; type: "function"; function: { name: string; arguments: string } };

export type WireTool = {
	type: "function";
	function: { name: string; description: string; parameters: Record<string, unknown> };
};

/**
 * What is sent, whole: `requestHash` is taken over the canonical JSON of exactly these three keys.
 * `params` are top-level body fields (temperature, top_p, max_tokens, repetition_penalty, continue_final_message …).
 */
export type WireRequest = {
	messages: readonly WireMessage[];
	tools?: readonly WireTool[];
	params: Record<string, number | boolean | string>;
};

/** A piece of a reply as it is written. `call` is the raw text of a tool call in the making. */
export type ModelDelta = { part: "reasoning" | "text" | "call"; text: string };

/** One reply as the server gave it, before a protocol reads calls out of its text. */
export type ModelReply = {
	content: string;
	reasoning?: string;
	/** Native tool calls; `args` is undefined when the server's arguments were not a JSON object (`raw` keeps them). */
	calls: (Omit<ToolCall, "args"> & { args?: Record<string, unknown>; raw?: string })[];
	finish: FinishReason;
	/** Absent when the server sent none: the loop then counts with `countTokens`. */
	usage?: Usage;
	ttftMs?: number;
	ms: number;
	serverModel?: string;
};

/** A request that failed. Thrown by `Model.reply`; the loop turns each into a `model.failed` event. */
export class ModelFault extends Error {
	readonly fault: FaultClass;
	readonly status: number | undefined;
	/** Milliseconds the server asked to wait (Retry-After). */
	readonly retryAfterMs: number | undefined;

	constructor(
		fault: FaultClass,
		message: string,
		options: { status?: number; retryAfterMs?: number; cause?: unknown } = {},
	) {
		super(message, { cause: options.cause });
		this.name = "ModelFault";
		this.fault = fault;
		this.status = options.status;
		this.retryAfterMs = options.retryAfterMs;
	}
}

/**
 * One try of one request: no retries inside. Yields deltas, returns the reply; throws `ModelFault`, or the abort
 * reason when `signal` fired (the request is then closed at once).
 */
export type Model = {
	readonly provider: "openai-compatible" | "openai" | "extractive" | "replay";
	readonly id: string;
	reply(request: WireRequest, options: ReplyOptions): AsyncGenerator<ModelDelta, ModelReply>;
	/** Tokens of the rendered prompt, by the server's own tokenizer; undefined when it cannot tell. */
	countTokens?(request: WireRequest, signal: AbortSignal): Promise<number | undefined>;
};

/** `runId` is sent as a session header, so that a router can pin a run to one replica's prefix cache. */
export type ReplyOptions = { signal: AbortSignal; runId: string; turn: number };
