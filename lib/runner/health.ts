import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { PRESETS, type Preset } from "../agent/presets";
import { env } from "../env";
import { collections } from "../library/library";
import { type Server, servedModels } from "../models/probe";
import { type SandboxHealth, sandboxHealth } from "../sandbox/health";
import { probeSearch, type SearchFinding } from "./search";
import { defaultPreset, modelOf } from "./settings";

/** How long what was seen is believed. */
const FRESH_MS = 10_000;
/** How long a model server is waited for. */
const WAIT_MS = 1400;
const STILL_TRIED: SandboxHealth = {
	state: "missing",
	why: "It is still being tried out.",
	remedy: "Look again in a moment.",
};

/** `contextTokens` is the window of a model that answers, where its server tells it. */
type EngineState = {
	provider: string;
	id: string;
	baseUrl?: string;
	ok: boolean;
	detail: string;
	contextTokens?: number | undefined;
};
/** `setting` is the one to look at when a provider is not well. */
type SearchState = { id: string; name: string; ok: boolean; detail: string; setting?: string };
type PresetState = { id: string; name: string; detail: string; available: boolean; why?: string };
type Problem = { id: "model" | "searxng" | "search" | "nothing"; what: string; remedy: string; setting?: string };

/** What this installation has and what of it answers. `problems` can be mended, each with the line that does. */
export type Health = {
	engine: EngineState;
	search: SearchState[];
	library: { collections: { name: string; documents: number }[] };
	python: SandboxHealth;
	presets: PresetState[];
	problems: Problem[];
};

type Held = { soundingsHealth?: { at: number; seen: Promise<Health> } };

/** Looks at model server, search, library and Python; answers within 1.5 s, and from memory for 10 s. */
export function health(): Promise<Health> {
	const held = globalThis as Held;
	if (!held.soundingsHealth || performance.now() - held.soundingsHealth.at > FRESH_MS) {
		held.soundingsHealth = { at: performance.now(), seen: look() };
	}
	return held.soundingsHealth.seen;
}

/** What was seen is not believed any more: settings have changed. */
export function forgetHealth(): void {
	delete (globalThis as Held).soundingsHealth;
}

async function look(): Promise<Health> {
	const [engine, providers, found, python] = await Promise.all([
		engineState(),
		probeSearch(WAIT_MS),
		collections(),
		Promise.race([sandboxHealth(), wait(WAIT_MS, STILL_TRIED, { ref: false })]),
	]);
	const documents = found.reduce((sum, collection) => sum + collection.documents, 0);
	const local: SearchState = { id: "library", name: "library", ok: documents > 0, detail: `${documents} documents` };
	const search = [local, ...providers.map(stateOf)];
	return {
		engine,
		search,
		library: { collections: found },
		python,
		presets: PRESETS.map(presetState),
		problems: problemsOf(engine, search),
	};
}

const stateOf = ({ provider, name, ok, detail, setting }: SearchFinding): SearchState => ({
	id: provider,
	name,
	ok,
	detail,
	setting,
});

/** The model that answers when nobody chose a preset. */
async function engineState(): Promise<EngineState> {
	const { LLM_BASE_URL, LLM_API_KEY, LLM_MODEL } = env();
	const chosen = modelOf(defaultPreset());
	if (chosen.ok && chosen.model.provider === "openai") {
		return { ...chosen.model, ok: true, detail: "a key is set; OpenAI is asked when a run starts" };
	}
	if (LLM_BASE_URL === undefined) {
		return {
			provider: "extractive",
			id: "extractive",
			ok: true,
			detail: "built in: no language model, quotes its sources",
		};
	}
	return {
		provider: "openai-compatible",
		baseUrl: LLM_BASE_URL,
		...(await served({ baseUrl: LLM_BASE_URL, model: LLM_MODEL, apiKey: LLM_API_KEY?.reveal(), stepMs: WAIT_MS })),
	};
}

/** Whether the server answers and has the model; without a name, the first one it lists. */
async function served(server: Server): Promise<Pick<EngineState, "id" | "ok" | "detail" | "contextTokens">> {
	const models = await servedModels(server);
	if (!Array.isArray(models)) return { id: server.model ?? "", ok: false, detail: models.problem };
	const model = server.model === undefined ? models[0] : models.find(({ id }) => id === server.model);
	const names = models.map(({ id }) => id).join(", ") || "no model";
	if (!model) return { id: server.model ?? "", ok: false, detail: `The server has ${names}, not ${server.model}.` };
	const window = model.contextTokens ? `window ${model.contextTokens.toLocaleString("en")} tokens` : "window not told";
	return { id: model.id, ok: true, detail: window, contextTokens: model.contextTokens };
}

function presetState(preset: Preset): PresetState {
	const chosen = modelOf(preset);
	const state = { id: preset.id, name: preset.id, detail: detailOf(preset), available: chosen.ok };
	return chosen.ok ? state : { ...state, why: chosen.why };
}

function detailOf({ builtIn, calls, turns, retention, restarts }: Preset): string {
	if (builtIn) return `without a language model; up to ${calls} calls`;
	const kept = retention.policy === "keep-all" ? "keeps all results" : `keeps the last ${retention.k} results`;
	const attempts = restarts > 0 ? `, ${restarts + 1} attempts` : "";
	return `up to ${calls} calls, ${turns} turns${attempts}; ${kept}`;
}

function problemsOf(engine: EngineState, search: readonly SearchState[]): Problem[] {
	const problems: Problem[] = [];
	if (!engine.ok) {
		problems.push({
			id: "model",
			what: engine.detail,
			remedy: `Start the server, or correct LLM_BASE_URL, LLM_MODEL or LLM_API_KEY; ${engine.baseUrl}/models must list the model.`,
		});
	}
	for (const { id, ok, detail, setting = "" } of search) {
		if (ok || id === "library") continue;
		problems.push(
			id === "searxng"
				? { id, what: detail, remedy: SEARXNG_REMEDY }
				: {
						id: "search",
						what: detail,
						remedy: `Check ${setting} and the connection, or name the others in SEARCH_PROVIDERS.`,
						setting,
					},
		);
	}
	if (!search.some(({ ok }) => ok)) {
		problems.push({
			id: "nothing",
			what: "There is nothing to search.",
			remedy:
				"Add documents: npm run library -- add FOLDER (npm start adds the documentation of the installed packages)",
		});
	}
	return problems;
}

const SEARXNG_REMEDY = "Correct SEARXNG_URL, or start it with `json` under search.formats in its settings.yml.";
