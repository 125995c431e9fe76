import "server-only";
import { z } from "zod";
import type { WireMessage } from "../agent/model";
import { isOverflow } from "./model-error";
import { modelFetch } from "./model-fetch";

export type ProbeFinding = { id: string; ok: boolean; detail: string; remedy?: string };
export type ServedModel = { id: string; contextTokens: number | undefined };
export type ProbeReport = {
	reachable: boolean;
	version: string | undefined;
	models: ServedModel[];
	model: ServedModel | undefined;
	protocol: "mirothinker" | "native" | undefined;
	findings: ProbeFinding[];
};

/** `settings` is what the names of its variables begin with: `EXTRACT_` for the model that reads pages. */
export type Server = {
	baseUrl: string;
	model?: string | undefined;
	apiKey?: string | undefined;
	stepMs?: number;
	settings?: string;
};

const STEP_MS = 10_000;

type Answer = { status: number; text: string };

const modelsSchema = z.looseObject({
	data: z.array(z.looseObject({ id: z.string(), max_model_len: z.number().nullish(), parent: z.string().nullish() })),
});

/** One request, bounded in time; undefined when nothing answers. */
async function call(server: Server, path: string, body?: object): Promise<Answer | undefined> {
	const answer = await reach(server, path, body);
	return "failed" in answer ? undefined : answer;
}

/** One request, bounded in time, or in a few words why there is no answer. */
async function reach(server: Server, path: string, body?: object): Promise<Answer | { failed: string }> {
	const root = server.baseUrl.replace(/\/+$/, "");
	const url = path.startsWith("/v1/") ? `${root}${path.slice(3)}` : `${root.replace(/\/v1$/, "")}${path}`;
	const fetcher = modelFetch({ connect: Math.min(server.stepMs ?? STEP_MS, 5000) });
	const asked = {
		method: body ? "POST" : "GET",
		headers: { "content-type": "application/json", ...(server.apiKey && { authorization: `Bearer ${server.apiKey}` }) },
		...(body && { body: JSON.stringify(body) }),
		signal: AbortSignal.timeout(server.stepMs ?? STEP_MS),
	};
	try {
		const response = await fetcher(url, asked);
		return { status: response.status, text: await response.text() };
	} catch (error) {
		return { failed: failureOf(error, server) };
	}
}

const FAILURES: Record<string, string> = {
	ECONNREFUSED: "the connection is refused",
	ENOTFOUND: "its name is not known",
	EAI_AGAIN: "its name is not known",
	EHOSTUNREACH: "there is no way to it",
	ENETUNREACH: "there is no way to it",
	ECONNRESET: "the connection was broken off",
	UND_ERR_SOCKET: "the connection was broken off",
	UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
};

function failureOf(error: unknown, { stepMs = STEP_MS }: Server): string {
	const { name, cause } = error as Error;
	if (name === "TimeoutError") return `no answer within ${stepMs / 1000} s`;
	const { code = "", message = "" } = (cause ?? {}) as NodeJS.ErrnoException;
	const known = FAILURES[code] ?? (message || "the request failed");
	return code ? `${known} (${code})` : known;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The models a server lists; a LoRA's window is its parent's. When the list cannot be had: why, and what to do. */
export async function servedModels(server: Server): Promise<ServedModel[] | { problem: string; remedy: string }> {
	const answer = await reach(server, "/v1/models");
	const { baseUrl, settings = "" } = server;
	if ("failed" in answer) {
		const remedy = `Start the model server, or mend ${settings}LLM_BASE_URL. Example: http://127.0.0.1:8000/v1`;
		return { problem: `Nothing answers at ${baseUrl}: ${answer.failed}.`, remedy };
	}
	if (answer.status === 401 || answer.status === 403) {
		const remedy = "Enter the key that the server was started with.";
		return { problem: `The server refuses the key (${settings}LLM_API_KEY).`, remedy };
	}
	const parsed = modelsSchema.safeParse(jsonOf(answer.text));
	if (!parsed.success) {
		const remedy = `Mend ${settings}LLM_BASE_URL; it usually ends in /v1. Example: http://127.0.0.1:8000/v1`;
		const problem = `${baseUrl} is not a model server: it gives no list of models (its answer is ${answer.status}).`;
		return { problem, remedy };
	}
	const cards = parsed.data.data;
	return cards.map(({ id, max_model_len, parent }) => ({
		id,
		contextTokens: max_model_len ?? cards.find((card) => card.id === parent)?.max_model_len ?? undefined,
	}));
}

/** Finds out what a server is and whether it behaves as the agent needs. Never throws; every step is bounded in time. */
export async function probe(server: Server): Promise<ProbeReport> {
	const report: ProbeReport = {
		reachable: false,
		version: undefined,
		models: [],
		model: undefined,
		protocol: undefined,
		findings: [],
	};
	const models = await servedModels(server);
	if (!Array.isArray(models)) {
		report.findings.push({ id: "models", ok: false, detail: models.problem, remedy: models.remedy });
		return report;
	}
	report.reachable = true;
	report.models = models;
	report.model = server.model ? models.find(({ id }) => id === server.model) : models[0];
	report.version = versionIn((await call(server, "/version"))?.text);
	report.findings.push(modelFinding(server, report));
	if (!report.model) return report;
	const asked = { ...server, model: report.model.id };
	const native = await toolCalls(asked);
	const findings = await Promise.all([
		streaming(asked),
		keepsThoughts(asked),
		continues(asked),
		overflow(asked, report.model),
	]);
	report.findings.push(...findings.flat(), native);
	report.protocol = protocolFor(report.model.id, native.ok);
	return report;
}

const protocolFor = (id: string, native: boolean) => (/mirothinker/i.test(id) || !native ? "mirothinker" : "native");

function versionIn(text: string | undefined): string | undefined {
	const parsed = jsonOf(text ?? "");
	return parsed && typeof parsed === "object" && "version" in parsed ? String(parsed.version) : undefined;
}

function modelFinding(server: Server, { models, model }: ProbeReport): ProbeFinding {
	const names = models.map(({ id }) => id).join(", ") || "none";
	if (!model) {
		const remedy = `Set ${server.settings ?? ""}LLM_MODEL to one of: ${names}`;
		return { id: "models", ok: false, detail: `The server does not serve "${server.model ?? ""}".`, remedy };
	}
	const window = model.contextTokens ? `, window ${model.contextTokens.toLocaleString("en")} tokens` : "";
	return { id: "models", ok: true, detail: `${model.id}${window}` };
}

const HELLO: WireMessage[] = [{ role: "user", content: "Say the word depth." }];

async function streaming(server: Server): Promise<ProbeFinding[]> {
	const body = {
		model: server.model,
		messages: HELLO,
		max_tokens: 16,
		stream: true,
		stream_options: { include_usage: true },
	};
	const answer = await call(server, "/v1/chat/completions", body);
	const streams = answer?.status === 200 && /^data:/m.test(answer.text);
	const usage = streams && /"usage"\s*:\s*\{/.test(answer.text);
	const cached = streams && /"cached_tokens"/.test(answer.text);
	return [
		{
			id: "streaming",
			ok: streams,
			detail: streams ? "Replies stream." : `No stream came (${answer?.status ?? "no answer"}).`,
		},
		{
			id: "usage",
			ok: usage,
			detail: usage ? "Token counts come with each reply." : "No token counts; they are counted or estimated here.",
		},
		{
			id: "cached-tokens",
			ok: cached,
			detail: cached ? "Cached prompt tokens are told." : "The share of cached prompt tokens is not told.",
			...(!cached && { remedy: "Start vLLM with --enable-prompt-tokens-details" }),
		},
	];
}

async function toolCalls(server: Server): Promise<ProbeFinding> {
	const parameters = { type: "object", properties: { depth: { type: "integer" } }, required: ["depth"] };
	const tools = [
		{ type: "function", function: { name: "record_depth", description: "Records a depth in metres.", parameters } },
	];
	const messages = [{ role: "user", content: "Record a depth of 42 metres with the tool." }];
	const answer = await call(server, "/v1/chat/completions", { model: server.model, messages, tools, max_tokens: 256 });
	const ok = answer?.status === 200 && /"tool_calls"\s*:\s*\[\s*\{/.test(answer.text);
	return {
		id: "tool-calls",
		ok,
		detail: ok ? "Native tool calls work." : "No native tool call came.",
		...(!ok && {
			remedy:
				"For a MiroThinker model nothing is wrong: it writes its calls as text. Else start vLLM with --enable-auto-tool-choice and the model's --tool-call-parser",
		}),
	};
}

const MARK = "sounding-mark-7431";

/** Whether the chat template keeps the think text of earlier turns: the same conversation with and without it. */
async function keepsThoughts(server: Server): Promise<ProbeFinding[]> {
	const turn = (content: string): WireMessage[] => [
		...HELLO,
		{ role: "assistant", content },
		{ role: "user", content: "Go on." },
	];
	const count = async (content: string) => {
		const answer = await call(server, "/tokenize", { model: server.model, messages: turn(content) });
		const parsed = jsonOf(answer?.text ?? "");
		return parsed && typeof parsed === "object" && "count" in parsed ? Number(parsed.count) : undefined;
	};
	const [kept, bare] = [await count(`<think>\n${MARK} ${MARK} ${MARK}\n</think>\n\ndepth`), await count("depth")];
	if (kept === undefined || bare === undefined) return [];
	const ok = kept > bare + 4;
	const remedy = "Serve the model with a chat template that keeps <think> text of earlier turns";
	return [
		{
			id: "keeps-thoughts",
			ok,
			detail: ok ? "Earlier thoughts stay in the prompt." : "The template drops earlier thoughts.",
			...(!ok && { remedy }),
		},
	];
}

async function continues(server: Server): Promise<ProbeFinding[]> {
	const messages = [...HELLO, { role: "assistant", content: "<think>\nshort\n</think>\n\n" }];
	const body = {
		model: server.model,
		messages,
		max_tokens: 8,
		continue_final_message: true,
		add_generation_prompt: false,
	};
	const ok = (await call(server, "/v1/chat/completions", body))?.status === 200;
	return [
		{
			id: "continues",
			ok,
			detail: ok
				? "A begun reply can be continued."
				: "A begun reply cannot be continued; failure summaries start without a prefill.",
		},
	];
}

async function overflow(server: Server, model: ServedModel): Promise<ProbeFinding[]> {
	if (!model.contextTokens) return [];
	const answer = await call(server, "/v1/chat/completions", {
		model: server.model,
		messages: HELLO,
		max_tokens: model.contextTokens + 1,
	});
	const ok = isOverflow(answer?.status, answer?.text ?? "");
	return [
		{
			id: "overflow",
			ok,
			detail: ok
				? "A prompt beyond the window is refused in words we know."
				: `Asked for too much, it said ${answer?.status ?? "nothing"}.`,
		},
	];
}

type Held = { soundingsWindow?: { at: number; key: string; tokens: number | undefined } };
const WINDOW_FRESH_MS = 60_000;

/** The window of the model that would be used, in tokens, as its server tells it now; asked once a minute. */
export async function contextOf(server: Server): Promise<number | undefined> {
	const held = globalThis as Held;
	const key = `${server.baseUrl} ${server.model ?? ""}`;
	const known = held.soundingsWindow;
	if (known?.key === key && performance.now() - known.at < WINDOW_FRESH_MS) return known.tokens;
	const models = await servedModels({ ...server, stepMs: 2000 });
	const found = Array.isArray(models) ? (models.find(({ id }) => id === server.model) ?? models[0]) : undefined;
	held.soundingsWindow = { at: performance.now(), key, tokens: found?.contextTokens };
	return found?.contextTokens;
}
