import "server-only";
import product from "../../package.json";
import { PRESETS, type Preset, presetOf } from "../agent/presets";
import { loadPrompts } from "../agent/prompts/prompts";
import { protocolOf } from "../agent/protocol/protocols";
import type { Tool } from "../agent/tool";
import { env } from "../env";
import { collections } from "../library/library";
import { contextOf } from "../models/probe";
import { sandboxHealth } from "../sandbox/health";
import { librarySearch } from "../tools/library-search";
import { searchAndBrowse } from "../tools/search-and-browse";
import { toolsFor } from "../tools/tools";
import type { AskInput } from "../trajectory/ask";
import { isShelfOfRun } from "../trajectory/attachments";
import type { RunSettings } from "../trajectory/settings";
import { asksByDefault, chooseTools } from "./chosen-tools";
import { mcpNames, mcpSpecs } from "./mcp";
import { takeUpSavedSettings } from "./saved-settings";
import { searchedWith } from "./search";

type Made = { ok: true; settings: RunSettings } | { ok: false; field: string; message: string };
type Checked = Required<Pick<AskInput, "question" | "answerMode">> & AskInput;

/** The model that would run a preset, or why it cannot. */
export function modelOf(preset: Preset): { ok: true; model: RunSettings["model"] } | { ok: false; why: string } {
	if (preset.builtIn) return { ok: true, model: { provider: "extractive", id: "extractive" } };
	const { LLM_BASE_URL, LLM_MODEL, OPENAI_API_KEY, OPENAI_MODEL } = env();
	if (LLM_BASE_URL) return { ok: true, model: { provider: "openai-compatible", id: LLM_MODEL ?? "" } };
	if (OPENAI_API_KEY && OPENAI_MODEL && preset.protocol === "native") {
		return { ok: true, model: { provider: "openai", id: OPENAI_MODEL } };
	}
	return { ok: false, why: "LLM_BASE_URL is not set. Example: LLM_BASE_URL=http://127.0.0.1:8000/v1" };
}

/** The preset a run gets when nobody chose: the one that is set and can run, else by the model's name, or the built-in engine when there is no model. */
export function defaultPreset(): Preset {
	const { DEFAULT_PRESET, LLM_BASE_URL, LLM_MODEL = "", LLM_PROTOCOL, OPENAI_API_KEY, OPENAI_MODEL } = env();
	const wanted = presetOf(DEFAULT_PRESET ?? "");
	if (wanted && modelOf(wanted).ok) return wanted;
	const hasModel = LLM_BASE_URL !== undefined || (OPENAI_API_KEY !== undefined && OPENAI_MODEL !== undefined);
	let id = hasModel ? "generic" : "extractive";
	if (LLM_BASE_URL && LLM_PROTOCOL !== "native") {
		const version = /mirothinker\D*(1\.[057])/i.exec(LLM_MODEL)?.[1];
		if (version) id = `mirothinker-${version}`;
		else if (LLM_PROTOCOL === "mirothinker" || /mirothinker/i.test(LLM_MODEL)) id = "mirothinker-1.7";
	}
	return presetOf(id) ?? (PRESETS[0] as Preset);
}

/**
 * Freezes all that shapes the run: preset, model, tools, prompts, date. `shelf` is the run's own collection, when files
 * are attached. Problems name the field and the remedy.
 */
export async function settingsFor(input: Checked, shelf?: string): Promise<Made> {
	await takeUpSavedSettings();
	const preset = input.preset === undefined ? defaultPreset() : presetOf(input.preset);
	if (!preset) {
		const known = PRESETS.map(({ id }) => id).join(", ");
		return { ok: false, field: "preset", message: `There is no preset "${input.preset}". Choose one of: ${known}.` };
	}
	const chosen = modelOf(preset);
	if (!chosen.ok) return { ok: false, field: "preset", message: `${preset.id} needs a model server: ${chosen.why}` };
	const known = (await collections()).filter(({ documents }) => documents > 0).map(({ name }) => name);
	const unknown = input.collections?.find((name) => !known.includes(name) && !isShelfOfRun(name));
	if (unknown !== undefined) {
		return {
			ok: false,
			field: "collections",
			message: `There is no collection "${unknown}". There are: ${known.join(", ") || "none yet"}.`,
		};
	}
	const asked = [...(input.collections ?? known), ...(shelf === undefined ? [] : [shelf])];
	const python = !preset.builtIn && (await hasPython());
	const own = toolsFor(preset.rules, { web: searchedWith().length > 0, library: asked.length > 0, python });
	const more = await moreTools(input, preset, own);
	if (!more.ok) return more;
	const { withoutTools = [], approval = approvalByDefault(own) } = input;
	const choice = chooseTools([...own, ...more.tools], {
		withoutTools,
		// Who chose may not have known what a server offers: of its tools those ask that ask by default.
		approval: [...approval, ...approvalByDefault(more.tools)],
	});
	if (!choice.ok) return choice;
	return {
		ok: true,
		settings: await freeze(input, preset, {
			model: chosen.model,
			collections: asked,
			tools: choice.tools.map(({ spec }) => spec),
			...(choice.approval.length > 0 && { approval: choice.approval }),
		}),
	};
}

/**
 * The settings of a run as one that goes on with files of its own has them: with their collection, and with the tool that
 * searches it where there was nothing to search before.
 */
export function withShelf(settings: RunSettings, shelf: string | undefined): RunSettings {
	if (shelf === undefined) return settings;
	const collections = [...settings.collections, shelf];
	const had = settings.rules === "mirothinker" || settings.collections.length > 0;
	const { spec } = librarySearch;
	if (had || settings.tools.some(({ name }) => name === spec.name)) return { ...settings, collections };
	const approval = [...(settings.approval ?? []), ...(asksByDefault(spec) ? [spec.name] : [])];
	return { ...settings, collections, tools: [spec, ...settings.tools], ...(approval.length > 0 && { approval }) };
}

const hasPython = async (): Promise<boolean> => (await sandboxHealth()).state === "ready";
/** Tools of MCP servers: those chosen, else all under our own rules and none under upstream's. And sub-agents. */
async function moreTools({ mcp, subAgents }: Checked, preset: Preset, own: readonly Told[]): Promise<More> {
	if (preset.builtIn && mcp && mcp.length > 0) {
		const message = "The built-in engine calls no MCP tools. Choose a preset with a language model.";
		return { ok: false, field: "mcp", message };
	}
	if (preset.builtIn && subAgents) {
		const message = "The built-in engine asks no sub-agents. Choose a preset with a language model.";
		return { ok: false, field: "subAgents", message };
	}
	const taken = [...own, searchAndBrowse].map(({ spec }) => spec.name);
	const found = await mcpSpecs(usesMcp(preset) ? mcp : (mcp ?? []), taken);
	if (!found.ok) return { ok: false, field: "mcp", message: found.message };
	return { ok: true, tools: [...found.specs.map((spec) => ({ spec })), ...(subAgents ? [searchAndBrowse] : [])] };
}

type Told = Pick<Tool, "spec">;
type More = { ok: true; tools: Told[] } | { ok: false; field: string; message: string };

const usesMcp = ({ builtIn, rules }: Preset): boolean => !builtIn && rules === "generic";

/** The tools that ask first when nobody chose; names of tools that this run has not got are for others. */
const approvalByDefault = (offered: readonly Told[]): string[] =>
	offered.filter(({ spec }) => asksByDefault(spec)).map(({ spec }) => spec.name);

type Frozen = Pick<RunSettings, "model" | "collections" | "tools" | "approval">;

async function freeze(input: Checked, preset: Preset, frozen: Frozen): Promise<RunSettings> {
	const { PROMPTS_DIR, BLOCKED_HOSTS, LLM_CONTEXT, LLM_BASE_URL, LLM_MODEL, LLM_API_KEY } = env();
	const prompts = loadPrompts(PROMPTS_DIR ? [PROMPTS_DIR] : []);
	const date = today();
	const boxed = input.answerMode === "boxed";
	const served =
		LLM_BASE_URL && frozen.model.provider === "openai-compatible"
			? await contextOf({ baseUrl: LLM_BASE_URL, model: LLM_MODEL, apiKey: LLM_API_KEY?.reveal() })
			: undefined;
	return {
		...frozen,
		preset: preset.id,
		rules: preset.rules,
		protocol: preset.protocol,
		sampling: preset.sampling,
		contextTokens: LLM_CONTEXT ?? served ?? preset.contextTokens,
		retention: preset.retention,
		restarts: preset.restarts,
		failureSummary: preset.failureSummary,
		answerMode: input.answerMode ?? "report",
		limits: { turns: preset.turns, calls: input.maxCalls ?? env().DEFAULT_DEPTH ?? preset.calls },
		blockedHosts: BLOCKED_HOSTS,
		...(hasSites(input) && { sites: { only: input.onlySites ?? [], never: input.neverSites ?? [] } }),
		prompts: {
			system: protocolOf(preset.protocol).systemPrompt(frozen.tools, date, prompts),
			taskSuffix: boxed ? prompts.taskSuffixBoxed : prompts.taskSuffixReport,
			answer: boxed ? prompts.answerBoxed : prompts.answerReport,
			failureSummary: prompts.failureSummary,
			failurePrefill: prompts.failurePrefill,
		},
		date,
		product: product.version,
	};
}

const hasSites = ({ onlySites = [], neverSites = [] }: Checked): boolean => onlySites.length + neverSites.length > 0;

/** The host's local date, YYYY-MM-DD, taken once a run (decision D3). */
function today(): string {
	const now = new Date();
	return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Whether language models are shown the pictures of a question. */
export const seesImages = (): boolean => env().LLM_SEES_IMAGES;

/** What the composer needs to know: which presets can run here, which collections there are, with what the web is searched. */
export async function askSetUp() {
	const web = searchedWith();
	const python = await hasPython();
	const presets = PRESETS.map((preset) => ({
		id: preset.id,
		available: modelOf(preset).ok,
		calls: preset.calls,
		plans: !preset.builtIn,
		usesMcp: usesMcp(preset),
		tools: toolsFor(preset.rules, {
			web: web.length > 0,
			library: true,
			python: python && !preset.builtIn,
		}).map(({ spec }) => spec.name),
		...(!preset.builtIn && { keeps: preset.retention }),
	}));
	const known = (await collections()).filter(({ documents }) => documents > 0);
	const { APPROVAL_TOOLS, DEFAULT_DEPTH } = env();
	const more = { mcp: mcpNames(), approval: APPROVAL_TOOLS, seesImages: seesImages() };
	const depth = DEFAULT_DEPTH === undefined ? {} : { depth: DEFAULT_DEPTH };
	return { presets, preset: defaultPreset().id, collections: known, web, ...more, ...depth };
}
