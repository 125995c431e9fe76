import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Model, WireMessage } from "../../lib/agent/model";
import type { AgentOptions } from "../../lib/agent/options";
import { mirothinker } from "../../lib/agent/protocol/mirothinker";
import { defineTool, type ToolContext } from "../../lib/agent/tool";
import { closeStore } from "../../lib/db/client";
import { readEvents } from "../../lib/db/events";
import { createRun } from "../../lib/db/runs";
import { openaiCompatible } from "../../lib/models/openai-compatible";
import { record } from "../../lib/runner/execute";
import { makeLive, tellLive } from "../../lib/runner/live";
import { openStream, subscribe } from "../../lib/runner/watch";
import { messagesOf } from "../../lib/trajectory/messages";
import type { Retention } from "../../lib/trajectory/settings";
import { emptyView, step } from "../../lib/trajectory/view";
import { makeRun, testSettings } from "../fixtures/run";

const TURNS = 600;
const MARKS = [100, 300, 600];
const WINDOW = 20;
const DELTAS = 300;
const THOUGHT = "The log names a second reading that nobody else cites, so look for where it was taken from. "
	.repeat(17)
	.slice(0, 1500);

type Fixture = { name: string; retention: Retention; resultChars: number };
const FIXTURES: Fixture[] = [
	{ name: "keep-last-5, results of 20 KB", retention: { policy: "keep-last", k: 5 }, resultChars: 20_000 },
	{ name: "keep-all, results of 200 B", retention: { policy: "keep-all" }, resultChars: 200 },
];

const cpuMs = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
};

const search = (resultChars: number) =>
	defineTool({
		spec: { server: "s", name: "google_search", description: "d", schema: { type: "object" } },
		input: z.object({ q: z.string() }),
		duplicateKey: ({ q }) => String(q),
		run: async ({ q }) => ({
			status: "ok",
			text: `${q} ${"depth line lead sinker ".repeat(1000)}`.slice(0, resultChars),
			summary: "10 results",
			sources: [{ url: `http://example.org/${q}`, title: q, opened: false }],
		}),
	});

/** Writes the fixture's reply in pieces, at once: what remains is the harness's own work. */
function instantModel(): Model {
	let turn = 0;
	return {
		provider: "openai-compatible",
		id: "instant",
		async *reply() {
			turn++;
			await setImmediate();
			const call =
				turn > TURNS
					? "done \\boxed{x}"
					: `<use_mcp_tool>\n<server_name>s</server_name>\n<tool_name>google_search</tool_name>\n<arguments>\n{"q":"query ${turn}"}\n</arguments>\n</use_mcp_tool>`;
			const content = `<think>\n${THOUGHT}\n</think>\n\n${call}`;
			const size = Math.ceil(content.length / DELTAS);
			for (let at = 0; at < content.length; at += size) yield { part: "text", text: content.slice(at, at + size) };
			return { content, calls: [], finish: "stop", usage: { inputTokens: 1000, outputTokens: 500 }, ms: 1 };
		},
	};
}

/** (a) CPU a turn of everything but HTTP: fold, guards, retention, validation, rows, hash, one follower. */
async function journal({ name, retention, resultChars }: Fixture, folder: string): Promise<void> {
	const tool = search(resultChars);
	const settings = testSettings({
		rules: "mirothinker",
		protocol: "mirothinker",
		retention,
		limits: { turns: TURNS, calls: TURNS },
		tools: [tool.spec],
	});
	const { summary, started } = makeRun("How deep?", settings);
	await createRun(summary, started);
	const past = await readEvents(summary.id);
	const view = emptyView();
	for (const event of past) step(view, event);
	const live = makeLive(summary.id);
	live.seq = view.lastSeq;
	const stream = openStream("bench");
	const received = drain(stream);
	await subscribe("bench", summary.id, 0);
	const spent: number[] = [];
	let since = cpuMs();
	const model = instantModel();
	const options: AgentOptions = {
		runId: summary.id,
		settings,
		model: {
			...model,
			reply: (...args) => {
				spent.push(cpuMs() - since);
				since = cpuMs();
				return model.reply(...args);
			},
		},
		protocol: mirothinker,
		tools: [tool],
		toolContext: () => ({}) as ToolContext,
		live: (event) => tellLive(live, event),
		heard: () => [],
		pausing: () => false,
		elapsedMs: () => 0,
		sleep: async () => undefined,
		countTokens: (text) => text.length / 4,
		signal: new AbortController().signal,
	};
	await record({ live, view, createdAt: summary.createdAt }, options, past);
	const bytes = statSync(join(folder, "soundings.db")).size + statSync(join(folder, "soundings.db-wal")).size;
	console.log(`\n${name}`);
	for (const mark of MARKS) {
		const window = spent.slice(mark - WINDOW, mark);
		console.log(`  (a) journal   turn ${String(mark).padStart(3)}: ${mean(window).toFixed(2)} ms CPU a turn`);
	}
	const rebuilt = performance.now();
	const events = await readEvents(summary.id);
	const read = performance.now() - rebuilt;
	const folded = performance.now();
	messagesOf(events);
	console.log(
		`  database ${(bytes / 1e6).toFixed(1)} MB, ${events.length} events; context rebuilt in ${(performance.now() - folded).toFixed(1)} ms (events read in ${read.toFixed(0)} ms)`,
	);
	console.log(
		`  memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB; the follower received ${received.soFar()} packets`,
	);
	closeStore();
	for (const file of readdirSync(folder)) rmSync(join(folder, file));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function drain(stream: ReadableStream<unknown>) {
	let packets = 0;
	const reader = stream.getReader();
	void (async () => {
		while (!(await reader.read()).done) packets++;
	})();
	return { soFar: () => packets };
}

type Server = { url: string; stop: () => void };

/** The stand-in in a process of its own, so that only our side is measured. */
async function standIn(script: object): Promise<Server> {
	const path = join(mkdtempSync(join(tmpdir(), "soundings-script-")), "script.json");
	writeFileSync(path, JSON.stringify(script));
	const args = ["--conditions=react-server", "--import", "tsx", "e2e/vllm/main.ts", "--port", "0", "--script", path];
	const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
	const url = await new Promise<string>((found) => {
		child.stdout.on("data", (chunk: Buffer) => {
			const address = /http:\/\/[\d.:]+/.exec(chunk.toString())?.[0];
			if (address) found(address);
		});
	});
	return { url, stop: () => child.kill("SIGTERM") };
}

async function replyCpu(model: Model, messages: WireMessage[], times: number): Promise<number> {
	const spent: number[] = [];
	for (let at = 0; at < times; at++) {
		const since = cpuMs();
		const stream = model.reply(
			{ messages, params: { max_tokens: 100 } },
			{ signal: new AbortController().signal, runId: "bench", turn: at + 1 },
		);
		let next = await stream.next();
		while (!next.done) next = await stream.next();
		spent.push(cpuMs() - since);
	}
	spent.sort((a, b) => a - b);
	return spent[Math.floor(spent.length / 2)] ?? 0;
}

const conversation = (megabytes: number): WireMessage[] =>
	Array.from({ length: Math.max(1, Math.round((megabytes * 1e6) / 2000)) }, (_, at) => ({
		role: "user",
		content: `${at} ${THOUGHT.repeat(2)}`.slice(0, 2000),
	}));

/** (b) CPU to serialise and send, a megabyte; (c) CPU to receive, a hundred deltas. */
async function wire(): Promise<void> {
	const short = await standIn({ steps: [{ content: "ok", pieces: 1 }], repeat: true });
	const long = await standIn({ steps: [{ content: "word ".repeat(DELTAS), pieces: DELTAS }], repeat: true });
	const few = openaiCompatible({ baseUrl: `${short.url}/v1`, model: "stand-in" });
	const many = openaiCompatible({ baseUrl: `${long.url}/v1`, model: "stand-in" });
	await replyCpu(few, conversation(0.01), 20);
	const base = await replyCpu(few, conversation(0.01), 30);
	for (const megabytes of [0.25, 0.5, 1]) {
		const cost = await replyCpu(few, conversation(megabytes), 20);
		console.log(`  (b) request   ${megabytes} MB: ${((cost - base) / megabytes).toFixed(2)} ms CPU a MB`);
	}
	await replyCpu(many, conversation(0.01), 10);
	const deltas = await replyCpu(many, conversation(0.01), 30);
	console.log(
		`  (c) client    ${(((deltas - base) / DELTAS) * 100).toFixed(2)} ms CPU a 100 deltas (${base.toFixed(2)} ms a request)`,
	);
	short.stop();
	long.stop();
}

/** `npm run bench -- harness`: the cost of a turn, in three parts, at turns 100, 300 and 600. */
export async function run(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "soundings-bench-"));
	process.env.DATA_DIR = folder;
	for (const fixture of FIXTURES) await journal(fixture, folder);
	rmSync(folder, { recursive: true });
	console.log("\nclient against the stand-in");
	await wire();
}
