import "server-only";
import { createOpenAI } from "@ai-sdk/openai";
import type { Model, WireMessage, WireRequest } from "../agent/model";
import { streamChat } from "./chat-stream";
import { modelFetch, TIMEOUTS } from "./model-fetch";

/** OpenAI's own models, by the chat API. They refuse unknown fields, so only theirs are sent. */
export function openai({ model, apiKey, baseUrl }: { model: string; apiKey: string; baseUrl?: string }): Model {
	const fetcher = modelFetch(TIMEOUTS);
	return {
		provider: "openai",
		id: model,
		reply(request, options) {
			const provider = createOpenAI({
				apiKey,
				...(baseUrl && { baseURL: baseUrl }),
				fetch: replacingBody(fetcher, bodyOf(model, request)),
			});
			return streamChat({ model: provider.chat(model), request, options, timeouts: TIMEOUTS });
		},
	};
}

const REASONS = /^(gpt-5|o\d)/;

function bodyOf(model: string, request: WireRequest): object {
	const { temperature, top_p, max_tokens } = request.params;
	const limit = REASONS.test(model) ? { max_completion_tokens: max_tokens } : { temperature, top_p, max_tokens };
	return {
		model,
		messages: request.messages.map(plain),
		...(request.tools && { tools: request.tools }),
		...limit,
		stream: true,
		stream_options: { include_usage: true },
	};
}

/** OpenAI's chat API takes no reasoning back. */
function plain(message: WireMessage): WireMessage {
	if (message.role !== "assistant") return message;
	const { reasoning: _, reasoning_content: __, ...rest } = message;
	return rest;
}

function replacingBody(fetcher: typeof globalThis.fetch, body: object): typeof globalThis.fetch {
	return (input, init) => fetcher(input, { ...init, body: JSON.stringify(body) });
}
