import "server-only";
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { address, choice, count, list, listOf, named, onOff, Secret, sealing, secret, text } from "./env-kinds";
import { reading } from "./env-reading";

const port = z.coerce
	.number({ error: "is not a number" })
	.int("is not a whole number")
	.min(1, "is less than 1")
	.max(65_535, "is more than 65535");
const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();
const isFile = (path: string) => existsSync(path) && statSync(path).isFile();
const isLoopback = (host: string) => /^(127(\.\d{1,3}){3}|localhost|::1)$/.test(host);
const loopback = text.refine(isLoopback, {
	error: "is not a loopback address; Soundings has no login yet, so it listens on this machine alone",
});

const outerOrigin = address
	.refine((value) => !URL.canParse(value) || new URL(value).origin === value, {
		error: "is more than an origin; leave out the path and what follows",
	})
	.refine((value) => !URL.canParse(value) || !isLoopback(new URL(value).hostname.replace(/^\[|\]$/g, "")), {
		error: "is this machine's own name, under which the whole workbench is answered",
	});

const MIROTHINKER = ["1.0", "1.0-keep-all", "1.5", "1.5-400", "1.7", "1.7-300"].map((id) => `mirothinker-${id}`);
const PRESET_IDS = ["generic", "extractive", ...MIROTHINKER];

/** Every environment variable the product reads. Settings saved on the page lie under them: the environment wins. */
const envSchema = z.object({
	DATA_DIR: text
		.default("data")
		.transform((path) => resolve(path))
		.meta({
			description: "Folder of the databases. Made when missing, readable by its owner alone.",
			example: "/var/lib/soundings",
		}),
	HOST: loopback.default("127.0.0.1").meta({
		description: "Address to listen on. Only loopback addresses are accepted.",
		example: "127.0.0.1",
	}),
	PORT: port.default(3000).meta({ description: "Port to listen on.", example: "3001" }),
	LLM_BASE_URL: address.optional().meta({
		description: "OpenAI-compatible model server (vLLM, SGLang, llama.cpp, Ollama). Unset: the built-in engine.",
		example: "http://127.0.0.1:8000/v1",
	}),
	LLM_MODEL: named("Model to ask for. Unset: the first one the server lists.", "miromind-ai/MiroThinker-1.7-mini"),
	LLM_API_KEY: secret("Key of the model server."),
	LLM_PROTOCOL: choice("auto", "mirothinker", "native").default("auto").meta({
		description:
			"How the model calls tools: `mirothinker` (in its text), `native` (the server's tool calls), or `auto` (by the model's name).",
		example: "mirothinker",
	}),
	LLM_CONTEXT: count.min(4096, "is less than 4096 tokens; a run does not fit into that").optional().meta({
		description: "Context window in tokens. Unset: what the server reports, else what the preset says.",
		example: "262144",
	}),
	LLM_SEES_IMAGES: onOff("off").meta({
		description:
			"Whether the model takes pictures (`on`, `off`). Attached ones are sent with the question, or named as not read.",
		example: "on",
	}),
	EXTRACT_LLM_BASE_URL: address.optional().meta({
		description: "Server of the model that reads long pages for the agent. Unset: `LLM_BASE_URL`.",
		example: "http://127.0.0.1:8001/v1",
	}),
	EXTRACT_LLM_MODEL: named("Model that reads long pages. Unset: `LLM_MODEL`.", "Qwen/Qwen3-8B"),
	EXTRACT_LLM_API_KEY: secret("Key of that server. Unset: `LLM_API_KEY`, when the server is the same."),
	TRANSCRIBE_LLM_BASE_URL: address.optional().meta({
		description: "Server that turns attached recordings into text (`audio/transcriptions`). Unset: they are refused.",
		example: "http://127.0.0.1:8002/v1",
	}),
	TRANSCRIBE_LLM_MODEL: text
		.default("whisper-1")
		.meta({ description: "Model of that server.", example: "openai/whisper-large-v3" }),
	TRANSCRIBE_LLM_API_KEY: secret("Key of that server."),
	OPENAI_API_KEY: secret("Key for OpenAI's own models."),
	OPENAI_MODEL: named("OpenAI's model; used when `LLM_BASE_URL` is unset.", "gpt-5-mini"),
	SEARCH_PROVIDERS: listOf(
		/^(serper|brave|tavily|searxng|wikipedia)$/,
		"has an entry that is none of serper, brave, tavily, searxng, wikipedia",
	)
		.optional()
		.meta({
			description:
				"Where the web is searched, several at once. Unset: every provider below that is set up. `wikipedia` needs no key and is asked only when it stands here. Without any, only the library is searched.",
			example: "searxng, wikipedia",
		}),
	SEARXNG_URL: address.optional().meta({
		description: "SearXNG instance with its JSON format switched on.",
		example: "http://127.0.0.1:8080",
	}),
	SERPER_API_KEY: secret("Key of serper.dev (Google's results)."),
	SERPER_BASE_URL: address.default("https://google.serper.dev").meta({
		description: "Address of Serper, or of what speaks its language.",
		example: "http://127.0.0.1:8090",
	}),
	BRAVE_API_KEY: secret("Key of the Brave Search API."),
	BRAVE_PER_SECOND: count
		.max(50, "is more than 50")
		.default(1)
		.meta({ description: "Requests a second that the Brave plan allows.", example: "20" }),
	TAVILY_API_KEY: secret("Key of Tavily."),
	BLOCKED_HOSTS: listOf(/^[^/:]+(\/[^:]*)?$/, "has an entry that is no host or host/path; leave https:// and ports out")
		.default(["huggingface.co/datasets", "huggingface.co/spaces", "unifuncs.com"])
		.meta({
			description: "Hosts, or beginnings of addresses, that are never shown or read; they publish benchmark answers.",
			example: "example.org, example.com/answers",
		}),
	APPROVAL_TOOLS: list.default([]).meta({
		description:
			"Tools whose calls wait for a person's click, by name; `*` for all. Whoever asks may choose otherwise for a run.",
		example: "run_python, run_command",
	}),
	...reading,
	MCP_CONFIG: text
		.refine(isFile, { error: "is not a file" })
		.transform((path) => resolve(path))
		.optional()
		.meta({
			description:
				"File of MCP servers in the common `mcpServers` shape. A variable of the environment is written `$` and its name in braces. Unset: `mcp.json` in `DATA_DIR`, when there is one.",
			example: "./mcp.json",
		}),
	MAX_PARALLEL_RUNS: count
		.default(4)
		.meta({ description: "Runs that go on at the same time; more wait in line.", example: "16" }),
	MAX_WAITING_RUNS: count
		.default(100)
		.meta({ description: "Runs that may wait in line; a further one is refused until there is room.", example: "500" }),
	PYTHON_SANDBOX: choice("auto", "bubblewrap", "container", "e2b", "off").default("auto").meta({
		description:
			"What the agent's Python runs in: `bubblewrap`, `container` (podman or docker), `e2b` (at e2b.dev), `auto` (the first that works: `e2b` when its key is set, `bubblewrap`, `container`) or `off`. It never runs without.",
		example: "bubblewrap",
	}),
	PYTHON_IMAGE: text.default("python:3.13-slim").meta({
		description:
			"Image with python3 for the container engine, by its name or digest. It must be there already; it is never fetched.",
		example: "localhost/soundings-python",
	}),
	PYTHON_SECONDS: count
		.max(600, "is more than 600 seconds")
		.default(60)
		.meta({ description: "Longest time of one call of Python or of a command.", example: "300" }),
	PYTHON_MEMORY_MB: count
		.min(256, "is less than 256 MB; plots need that")
		.default(1024)
		.meta({ description: "Memory of one sandbox, all its processes together.", example: "4096" }),
	PYTHON_DISK_MB: count.min(16, "is less than 16 MB").default(256).meta({
		description: "Size of a sandbox's working directory. A file in it may be a quarter as long.",
		example: "1024",
	}),
	PYTHON_PARALLEL: count
		.default(4)
		.meta({ description: "Calls of Python or of commands at the same time; more wait in line.", example: "2" }),
	E2B_API_KEY: secret("Key of E2B. The agent's code and its files, attached ones too, are then sent there."),
	E2B_TEMPLATE: text.default("code-interpreter-v1").meta({
		description: "Template of the sandboxes at E2B: their Python, packages and memory.",
		example: "my-code-interpreter",
	}),
	E2B_DOMAIN: text
		.regex(/^[a-z\d-]+(\.[a-z\d-]+)+(:\d{1,5})?$/i, "is no host name")
		.default("e2b.app")
		.meta({ description: "Domain of E2B, or of what speaks its language.", example: "e2b.example.org" }),
	E2B_API_URL: address.optional().meta({
		description: "Address where sandboxes of E2B are asked for. Unset: `api.` of its domain.",
		example: "http://127.0.0.1:3002",
	}),
	E2B_SANDBOX_URL: address.optional().meta({
		description: "Address under which all sandboxes of E2B are reached. Unset: a host of the domain for each.",
		example: "http://127.0.0.1:3002",
	}),
	SHARE_ORIGIN: outerOrigin.optional().meta({
		description:
			"Outer origin that a reverse proxy or tunnel passes on to here, with its `Host` kept. Under it only shared pages are answered. Unset: shared pages open on this machine alone.",
		example: "https://share.example.org",
	}),
	DEFAULT_PRESET: choice(...PRESET_IDS)
		.optional()
		.meta({
			description: "Preset of a run when nobody chooses. Unset, or without the model it needs: by the model's name.",
			example: "generic",
		}),
	DEFAULT_DEPTH: choice("25", "100", "300", "600")
		.transform(Number)
		.optional()
		.meta({ description: "Calls a run may make when nobody chooses. Unset: as its preset says.", example: "100" }),
	SETTINGS_KEY: text.min(32, "is shorter than 32 characters").transform(sealing).optional().meta({
		description:
			"Secret that encrypts the keys entered on the settings page (`openssl rand -base64 32` makes one). Unset: keys come from the environment alone.",
		example: "a-secret-of-at-least-32-characters",
	}),
	PROMPTS_DIR: text.refine(isFolder, { error: "is not a folder" }).optional().meta({
		description: "Folder whose prompt files replace the product's own, name by name.",
		example: "./my-prompts",
	}),
});

type Env = z.infer<typeof envSchema>;

type Held = { soundingsSaved?: Variables };

let parsed: { saved: Variables | undefined; env: Env } | undefined;

/**
 * The settings: the environment's, then saved ones, then what is usual; read once until others are saved. Throws a
 * `ZodError` whose issues name the variable. One that is empty or blank counts as unset.
 */
export function env(): Env {
	const saved = (globalThis as Held).soundingsSaved;
	if (parsed === undefined || parsed.saved !== saved) {
		parsed = { saved, env: envSchema.parse({ ...saved, ...withoutEmpty(process.env) }) };
	}
	return parsed.env;
}

/** Lays saved settings under the environment for the whole process. Each must be one that `environmentProblems` accepts. */
export function layUnder(saved: Variables): void {
	(globalThis as Held).soundingsSaved = saved;
}

type Variables = Record<string, string | undefined>;

const withoutEmpty = (variables: Variables) =>
	Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim() !== ""));

type EnvironmentProblem = { variable: string; problem: string; example: string };

/** What is wrong with the settings: the variable, what its value is or is not, and a value that would do. */
export function environmentProblems(variables: Variables = process.env): EnvironmentProblem[] {
	const { error } = envSchema.safeParse(withoutEmpty(variables));
	return (error?.issues ?? []).map(({ path, message }) => {
		const variable = String(path[0]);
		const shown = variable.endsWith("_KEY") ? "its value" : JSON.stringify(variables[variable]);
		return { variable, problem: `${shown} ${message}`, example: `${variable}=${metaOf(variable).example}` };
	});
}

/** Names of the settings that somebody has set. */
export const settingsInUse = (): string[] => Object.keys(envSchema.shape).filter((variable) => process.env[variable]);

/** What holds while a setting is not set, as a variable would say it; empty where nothing does. */
export function usualOf(variable: string): string {
	const usual = Object.entries(envSchema.shape)
		.find(([name]) => name === variable)?.[1]
		.safeParse(undefined).data;
	if (typeof usual === "boolean") return usual ? "on" : "off";
	return Array.isArray(usual) ? usual.join(", ") : String(usual ?? "");
}

/** A value that would do. */
export const exampleOf = (variable: string): string => metaOf(variable).example;

/** The settings as rows of a markdown table, in the order of the schema: README shows exactly this. */
export function settingsTable(): string {
	const rows = Object.keys(envSchema.shape).map((variable) => {
		const shown = variable === "DATA_DIR" ? "data" : usualOf(variable);
		const { description, example } = metaOf(variable);
		return `| \`${variable}\` | ${description} | ${shown && `\`${shown}\``} | \`${example}\` |`;
	});
	return ["| Variable | Meaning | Default | Example |", "|---|---|---|---|", ...rows].join("\n");
}

const metaSchema = z.object({ description: z.string(), example: z.string() });

function metaOf(variable: string) {
	const schema = Object.entries(envSchema.shape).find(([name]) => name === variable)?.[1];
	return metaSchema.parse(schema?.meta());
}

/** Whether this is `next dev`, whose error pages need evaluation in the browser. */
export const isDevelopment = (): boolean => process.env.NODE_ENV === "development";

const NAMES_KEY = /KEY|TOKEN|SECRET|PASSWORD/i;
/** What is shorter stands in too many texts by chance. */
const SHORTEST_KEY = 8;
const keysGivenOut = new Set<string>();

/** An environment variable that a file of the person's own names; what the product itself reads is in the schema. */
export function environmentVariable(name: string): string | undefined {
	const value = process.env[name];
	if (value !== undefined && NAMES_KEY.test(name)) keysGivenOut.add(value);
	return value;
}

/** Every key that may be sent to somebody now. */
export function keysInUse(): string[] {
	const own = Object.values(env()).flatMap((value) => (value instanceof Secret ? [value.reveal()] : []));
	return [...own, ...keysGivenOut].filter((key) => key.length >= SHORTEST_KEY);
}
