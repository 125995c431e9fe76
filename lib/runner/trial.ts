import "server-only";
import { env, exampleOf } from "../env";
import { readMeters } from "../models/meters";
import { probe, type Server } from "../models/probe";
import { forgetSandbox, type SandboxHealth, sandboxHealth } from "../sandbox/health";
import type { MetersRead, Trial, TrialFinding, TrialOf } from "../trajectory/settings-view";
import { readPage } from "../web/read-page";
import { renderHealth } from "../web/render/health";
import { heardIn } from "../web/transcribe";
import { WebError } from "../web/web-error";
import { mcpHealth, mcpPath } from "./mcp";
import { tryProvider } from "./search";

const SEARCH_WAIT_MS = 10_000;
const READ_WAIT_MS = 45_000;
/** A server may load its model for the first recording. */
const HEAR_WAIT_MS = 60_000;
/** What a model must do for a run; the rest of a probe makes runs better or cheaper. */
const NEEDED = ["models", "streaming"];

/** Tries one thing out as a run would use it, now. Never throws. */
export async function trialOf({ what, of }: TrialOf): Promise<Trial> {
	const since = performance.now();
	const findings = await TRIALS[what](of);
	const ms = Math.round(performance.now() - since);
	return { ok: findings.every(({ ok, isExtra = false }) => ok || isExtra), findings: findings.map(plain), ms };
}

/** Of an extra, all is well without it. */
type TriedFinding = TrialFinding & { isExtra?: boolean };

const plain = ({ isExtra: _, ...finding }: TriedFinding): TrialFinding => finding;

const TRIALS: Record<TrialOf["what"], (of: string) => Promise<TriedFinding[]>> = {
	model: () => tryModel(mainServer(), "LLM_BASE_URL"),
	extraction: () => tryModel(extractionServer(), "EXTRACT_LLM_BASE_URL"),
	transcription: tryTranscription,
	search: tryOneProvider,
	reading: tryReading,
	rendering: tryRendering,
	python: tryPython,
	mcp: tryMcp,
};

function mainServer(): Server | undefined {
	const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey } = env();
	return baseUrl === undefined ? undefined : { baseUrl, model, apiKey: apiKey?.reveal() };
}

/** The server that reads pages; where none is set, the main one under the model that is meant for it. */
function extractionServer(): Server | undefined {
	const { EXTRACT_LLM_BASE_URL, EXTRACT_LLM_MODEL, EXTRACT_LLM_API_KEY } = env();
	const settings = "EXTRACT_";
	if (EXTRACT_LLM_BASE_URL !== undefined) {
		return { baseUrl: EXTRACT_LLM_BASE_URL, model: EXTRACT_LLM_MODEL, apiKey: EXTRACT_LLM_API_KEY?.reveal(), settings };
	}
	const main = mainServer();
	return (
		main && { ...main, model: EXTRACT_LLM_MODEL ?? main.model, apiKey: EXTRACT_LLM_API_KEY?.reveal() ?? main.apiKey }
	);
}

async function tryModel(server: Server | undefined, setting: string): Promise<TriedFinding[]> {
	if (!server) return notSet(setting);
	const { version, protocol, findings } = await probe(server);
	const seen = findings.map(({ id, ...finding }): TriedFinding => ({ ...finding, isExtra: !NEEDED.includes(id) }));
	return [
		...seen,
		...(version === undefined ? [] : [{ ok: true, detail: `The server is version ${version}.` }]),
		...(protocol === undefined ? [] : [{ ok: true, detail: PROTOCOLS[protocol] }]),
	];
}

const notSet = (setting: string): TriedFinding[] => [
	{
		ok: false,
		detail: `${setting} is not set; there is no server to try.`,
		remedy: `Example: ${exampleOf(setting)}`,
	},
];

const PROTOCOLS = {
	mirothinker: "It is asked to write its tool calls as text (mirothinker).",
	native: "It is asked for native tool calls (native).",
};

async function tryTranscription(): Promise<TriedFinding[]> {
	const { TRANSCRIBE_LLM_BASE_URL, TRANSCRIBE_LLM_MODEL } = env();
	if (TRANSCRIBE_LLM_BASE_URL === undefined) return notSet("TRANSCRIBE_LLM_BASE_URL");
	try {
		await heardIn(silence(), "silence.wav", HEAR_WAIT_MS);
		return [{ ok: true, detail: `${TRANSCRIBE_LLM_MODEL} listened to a second of silence.` }];
	} catch (error) {
		const detail = error instanceof WebError ? error.message : `No transcript came within ${HEAR_WAIT_MS / 1000} s.`;
		const names = "TRANSCRIBE_LLM_BASE_URL, TRANSCRIBE_LLM_API_KEY, TRANSCRIBE_LLM_MODEL";
		return [{ ok: false, detail, remedy: `Start the transcription server, or mend one of: ${names}.` }];
	}
}

/** A second of silence as a WAV file: 8 bits, 16 kHz, one channel. */
function silence(): Uint8Array {
	const rate = 16_000;
	const head = Buffer.alloc(44);
	head.write("RIFF", 0);
	head.writeUInt32LE(36 + rate, 4);
	head.write("WAVEfmt ", 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(rate, 24);
	head.writeUInt32LE(rate, 28);
	head.writeUInt16LE(1, 32);
	head.writeUInt16LE(8, 34);
	head.write("data", 36);
	head.writeUInt32LE(rate, 40);
	return Buffer.concat([head, Buffer.alloc(rate, 128)]);
}

async function tryOneProvider(name: string): Promise<TriedFinding[]> {
	const found = await tryProvider(name, SEARCH_WAIT_MS);
	if (!found) return [{ ok: false, detail: `There is no search provider "${name}".` }];
	const { ok, detail, setting } = found;
	return [{ ok, detail, ...(!ok && { remedy: `Enter or correct ${setting}, and see that this machine reaches it.` }) }];
}

async function tryReading(url: string): Promise<TriedFinding[]> {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		return [{ ok: false, detail: `"${url}" is not an http(s) address.`, remedy: "Example: https://example.com/" }];
	}
	try {
		const { title, text, rendered } = await readPage(url, AbortSignal.timeout(READ_WAIT_MS), { again: true });
		return [
			{
				ok: true,
				detail: `Read "${title}": ${text.length.toLocaleString("en")} characters${rendered ? `, ${rendered}` : ""}.`,
			},
		];
	} catch (error) {
		const late = `The page was not read within ${READ_WAIT_MS / 1000} s.`;
		return [{ ok: false, detail: error instanceof WebError ? error.message : late }];
	}
}

async function tryRendering(): Promise<TriedFinding[]> {
	const seen = await renderHealth();
	if (seen.state === "off") return [{ ok: false, detail: "Pages are not rendered (READ_RENDER=off)." }];
	if (seen.state === "missing") return [{ ok: false, detail: seen.why, remedy: seen.remedy }];
	return [
		{ ok: true, detail: `Chromium ${seen.version} starts, with its own sandbox.` },
		{ ok: true, detail: "What it may not reach was refused by the proxy." },
	];
}

async function tryPython(): Promise<TriedFinding[]> {
	forgetSandbox();
	const seen = await sandboxHealth();
	if (seen.state === "off") return [{ ok: false, detail: "Python is off (PYTHON_SANDBOX=off)." }];
	if (seen.state === "missing") return [{ ok: false, detail: seen.why, remedy: seen.remedy }];
	const packages = seen.packages.map(({ name, version }) => `${name} ${version}`).join(", ") || "none";
	return [
		{ ok: true, detail: `Python ${seen.version} runs in ${placeOf(seen)}.` },
		{ ok: true, detail: `Packages for research: ${packages}.` },
		...(seen.passedOver
			? [{ ok: false, isExtra: true, detail: seen.passedOver.why, remedy: seen.passedOver.remedy }]
			: []),
	];
}

/** Of a container also which image, since that is chosen outside of the page. */
function placeOf({ engine, program }: Extract<SandboxHealth, { state: "ready" }>): string {
	if (engine === "e2b") return "E2B";
	return engine === "container" ? `a container (${program})` : engine;
}

async function tryMcp(name: string): Promise<TriedFinding[]> {
	const states = await mcpHealth(name);
	if (states.length === 0) return [{ ok: false, detail: `There is no MCP server "${name}" in ${mcpPath()}.` }];
	return states.flatMap(({ ok, detail, tools, refused }) => [
		ok
			? { ok, detail: `It offers ${tools.length} tools: ${tools.join(", ") || "none"}.` }
			: { ok, detail, remedy: `Mend it in ${mcpPath()}.` },
		...refused.map((tool) => ({ ok: false, isExtra: true, detail: `${tool.name} is left out: ${tool.why}` })),
	]);
}

/** The meters of a model's server now. */
export async function metersOf(which: "model" | "extraction"): Promise<MetersRead> {
	const server = which === "model" ? mainServer() : extractionServer();
	return server ? readMeters(server.baseUrl) : { ok: false, why: "No model server is set." };
}
