import "server-only";
import { z } from "zod";

/** How long a server is waited for. */
const WAIT_MS = 1400;

type Reached = { ok: boolean; detail: string };

const modelListSchema = z.object({
	data: z.array(z.object({ id: z.string(), max_model_len: z.number().nullish() })),
});

/** Asks an OpenAI-compatible server for its models: whether it answers, and whether it has the one that is wanted. */
export async function askServer(baseUrl: string, apiKey?: string, wanted?: string): Promise<Reached & { id: string }> {
	const id = wanted ?? "";
	const answer = await get(`${baseUrl.replace(/\/+$/, "")}/models`, apiKey);
	if (typeof answer === "string") return { ok: false, id, detail: answer };
	if (!answer.ok) return { ok: false, id, detail: refusal(answer.status) };
	const list = modelListSchema.safeParse(await answer.json().catch(() => undefined));
	if (!list.success) return { ok: false, id, detail: "answers, but not as an OpenAI-compatible server does" };
	const models = list.data.data;
	const model = wanted === undefined ? models[0] : models.find((known) => known.id === wanted);
	const names = models.map((known) => known.id).join(", ") || "none";
	if (!model) return { ok: false, id, detail: `does not serve ${wanted ?? "any model"}; it has: ${names}` };
	const context = model.max_model_len ? `, ${model.max_model_len.toLocaleString("en")} tokens of context` : "";
	return { ok: true, id: model.id, detail: `answers${context}` };
}

function refusal(status: number): string {
	if (status === 401 || status === 403) return `refuses the key (status ${status})`;
	return status === 404
		? "has no /models there (status 404); the address mostly ends in /v1"
		: `answers with status ${status}`;
}

/** Asks SearXNG for nothing in JSON: 400 when it would answer, 403 when JSON is switched off. It searches nothing. */
export async function askSearxng(url: string): Promise<Reached> {
	const answer = await get(`${url.replace(/\/+$/, "")}/search?format=json`);
	if (typeof answer === "string") return { ok: false, detail: `at ${url} ${answer}` };
	if (answer.status === 403) return { ok: false, detail: `at ${url} has its JSON format switched off` };
	if (answer.status >= 500) return { ok: false, detail: `at ${url} answers with status ${answer.status}` };
	return { ok: true, detail: `at ${url} answers` };
}

/** The answer, or what went wrong as the rest of a sentence. */
async function get(url: string, apiKey?: string): Promise<Response | string> {
	const headers = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
	try {
		return await fetch(url, { headers, signal: AbortSignal.timeout(WAIT_MS) });
	} catch (error) {
		const isSlow = error instanceof DOMException && error.name === "TimeoutError";
		return isSlow ? `does not answer within ${WAIT_MS / 1000} s` : "cannot be reached";
	}
}
