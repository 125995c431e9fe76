import { createHash } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import canonicalize from "canonicalize";
import type { Body, Policy, StandInReply } from "./reply";
import { refusal } from "./request-checks";
import { PrefixCache, render, tokensOf } from "./tokens";

export type StandInOptions = {
	policy: Policy;
	port?: number;
	model?: string;
	contextTokens?: number;
	/** Tokens a second; as fast as it can when absent. */
	pace?: number;
	reasoningField?: "reasoning" | "reasoning_content";
	apiKey?: string;
	withUsage?: boolean;
	version?: string;
};

/** A request as received: its body, its hash over `{messages, params, tools}`, how it ended. */
export type Received = { body: Body; requestHash: string; closedEarly: boolean };
export type StandIn = { url: string; port: number; requests: Received[]; close(): Promise<void> };

/** Starts a server that behaves on the wire as vLLM's OpenAI-compatible server does. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
	const requests: Received[] = [];
	const cache = new PrefixCache();
	const server = http.createServer((request, response) => {
		handle({ request, response, options, requests, cache }).catch((error: unknown) => {
			response.destroy(error instanceof Error ? error : new Error(String(error)));
		});
	});
	await new Promise<void>((listening) => server.listen(options.port ?? 0, "127.0.0.1", listening));
	const { port } = server.address() as AddressInfo;
	const close = () =>
		new Promise<void>((closed) => {
			server.close(() => closed());
			server.closeAllConnections();
		});
	return { url: `http://127.0.0.1:${port}`, port, requests, close };
}

type Exchange = {
	request: IncomingMessage;
	response: ServerResponse;
	options: StandInOptions;
	requests: Received[];
	cache: PrefixCache;
};

async function handle(exchange: Exchange): Promise<void> {
	const { request, response, options, cache } = exchange;
	const path = new URL(request.url ?? "/", "http://stand-in").pathname;
	if (path.startsWith("/v1") && options.apiKey && request.headers.authorization !== `Bearer ${options.apiKey}`) {
		return json(response, 401, { error: "Unauthorized" });
	}
	switch (`${request.method} ${path}`) {
		case "GET /health":
			response.writeHead(200).end();
			return;
		case "GET /version":
			return json(response, 200, { version: options.version ?? "0.29.0" });
		case "GET /v1/models":
			return json(response, 200, models(options));
		case "GET /metrics":
			response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(metrics(options, cache));
			return;
		case "GET /__requests":
			return json(response, 200, exchange.requests);
		case "POST /tokenize":
			return tokenize(exchange);
		case "POST /v1/chat/completions":
			return complete(exchange);
		default:
			return json(response, 404, { detail: "Not Found" });
	}
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
	response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

const nameOf = ({ model }: StandInOptions): string => model ?? "stand-in";
const windowOf = ({ contextTokens }: StandInOptions): number => contextTokens ?? 262_144;

const models = (options: StandInOptions) => ({
	object: "list",
	data: [
		{
			id: nameOf(options),
			object: "model",
			created: Math.floor(Date.now() / 1000),
			owned_by: "vllm",
			root: nameOf(options),
			parent: null,
			max_model_len: windowOf(options),
		},
	],
});

const metrics = (options: StandInOptions, { queries, hits }: PrefixCache): string =>
	[
		["vllm:num_requests_running", 0],
		["vllm:num_requests_waiting", 0],
		["vllm:kv_cache_usage_perc", 0.1],
		["vllm:prefix_cache_queries_total", queries],
		["vllm:prefix_cache_hits_total", hits],
	]
		.map(([name, value]) => `${name}{engine="0",model_name="${nameOf(options)}"} ${value}\n`)
		.join("");

async function read(request: IncomingMessage): Promise<Body | undefined> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	try {
		return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Body;
	} catch {
		return undefined;
	}
}

async function tokenize({ request, response, options }: Exchange): Promise<void> {
	const body = await read(request);
	const count = tokensOf(body?.messages ? render(body) : String(body?.prompt ?? ""));
	json(response, 200, { count, max_model_len: windowOf(options), tokens: [], token_strs: null });
}

/** SHA-256 over the canonical JSON of what shapes the reply: messages, tools, and every other field as params. */
function hashOf({ messages, tools, model: _, stream: __, stream_options: ___, ...params }: Body): string {
	return createHash("sha256")
		.update(canonicalize({ messages, params, ...(tools && { tools }) }) ?? "")
		.digest("hex");
}

async function complete(exchange: Exchange): Promise<void> {
	const { request, response, options, requests, cache } = exchange;
	const body = await read(request);
	if (!body)
		return json(response, 400, {
			error: { message: "JSON decode error", type: "Bad Request", param: "body", code: 400 },
		});
	const prompt = render(body);
	const refused = refusal(body, { tokens: tokensOf(prompt), window: windowOf(options), model: nameOf(options) });
	if (refused) return json(response, refused.status, { error: { ...refused, code: refused.status } });
	const received: Received = { body, requestHash: hashOf(body), closedEarly: false };
	requests.push(received);
	response.on("close", () => {
		received.closedEarly = !response.writableEnded;
	});
	const reply = options.policy(body);
	if (reply.fault?.kind === "reset") return void request.socket.destroy();
	if (reply.fault?.kind === "status") return json(response, reply.fault.status, reply.fault.body, reply.fault.headers);
	const usage = usageOf(prompt, reply, cache);
	if (body.stream) await stream(exchange, body, reply, usage);
	else json(response, 200, whole(options, reply, usage));
}

type Usage = ReturnType<typeof usageOf>;

function usageOf(prompt: string, reply: StandInReply, cache: PrefixCache) {
	const cached = cache.take(prompt);
	const input = tokensOf(prompt);
	const output = tokensOf(`${reply.reasoning ?? ""}${reply.content ?? ""}${JSON.stringify(reply.calls ?? "")}`);
	return {
		prompt_tokens: input,
		completion_tokens: output,
		total_tokens: input + output,
		prompt_tokens_details: { cached_tokens: cached },
	};
}

const toolCalls = ({ calls = [] }: StandInReply) =>
	calls.map(({ name, args }, index) => ({
		index,
		id: `chatcmpl-tool-${name}-${index}`,
		type: "function",
		function: { name, arguments: typeof args === "string" ? args : JSON.stringify(args) },
	}));

function whole(options: StandInOptions, reply: StandInReply, usage: Usage) {
	const calls = toolCalls(reply).map(({ index: _, ...call }) => call);
	const message = {
		role: "assistant",
		content: reply.content ?? null,
		[options.reasoningField ?? "reasoning"]: reply.reasoning ?? null,
		...(calls.length > 0 && { tool_calls: calls }),
	};
	const choices = [{ index: 0, message, finish_reason: reply.finish ?? "stop", stop_reason: null }];
	return { id: "chatcmpl-1", object: "chat.completion", created: 1, model: nameOf(options), choices, usage };
}

async function stream({ response, options }: Exchange, body: Body, reply: StandInReply, usage: Usage): Promise<void> {
	const { fault } = reply;
	const base = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: nameOf(options) };
	const chunk = (delta: object, finish: string | null = null) =>
		`data: ${JSON.stringify({ ...base, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })}\n\n`;
	response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
	response.write(chunk({ role: "assistant", content: "" }));
	let sent = 0;
	for (const delta of deltas(reply, options)) {
		if (response.destroyed) return;
		if (fault && "after" in fault && sent >= fault.after) return fail(response, fault);
		response.write(chunk(delta));
		sent++;
		const pace = reply.pace ?? options.pace;
		if (pace) await wait(1000 / pace);
	}
	if (fault && "after" in fault) return fail(response, fault);
	if (fault?.kind === "no-finish") return void response.end();
	const wantsUsage = body.stream_options?.include_usage && options.withUsage !== false;
	const last = wantsUsage ? `data: ${JSON.stringify({ ...base, choices: [], usage })}\n\n` : "";
	response.end(`${chunk({ content: "" }, finishOf(reply))}${last}data: [DONE]\n\n`);
}

const finishOf = ({ finish, calls }: StandInReply): string => finish ?? (calls ? "tool_calls" : "stop");

function fail(response: ServerResponse, fault: Extract<NonNullable<StandInReply["fault"]>, { after: number }>): void {
	if (fault.kind === "silence") return;
	if (fault.kind === "cut") {
		response.destroy();
		return;
	}
	const error = { message: fault.message, type: "InternalServerError", param: null, code: fault.code };
	response.end(`data: ${JSON.stringify({ error })}\n\ndata: [DONE]\n\n`);
}

function* deltas(reply: StandInReply, options: StandInOptions): Generator<object> {
	for (const text of cut(reply.reasoning ?? "", reply.pieces)) yield { [options.reasoningField ?? "reasoning"]: text };
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
