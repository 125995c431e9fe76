import { createHash } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import canonicalize from "canonicalize";
import { Counters, metricsText } from "./metrics";
import { type Body, type Fault, NEWEST, type StandInOptions, type StandInReply } from "./reply";
import { refusal } from "./request-checks";
import { PrefixCache, render, tokensOf } from "./tokens";
import { limited, type Quirks, quirksOf } from "./version";
import { finishOf, stream, whole } from "./writer";

/** A request as received: its body, its hash over `{messages, params, tools}`, how it ended. */
export type Received = { body: Body; requestHash: string; closedEarly: boolean };
export type StandIn = { url: string; port: number; requests: Received[]; close(): Promise<void> };

/** Starts a server that behaves on the wire as vLLM's OpenAI-compatible server does. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
	const requests: Received[] = [];
	const shared = {
		options,
		requests,
		cache: new PrefixCache(),
		counters: new Counters(),
		quirks: quirksOf(options.version ?? NEWEST),
		faults: [] as Fault[],
	};
	const server = http.createServer((request, response) => {
		handle({ request, response, ...shared }).catch((error: unknown) => {
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
	counters: Counters;
	quirks: Quirks;
	/** Faults asked for by `POST /__faults`, one for each of the next requests. */
	faults: Fault[];
};

async function handle(exchange: Exchange): Promise<void> {
	const { request, response, options, cache, counters } = exchange;
	const path = new URL(request.url ?? "/", "http://stand-in").pathname;
	if (path.startsWith("/v1") && options.apiKey && request.headers.authorization !== `Bearer ${options.apiKey}`) {
		return json(response, 401, { error: "Unauthorized" });
	}
	switch (`${request.method} ${path}`) {
		case "GET /health":
			response.writeHead(200).end();
			return;
		case "GET /version":
			return json(response, 200, { version: options.version ?? NEWEST });
		case "GET /v1/models":
			return json(response, 200, models(options));
		case "GET /metrics":
			response
				.writeHead(200, { "content-type": "text/plain; version=0.0.4" })
				.end(metricsText(nameOf(options), counters, cache));
			return;
		case "GET /__requests":
			return json(response, 200, exchange.requests);
		case "POST /__faults":
			exchange.faults.push(...((await read<Fault[]>(request)) ?? []));
			return json(response, 200, { waiting: exchange.faults.length });
		case "POST /tokenize":
			return tokenize(exchange);
		case "POST /v1/chat/completions":
			return complete(exchange);
		default:
			return json(response, 404, { detail: "Not Found" });
	}
}

/** A text is sent as it is: not every server that answers knows JSON. */
function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
	const text = typeof body === "string" ? body : JSON.stringify(body);
	response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
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

async function read<T = Body>(request: IncomingMessage): Promise<T | undefined> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	try {
		return JSON.parse(Buffer.concat(chunks).toString("utf8")) as T;
	} catch {
		return undefined;
	}
}

const promptOf = (body: Body, { options, quirks }: Exchange): string =>
	render(body, { keepsThoughts: options.keepsThoughts ?? true, reasoning: quirks.history });

async function tokenize(exchange: Exchange): Promise<void> {
	const { request, response, options } = exchange;
	const body = await read(request);
	const count = tokensOf(body?.messages ? promptOf(body, exchange) : String(body?.prompt ?? ""));
	json(response, 200, { count, max_model_len: windowOf(options), tokens: [], token_strs: null });
}

/** SHA-256 over the canonical JSON of what shapes the reply: messages, tools, and every other field as params. */
function hashOf({ messages, tools, model: _, stream: __, stream_options: ___, ...params }: Body): string {
	return createHash("sha256")
		.update(canonicalize({ messages, params, ...(tools && { tools }) }) ?? "")
		.digest("hex");
}

async function complete(exchange: Exchange): Promise<void> {
	const { request, response, options, requests, counters } = exchange;
	const body = await read(request);
	if (!body)
		return json(response, 400, {
			error: { message: "JSON decode error", type: "Bad Request", param: "body", code: 400 },
		});
	const prompt = promptOf(body, exchange);
	const refused = refuse(exchange, body, prompt);
	const { flatErrors } = exchange.quirks;
	if (refused) return json(response, refused.code, flatErrors ? { object: "error", ...refused } : { error: refused });
	const received: Received = { body, requestHash: hashOf(body), closedEarly: false };
	requests.push(received);
	counters.running++;
	response.on("close", () => {
		counters.running--;
		received.closedEarly = !response.writableEnded;
		if (received.closedEarly) counters.served({ prompt_tokens: 0, completion_tokens: 0 }, "abort");
	});
	const asked = exchange.faults.shift();
	const reply = limited({ ...options.policy(body), ...(asked && { fault: asked }) }, body.max_tokens);
	if (reply.fault?.kind === "reset") return void request.socket.destroy();
	if (reply.fault?.kind === "status") return json(response, reply.fault.status, reply.fault.body, reply.fault.headers);
	const usage = usageOf(prompt, reply, { cache: exchange.cache, limit: reply.cut ? body.max_tokens : undefined });
	const writing = { ...exchange, requestId: String(request.headers["x-request-id"] ?? 1) };
	if (body.stream) await stream(writing, body, reply, usage);
	else json(response, 200, whole(writing, reply, usage));
	if (response.writableEnded) counters.served(usage, finishOf(reply));
}

function refuse({ options, quirks }: Exchange, body: Body, prompt: string) {
	const { tooLong } = quirks;
	const refused = refusal(body, {
		tokens: tokensOf(prompt),
		window: windowOf(options),
		model: nameOf(options),
		tooLong,
	});
	return refused && { message: refused.message, type: refused.type, param: refused.param, code: refused.status };
}

function usageOf(
	prompt: string,
	reply: StandInReply,
	{ cache, limit }: { cache: PrefixCache; limit: number | undefined },
) {
	const cached = cache.take(prompt);
	const input = tokensOf(prompt);
	const output =
		limit ?? tokensOf(`${reply.reasoning ?? ""}${reply.content ?? ""}${JSON.stringify(reply.calls ?? "")}`);
	return {
		prompt_tokens: input,
		completion_tokens: output,
		total_tokens: input + output,
		prompt_tokens_details: { cached_tokens: cached },
	};
}
