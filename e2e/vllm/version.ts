import type { StandInReply } from "./reply";

/** What a server's age or make changes on the wire (its fields for reasoning, its words for a prompt that is too long). */
export type Quirks = {
	/** Names under which a reply's reasoning comes, in that order. */
	reasoning: readonly ("reasoning" | "reasoning_content")[];
	/** Names under which it is read from the history; others are dropped without a word. */
	history: readonly ("reasoning" | "reasoning_content")[];
	/** The error stands in the body itself, not under `error`. */
	flatErrors: boolean;
	tooLong(prompt: number, output: number, window: number): string;
};

const now = (prompt: number, output: number, window: number): string =>
	`This model's maximum context length is ${window} tokens. However, you requested ${output} output tokens and your prompt contains at least ${prompt} input tokens, for a total of at least ${prompt + output} tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=${prompt})`;

const older = (prompt: number, output: number, window: number): string =>
	`This model's maximum context length is ${window} tokens. However, you requested ${prompt + output} tokens (${prompt} in the messages, ${output} in the completion). Please reduce the length of the messages or completion.`;

const sglang = (prompt: number, output: number, window: number): string =>
	prompt >= window
		? `The input (${prompt} tokens) is longer than the model's context length (${window} tokens).`
		: `Requested token count exceeds the model's maximum context length of ${window} tokens. You requested a total of ${prompt + output} tokens: ${prompt} tokens from the input messages and ${output} tokens for the completion.`;

const BOTH = ["reasoning", "reasoning_content"] as const;

/** By version of vLLM ("0.29.0"), or "sglang". */
export function quirksOf(version: string): Quirks {
	if (version === "sglang") {
		return { reasoning: ["reasoning_content"], history: ["reasoning_content"], flatErrors: true, tooLong: sglang };
	}
	const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
	const at = major * 1e6 + minor * 1e3 + patch;
	if (at < 11_001) {
		const flatErrors = at < 10_000;
		return { reasoning: ["reasoning_content"], history: ["reasoning_content"], flatErrors, tooLong: older };
	}
	if (at < 16_000) return { reasoning: BOTH, history: BOTH, flatErrors: false, tooLong: older };
	return { reasoning: ["reasoning"], history: at < 23_000 ? ["reasoning"] : BOTH, flatErrors: false, tooLong: now };
}

/** A piece of reasoning as the server of that version sends it. */
export const reasoningDelta = ({ reasoning }: Quirks, text: string | null): object =>
	Object.fromEntries(reasoning.map((name) => [name, text]));

/** The reply as far as the output limit lets it be written; one token is four bytes. */
export function limited(reply: StandInReply, maxTokens: number | undefined): StandInReply & { cut: boolean } {
	let room = maxTokens === undefined ? Number.POSITIVE_INFINITY : maxTokens * 4;
	const take = (text: string) => {
		const taken =
			Buffer.byteLength(text) <= room
				? text
				: Buffer.from(text)
						.subarray(0, room)
						.toString()
						.replace(/\ufffd$/, "");
		room -= Buffer.byteLength(text);
		if (room < 0) room = 0;
		return taken;
	};
	const reasoning = reply.reasoning === undefined ? undefined : take(reply.reasoning);
	const content = reply.content === undefined ? undefined : take(reply.content);
	const calls = reply.calls?.map(({ name, args }) => ({
		name,
		args: take(typeof args === "string" ? args : JSON.stringify(args)),
	}));
	const cut = room === 0;
	return {
		...reply,
		...(reasoning !== undefined && { reasoning }),
		...(content !== undefined && { content }),
		...(calls && { calls }),
		...(cut && !calls && { finish: "length" }),
		cut,
	};
}
