/** How a setting is entered. A secret is never shown again. */
type FieldKind = "text" | "secret" | "number" | "choice";

const DEPTHS = ["25", "100", "300", "600"] as const;
/** The search providers there are, as people know them. */
export const SEARCH_PROVIDERS = [
	["searxng", "SearXNG"],
	["serper", "Serper"],
	["brave", "Brave"],
	["tavily", "Tavily"],
	["wikipedia", "Wikipedia"],
] as const;

const field = <const V extends string>(variable: V, kind: FieldKind, choices: readonly string[] = []) => ({
	variable,
	kind,
	choices,
});

/** What the settings page can save, in its order: each under the environment variable that says the same and wins. */
export const SETTINGS_SECTIONS = {
	model: [
		field("LLM_BASE_URL", "text"),
		field("LLM_API_KEY", "secret"),
		field("LLM_MODEL", "text"),
		field("LLM_PROTOCOL", "choice", ["auto", "mirothinker", "native"]),
		field("LLM_CONTEXT", "number"),
		field("LLM_SEES_IMAGES", "choice", ["on", "off"]),
	],
	extraction: [
		field("EXTRACT_LLM_BASE_URL", "text"),
		field("EXTRACT_LLM_API_KEY", "secret"),
		field("EXTRACT_LLM_MODEL", "text"),
	],
	transcription: [
		field("TRANSCRIBE_LLM_BASE_URL", "text"),
		field("TRANSCRIBE_LLM_API_KEY", "secret"),
		field("TRANSCRIBE_LLM_MODEL", "text"),
	],
	search: [
		field("SEARCH_PROVIDERS", "text"),
		field("SEARXNG_URL", "text"),
		field("SERPER_API_KEY", "secret"),
		field("SERPER_BASE_URL", "text"),
		field("BRAVE_API_KEY", "secret"),
		field("BRAVE_PER_SECOND", "number"),
		field("TAVILY_API_KEY", "secret"),
		field("BLOCKED_HOSTS", "text"),
	],
	reading: [
		field("READ_ROBOTS", "choice", ["on", "off"]),
		field("READ_HOST_PARALLEL", "number"),
		field("READ_HOST_DELAY_MS", "number"),
		field("PAGES_PER_RUN", "number"),
		field("PAGES_PER_HOST", "number"),
		field("PAGES_MB_PER_RUN", "number"),
		field("READ_RENDER", "choice", ["off", "chromium"]),
		field("READ_RENDER_SECONDS", "number"),
		field("JINA_BASE_URL", "text"),
		field("JINA_API_KEY", "secret"),
	],
	python: [
		field("PYTHON_SANDBOX", "choice", ["auto", "bubblewrap", "container", "e2b", "off"]),
		field("PYTHON_SECONDS", "number"),
		field("PYTHON_MEMORY_MB", "number"),
		field("PYTHON_DISK_MB", "number"),
		field("E2B_API_KEY", "secret"),
		field("E2B_TEMPLATE", "text"),
		field("E2B_DOMAIN", "text"),
	],
	runs: [
		field("DEFAULT_PRESET", "choice"),
		field("DEFAULT_DEPTH", "choice", DEPTHS),
		field("MAX_PARALLEL_RUNS", "number"),
		field("MAX_WAITING_RUNS", "number"),
		field("APPROVAL_TOOLS", "text"),
	],
} as const;

export type SettingsSection = keyof typeof SETTINGS_SECTIONS;
export type SettingVariable = (typeof SETTINGS_SECTIONS)[SettingsSection][number]["variable"];

/** One setting as the page shows it; the value of a secret is always empty. */
export type SettingState = {
	variable: SettingVariable;
	kind: FieldKind;
	choices: string[];
	from: "environment" | "saved" | "usual";
	value: string;
	/** What holds while nothing is set; empty where nothing does. */
	usual: string;
	example: string;
	/** The last signs of a secret that is long enough to tell some. */
	ending?: string;
	/** The variable of the environment for whose sake this one cannot be changed here. */
	lockedBy?: string;
	/** A saved secret that is not used: another `SETTINGS_KEY` sealed it, or it was entered for another address. */
	unused?: "sealed" | "elsewhere";
};

export type SettingsView = { sections: Record<SettingsSection, SettingState[]>; keepsSecrets: boolean };

/** New values by variable; an empty one takes a setting back to what is usual. */
export type SettingChanges = Partial<Record<SettingVariable, string>>;

/** `dropped`: secrets that were forgotten because the address they were entered for has changed. */
export type SettingsSaved =
	| { ok: true; dropped: SettingVariable[] }
	| { ok: false; problems: Partial<Record<SettingVariable, string>> };

/** What can be tried out: `of` names one of several. */
export type TrialOf = {
	what: "model" | "extraction" | "transcription" | "search" | "reading" | "rendering" | "python" | "mcp";
	of: string;
};

export type TrialFinding = { ok: boolean; detail: string; remedy?: string };

/** What came of trying something: whether it can be used, and all that was seen. */
export type Trial = { ok: boolean; findings: TrialFinding[]; ms: number };

/** One reading of a model server's meters. Counters only grow, but begin at 0 when the server does. */
export type Meters = {
	/** Epoch milliseconds. */
	at: number;
	running: number;
	waiting: number;
	/** From 0 to 1, of the fullest engine; absent where it is not told. */
	kvUse?: number;
	/** Tokens, so far. */
	prompt: number;
	generated: number;
	cacheAsked: number;
	cacheFound: number;
};

export type MetersRead = { ok: true; meters: Meters } | { ok: false; why: string };

/** What the settings name: presets and the one of nobody's choice, what is searched with, the MCP servers of a file. */
export type Offered = {
	presets: string[];
	preset: string;
	searched: string[];
	mcp: string[];
	mcpFile: string;
	hasModel: boolean;
	hasExtraction: boolean;
};
