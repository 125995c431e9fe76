import "server-only";
import type { Model } from "../agent/model";
import type { AgentOptions } from "../agent/options";
import { protocolOf } from "../agent/protocol/protocols";
import type { Tool, ToolContext } from "../agent/tool";
import { env } from "../env";
import * as library from "../library/library";
import { extractive } from "../models/extractive";
import { openai } from "../models/openai";
import { openaiCompatible } from "../models/openai-compatible";
import { searxng } from "../tools/search/searxng";
import { TOOLS } from "../tools/tools";
import type { RunEvent } from "../trajectory/event";
import type { RunSettings } from "../trajectory/settings";
import { extractorOf } from "./extraction";
import { pageReader } from "./page-reader";
import { recordedTools } from "./recorded-tools";
import { storedPages } from "./stored-pages";
import { countTokens } from "./tokens";

type Equipment = Pick<AgentOptions, "model" | "protocol" | "tools" | "toolContext" | "countTokens">;
type Found = ({ ok: true } & Equipment) | { ok: false; missing: string };

/**
 * Everything a run's settings name, taken from this installation; or the sentence that says what is missing. `past` is
 * what the run has done so far: its pages count against what it may read.
 */
export async function equipmentFor(settings: RunSettings, past: readonly RunEvent[]): Promise<Found> {
	const model = modelFor(settings);
	if (typeof model === "string") return { ok: false, missing: model };
	const tools: Tool[] = [];
	for (const { name } of settings.tools) {
		const tool = TOOLS.find(({ spec }) => spec.name === name);
		if (!tool) return { ok: false, missing: `The tool ${name} of this run does not exist here.` };
		tools.push(tool);
	}
	const { recordedFrom } = settings;
	const stored = storedPages(past.at(-1)?.runId);
	const telling = stored.telling(tools);
	return {
		ok: true,
		model,
		tools: recordedFrom === undefined ? telling : await recordedTools(telling, recordedFrom),
		protocol: protocolOf(settings.protocol),
		countTokens,
		toolContext: contextMaker(settings, { web: pageReader(past), storeBody: stored.store }),
	};
}

/** The model behind the settings, or why it cannot be had now. */
export function modelFor({ model }: Pick<RunSettings, "model">): Model | string {
	const { LLM_BASE_URL, LLM_API_KEY, OPENAI_API_KEY } = env();
	switch (model.provider) {
		case "extractive":
			return extractive();
		case "openai-compatible":
			if (!LLM_BASE_URL) return "LLM_BASE_URL is not set; this run needs its model server.";
			return openaiCompatible({ baseUrl: LLM_BASE_URL, model: model.id, ...(LLM_API_KEY && { apiKey: LLM_API_KEY }) });
		case "openai":
			if (!OPENAI_API_KEY) return "OPENAI_API_KEY is not set; this run needs it.";
			return openai({ model: model.id, apiKey: OPENAI_API_KEY });
		case "replay":
			return "A replayed run cannot go on.";
		default:
			return model.provider satisfies never;
	}
}

function contextMaker(
	settings: RunSettings,
	reading: Pick<ToolContext, "web" | "storeBody">,
): (progress: (text: string) => void, signal: AbortSignal) => ToolContext {
	const { collections, blockedHosts } = settings;
	const { SEARXNG_URL } = env();
	const webSearch = SEARXNG_URL === undefined ? undefined : searxng(SEARXNG_URL);
	const extract = extractorOf();
	return (progress, signal) => ({
		signal,
		library: {
			search: (query) => library.search(collections, query),
			open: (address) => library.open(collections, address),
		},
		...reading,
		webSearch,
		extract: (text, goal) => extract(text, goal, signal),
		progress,
		blockedHosts,
	});
}
