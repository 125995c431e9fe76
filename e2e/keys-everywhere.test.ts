import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { GET as getEvents } from "../app/api/runs/[id]/events/route";
import { readEvents } from "../lib/db/events";
import { layUnder, settingsTable } from "../lib/env";
import { readPaper } from "../lib/publish/read-paper";
import { publishShare } from "../lib/publish/share";
import { closeThreads } from "../lib/publish/threads";
import { writeDocument } from "../lib/publish/write";
import { planFor } from "../lib/runner/plan";
import { settled } from "../lib/runner/runner";
import { settingsView } from "../lib/runner/saved-settings";
import { closeStream, openStream, subscribe } from "../lib/runner/watch";
import { paperOf } from "./fixtures/paper";
import { begin, openBench } from "./fixtures/runner-bench";
import { startSearchServer } from "./fixtures/search-server";
import type { Policy, StandInReply } from "./vllm/reply";

const NAMES = [...settingsTable().matchAll(/^\| `(\w+_KEY)`/gm)].map(([, name = ""]) => name);
const keyOf = (name: string) => `sk-planted/0123+456789="${name}~`;
const hexOf = (key: string) => Buffer.from(key).toString("hex");

/** What a key may look like where somebody wrote it down. In base64 it depends on what stands before it. */
function formsOf(name: string): string[] {
	const key = keyOf(name);
	const inBase64 = ["", "a", "ab"].map((before) => {
		const text = Buffer.from(`${before}${key}`).toString("base64");
		return text.slice(before.length === 0 ? 0 : 4, -4);
	});
	const escaped = JSON.stringify(key).slice(1, -1);
	return [key, escaped, encodeURIComponent(key), hexOf(key), ...inBase64, key.match(/.{1,8}/g)?.join("\n") ?? key];
}

/** How a server says a key back. */
const echoOf = (name: string): string => {
	const key = keyOf(name);
	return `authorization: Bearer ${key} ${encodeURIComponent(key)} ${Buffer.from(key).toString("base64")} ${hexOf(key)}`;
};

const failing = (status: number): StandInReply => {
	const body = { error: { message: echoOf("LLM_API_KEY"), type: "x", param: null, code: status } };
	return { fault: { kind: "status", status, body, headers: { "retry-after": "0" } } };
};

const said: string[] = [];
let bench: Awaited<ReturnType<typeof openBench>>;
let search: Awaited<ReturnType<typeof startSearchServer>>;
let script: StandInReply[] = [];

beforeAll(async () => {
	const title = echoOf("SERPER_API_KEY");
	const hit = { title, snippet: title, link: "https://example.org/tide", position: 1 };
	search = await startSearchServer({ body: { organic: [hit] } });
	for (const name of NAMES) vi.stubEnv(name, keyOf(name));
	vi.stubEnv("SERPER_BASE_URL", search.url);
	vi.stubEnv("SEARCH_PROVIDERS", "serper");
	layUnder({});
	const policy: Policy = () => script.shift() ?? { content: `It is so. ${echoOf("LLM_API_KEY")}` };
	bench = await openBench(policy);
	for (const stream of [process.stdout, process.stderr]) {
		vi.spyOn(stream, "write").mockImplementation((text) => said.push(String(text)) > 0);
	}
}, 60_000);
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
	await closeThreads();
	await bench.close();
	await search.close();
	vi.unstubAllEnvs();
	layUnder({});
});

/** Plays a run that ends by itself, and gives back all that a browser and another program hear of it. */
async function played(replies: StandInReply[]): Promise<{ runId: string; heard: string }> {
	script = replies;
	const runId = await begin("generic");
	const packets: string[] = [];
	const reader = openStream(runId).getReader();
	await subscribe(runId, runId, 0);
	await settled(runId);
	const events = await getEvents(new Request("http://127.0.0.1/"), { params: Promise.resolve({ id: runId }) });
	const sent = await events.text();
	closeStream(runId);
	for (let next = await reader.read(); !next.done; next = await reader.read()) packets.push(JSON.stringify(next.value));
	return { runId, heard: packets.join("\n") + sent };
}

test("SEC-01: a key that its server says back, in faults, thoughts, calls, results and answers, stands in nothing written or sent", async () => {
	const query = `tide ${keyOf("LLM_API_KEY")}`;
	const { runId, heard } = await played([
		failing(500),
		failing(429),
		{ reasoning: echoOf("LLM_API_KEY"), pieces: 1, calls: [{ name: "web_search", args: { q: query } }] },
	]);
	const refused = await played([failing(401)]);
	script = [failing(401)];
	const plan = await planFor({ question: "How high is the tide?", preset: "generic" }, new AbortController().signal);
	const { words } = paperOf({});
	const own = await readPaper(runId, words, true);
	if (!own.ok) throw new Error("The run has no answer.");
	const documents = await Promise.all((["md", "html"] as const).map((format) => writeDocument(format, own.paper)));
	const shared = await publishShare(runId, { scope: "trajectory", rules: { kinds: [], words: [] } });
	const files = readdirSync(bench.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const written: [string, string][] = [
		...files.map(({ parentPath, name }): [string, string] => [name, readFileSync(join(parentPath, name), "latin1")]),
		["streams", heard + refused.heard],
		["plan", JSON.stringify(plan)],
		["documents", JSON.stringify(documents)],
		["settings", JSON.stringify(await settingsView())],
		["output", said.join("")],
	];
	const events = await readEvents(runId);
	expect(events.filter(({ type }) => type === "model.failed").length).toBe(2);
	expect(JSON.stringify(events.find(({ type }) => type === "tool.returned"))).toContain("Bearer [secret]");
	expect(search.asked[0]?.headers["x-api-key"]).toBe(keyOf("SERPER_API_KEY"));
	expect(shared.ok).toBe(true);
	expect(written.map(([where]) => where)).toContain("soundings.db-wal");
	const found = written.flatMap(([where, text]) =>
		NAMES.flatMap((name) =>
			formsOf(name)
				.filter((form) => text.includes(form))
				.map((form) => `${where}: ${name} ${form}`),
		),
	);
	expect(found).toEqual([]);
}, 30_000);
