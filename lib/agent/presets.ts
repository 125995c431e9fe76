import type { Retention, RunSettings, Sampling } from "../trajectory/settings";

/** A named way to run: everything of `RunSettings` that does not depend on the installation. */
export type Preset = Pick<RunSettings, "rules" | "protocol" | "restarts" | "failureSummary" | "contextTokens"> & {
	id: string;
	/** Default budget of calls for the whole run; a person may ask for less or more. */
	calls: number;
	turns: number;
	retention: Retention;
	sampling: Sampling;
	/** Runs on the built-in engine, without a language model. */
	builtIn: boolean;
};

/** Published evaluation settings of MiroThinker v1.0 to 1.7 (arXiv 2511.11793; spec §2.5); min_p and top_k are not sent. */
const MIROTHINKER_SAMPLING: Sampling = { temperature: 1, top_p: 0.95, repetition_penalty: 1.05, max_tokens: 16_384 };

type Version = { id: string; turns: number; keep: number | "all"; restarts: number; failureSummary: boolean };

/**
 * MiroThinker's own presets (spec §2.6), upstream's YAML name behind each:
 * v1.0 = mirothinker_v1.0_keep5 (8B, 30B, 72B), v1.5 = …v1.5_keep5_max200 and …_max400 (30B, 235B),
 * 1.7 = mirothinker_1.7_keep5_max200 and …_max300 (30B, 235B).
 */
const MIROTHINKER: Version[] = [
	{ id: "mirothinker-1.0", turns: 600, keep: 5, restarts: 5, failureSummary: true },
	{ id: "mirothinker-1.0-keep-all", turns: 600, keep: "all", restarts: 0, failureSummary: false },
	{ id: "mirothinker-1.5", turns: 200, keep: 5, restarts: 5, failureSummary: true },
	{ id: "mirothinker-1.5-400", turns: 400, keep: 5, restarts: 5, failureSummary: true },
	{ id: "mirothinker-1.7", turns: 200, keep: 5, restarts: 5, failureSummary: false },
	{ id: "mirothinker-1.7-300", turns: 300, keep: 5, restarts: 5, failureSummary: false },
];

const mirothinker = ({ id, turns, keep, restarts, failureSummary }: Version): Preset => ({
	id,
	rules: "mirothinker",
	protocol: "mirothinker",
	restarts,
	failureSummary,
	contextTokens: 262_144,
	calls: 600,
	turns,
	retention: keep === "all" ? { policy: "keep-all" } : { policy: "keep-last", k: keep },
	sampling: MIROTHINKER_SAMPLING,
	builtIn: false,
});

/**
 * Any model with native tool calls. Retention: batches of ten keep 95 % of the prompt in the server's prefix cache at
 * 1.7 × the prefill of append-only, where masking every turn costs 6 × (cost model in docs/decisions).
 */
const GENERIC: Preset = {
	id: "generic",
	rules: "generic",
	protocol: "native",
	restarts: 0,
	failureSummary: false,
	contextTokens: 131_072,
	calls: 600,
	turns: 600,
	retention: { policy: "keep-last-batched", k: 5, batch: 10 },
	sampling: { max_tokens: 16_384 },
	builtIn: false,
};

/** The built-in engine: deterministic, so nothing is sampled again, and it needs to see everything it read. */
const EXTRACTIVE: Preset = {
	id: "extractive",
	rules: "generic",
	protocol: "native",
	restarts: 0,
	failureSummary: false,
	contextTokens: 100_000_000,
	calls: 25,
	turns: 50_000,
	retention: { policy: "keep-all" },
	sampling: { temperature: 0 },
	builtIn: true,
};

export const PRESETS: readonly Preset[] = [...MIROTHINKER.map(mirothinker), GENERIC, EXTRACTIVE];

/** The preset of that name. */
export const presetOf = (id: string): Preset | undefined => PRESETS.find((preset) => preset.id === id);
