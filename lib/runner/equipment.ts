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
import { keepOne } from "../sandbox/collect";
import { sandboxesOf } from "../sandbox/sandboxes";
import { TOOLS } from "../tools/tools";
import { attachmentsOf } from "../trajectory/asking";
import type { Attachment, RunEvent } from "../trajectory/event";
import type { RunSettings, ToolSpec } from "../trajectory/settings";
import type { Bounds } from "../web/site-bounds";
import { withAttachments } from "./attached-sandboxes";
import { extractorOf } from "./extraction";
import { keptSearches, pastWithin } from "./kept-searches";
import { mcpToolOf } from "./mcp";
import { keylessModel, keylessTool, withoutOwnKeys } from "./own-keys";
import { pageReader } from "./page-reader";
import { recordedTools } from "./recorded-tools";
import { webSearcher } from "./search";
import { showingPictures } from "./seen-pictures";
import { storedPages } from "./stored-pages";
import { countTokens } from "./tokens";

type Equipment = Pick<AgentOptions, "model" | "protocol" | "tools" | "toolContext" | "countTokens">;
type Found = ({ ok: true } & Equipment) | { ok: false; missing: string };

/**
 * Everything a run's settings name, taken from this installation; or the sentence that says what is missing. `past` is
 * what the run has done so far: its searches are not asked again, and its pages count against what it may read.
 */
export async function equipmentFor(runId: string, settings: RunSettings, past: readonly RunEvent[]): Promise<Found> {
	const model = modelFor(settings);
	if (typeof model === "string") return { ok: false, missing: model };
	const tools: Tool[] = [];
	for (const spec of settings.tools) {
		const tool = toolOf(spec);
		if (typeof tool === "string") return { ok: false, missing: tool };
		tools.push(keylessTool(tool));
	}
	const { recordedFrom } = settings;
	const stored = storedPages(runId);
	const attachments = attachmentsOf(past);
	const telling = stored.telling(keptSearches(tools, await pastWithin(settings, past)));
	return {
		ok: true,
		model: showingPictures(model, attachments),
		tools: recordedFrom === undefined ? telling : await recordedTools(telling, recordedFrom),
		protocol: protocolOf(settings.protocol),
		countTokens,
		toolContext: contextMaker({ runId, attachments }, settings, {
			web: pageReader(past, boundsOf(settings)),
			storeBody: (text, url) => stored.store(withoutOwnKeys(text), url),
		}),
	};
}

/** The tool behind a frozen spec, or why it cannot be had now. */
function toolOf(spec: ToolSpec): Tool | string {
	if (spec.mcp !== undefined) return mcpToolOf(spec);
	return (
		TOOLS.find(({ spec: { name } }) => name === spec.name) ?? `The tool ${spec.name} of this run does not exist here.`
	);
}

/** The model behind the settings, or why it cannot be had now. */
export function modelFor({ model }: Pick<RunSettings, "model">): Model | string {
	const { LLM_BASE_URL, LLM_API_KEY, OPENAI_API_KEY } = env();
	switch (model.provider) {
		case "extractive":
			return extractive();
		case "openai-compatible":
			if (!LLM_BASE_URL) return "LLM_BASE_URL is not set; this run needs its model server.";
			return keylessModel(
				openaiCompatible({
					baseUrl: LLM_BASE_URL,
					model: model.id,
					...(LLM_API_KEY && { apiKey: LLM_API_KEY.reveal() }),
				}),
				LLM_API_KEY?.reveal(),
			);
		case "openai":
			if (!OPENAI_API_KEY) return "OPENAI_API_KEY is not set; this run needs it.";
			return keylessModel(openai({ model: model.id, apiKey: OPENAI_API_KEY.reveal() }), OPENAI_API_KEY.reveal());
		case "replay":
			return "A replayed run cannot go on.";
		default:
			return model.provider satisfies never;
	}
}

function contextMaker(
	{ runId, attachments }: { runId: string; attachments: readonly Attachment[] },
	settings: RunSettings,
	reading: Pick<ToolContext, "web" | "storeBody">,
): AgentOptions["toolContext"] {
	const { collections } = settings;
	const { PYTHON_SANDBOX } = env();
	const webSearch = webSearcher();
	const extract = extractorOf();
	return (progress, signal) => ({
		signal,
		library: {
			search: (query) => library.search(collections, query),
			open: (address) => library.open(collections, address),
		},
		...reading,
		webSearch,
		sandboxes: PYTHON_SANDBOX === "off" ? undefined : withAttachments(sandboxesOf(runId, signal), runId, attachments),
		keepFile: (name, bytes) => keepOne(runId, name, bytes),
		extract: (text, goal) => extract(text, goal, signal),
		progress,
		...boundsOf(settings),
	});
}

const boundsOf = ({ blockedHosts, sites }: RunSettings): Bounds => ({
	blockedHosts: [...blockedHosts, ...(sites?.never ?? [])],
	allowedHosts: sites?.only ?? [],
});
