import "server-only";
import { env } from "../env";
import { servedModels } from "../models/probe";
import type { RunSettings } from "../trajectory/settings";

/** How long a model server is waited for before a fork is refused. */
const WAIT_MS = 2000;

/** Why the model of recorded settings cannot be had now, and what to do about it; undefined when it can. */
export async function modelProblem({ model, preset }: RunSettings): Promise<string | undefined> {
	const { LLM_BASE_URL, LLM_API_KEY, OPENAI_API_KEY } = env();
	const used = `This run used ${model.id || preset}`;
	if (model.provider === "replay") return "A replayed run cannot go on.";
	if (model.provider === "openai") {
		return OPENAI_API_KEY
			? undefined
			: `${used}; OPENAI_API_KEY is not set any more. Set it, or choose another preset.`;
	}
	if (model.provider !== "openai-compatible") return undefined;
	if (!LLM_BASE_URL) return `${used}; LLM_BASE_URL is not set any more. Set it, or choose a preset that can run here.`;
	const served = await servedModels({ baseUrl: LLM_BASE_URL, apiKey: LLM_API_KEY?.reveal(), stepMs: WAIT_MS });
	if (!Array.isArray(served)) return `${served.problem} Start the model server, then try again.`;
	if (model.id === "" || served.some(({ id }) => id === model.id)) return undefined;
	const names = served.map(({ id }) => id).join(", ") || "no model";
	return `${used}, which the server does not have any more. It has: ${names}. Choose one of them.`;
}

/** The models a fork may choose; none when there is no server or it does not answer. */
export async function modelNames(): Promise<string[]> {
	const { LLM_BASE_URL, LLM_API_KEY } = env();
	if (!LLM_BASE_URL) return [];
	const served = await servedModels({ baseUrl: LLM_BASE_URL, apiKey: LLM_API_KEY?.reveal(), stepMs: WAIT_MS });
	return Array.isArray(served) ? served.map(({ id }) => id) : [];
}
