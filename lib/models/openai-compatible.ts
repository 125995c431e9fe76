import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { Model, ReplyOptions, WireRequest } from "../agent/model";
import { streamChat } from "./chat-stream";
import { type ModelTimeouts, modelFetch, TIMEOUTS } from "./model-fetch";

export type Endpoint = { baseUrl: string; model: string; apiKey?: string; timeouts?: Partial<ModelTimeouts> };

/**
 * vLLM, SGLang, llama.cpp, Ollama and their like. The AI SDK carries the request and reads the stream; the body's
 * messages, tools and parameters are ours to the byte, because the journal holds their hash.
 */
export function openaiCompatible({ baseUrl, model, apiKey, timeouts }: Endpoint): Model {
	const limits = { ...TIMEOUTS, ...timeouts };
	const fetcher = modelFetch(limits);
	return {
		provider: "openai-compatible",
		id: model,
		reply: (request, options) => streamChat({ model: chat(request), request, options, timeouts: limits }),
		countTokens: (request, signal) =>
			countTokens(
				{ baseUrl, model, fetcher, ...(apiKey && { apiKey }) },
				request,
				AbortSignal.any([signal, AbortSignal.timeout(limits.count)]),
			),
	};

	function chat(request: WireRequest) {
		const provider = createOpenAICompatible({
			name: "server",
			baseURL: baseUrl.replace(/\/+$/, ""),
			...(apiKey && { apiKey }),
			fetch: fetcher,
			includeUsage: true,
			transformRequestBody: ({ stream, stream_options }) => ({
				...(model && { model }),
				messages: request.messages,
				...(request.tools && { tools: request.tools }),
				...request.params,
				stream,
				stream_options,
			}),
		});
		return provider.chatModel(model);
	}
}

type Counter = { baseUrl: string; model: string; apiKey?: string; fetcher: typeof globalThis.fetch };

/** Counts the rendered prompt with the server's own template (`POST /tokenize`, beside `/v1`); undefined without it. */
async function countTokens(
	server: Counter,
	request: WireRequest,
	signal: ReplyOptions["signal"],
): Promise<number | undefined> {
	const url = new URL("tokenize", `${server.baseUrl.replace(/\/v1\/?$/, "").replace(/\/+$/, "")}/`);
	const headers = {
		"content-type": "application/json",
		...(server.apiKey && { authorization: `Bearer ${server.apiKey}` }),
	};
	const body = JSON.stringify({
		model: server.model,
		messages: request.messages,
		...(request.tools && { tools: request.tools }),
	});
	const response = await server.fetcher(url, { method: "POST", headers, body, signal }).catch(() => undefined);
	if (!response?.ok) return undefined;
	const parsed: unknown = await response.json().catch(() => undefined);
	const count = parsed && typeof parsed === "object" && "count" in parsed ? parsed.count : undefined;
	return typeof count === "number" ? count : undefined;
}
