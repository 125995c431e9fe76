import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInChild } from "../../e2e/fixtures/run-in-child-process";
import { research, unruly } from "../../e2e/vllm/policies";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import type { RunEvent } from "../trajectory/event";

const folder = mkdtempSync(join(tmpdir(), "soundings-runner-"));
let server: StandIn;

beforeAll(async () => {
	server = await startStandIn({ policy: research(12, 300), model: "mirothinker-1.5-test" });
	process.env.DATA_DIR = folder;
	process.env.LLM_BASE_URL = `${server.url}/v1`;
	process.env.LLM_MODEL = "mirothinker-1.5-test";
	const { indexInstalledDocs } = await import("../library/library");
	await indexInstalledDocs();
}, 60_000);

afterAll(async () => {
	const { closeLibrary } = await import("../library/library");
	const { closeStore } = await import("../db/client");
	await closeLibrary();
	closeStore();
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

async function runs() {
	const [{ startRun, settled, cancelRun }, { readEvents }] = await Promise.all([
		import("./runner"),
		import("../db/events"),
	]);
	return { startRun, settled, cancelRun, readEvents };
}

async function played(preset: string, maxCalls?: number): Promise<RunEvent[]> {
	const { startRun, settled, readEvents } = await runs();
	const before = server.requests.length;
	const started = await startRun({ question: "How are server actions cached?", preset, ...(maxCalls && { maxCalls }) });
	if (!started.ok) throw new Error(started.message);
	await settled(started.runId);
	const events = await readEvents(started.runId);
	const asked = events.filter((event) => event.type === "model.requested");
	const hashes = asked.map(({ requestHash }) => requestHash);
	expect(
		server.requests
			.slice(before)
			.filter(({ body }) => body.messages.length > 1)
			.map(({ requestHash }) => requestHash),
	).toEqual(hashes);
	return events;
}

describe("against the stand-in over HTTP", () => {
	test.each(["mirothinker-1.0", "mirothinker-1.0-keep-all", "generic"])(
		"%s: a cited answer, and every recorded hash is that of the body the server received",
		async (preset) => {
			const events = await played(preset);
			expect(events.at(-1)).toMatchObject({ type: "run.ended", outcome: "answered" });
			expect(events.filter(({ type }) => type === "tool.returned").length).toBe(12);
			const { viewOf } = await import("../trajectory/view");
			const { reportOf } = await import("../trajectory/report");
			const report = reportOf(viewOf(events));
			expect(report?.citations.length).toBeGreaterThan(0);
			expect(report?.dropped).toBe(1);
		},
		30_000,
	);

	test("a budget of calls is kept, and the answer says that it was forced", async () => {
		const events = await played("generic", 3);
		expect(events.filter(({ type }) => type === "tool.called")).toHaveLength(3);
		expect(events.at(-1)).toMatchObject({ outcome: "forced", detail: expect.stringContaining("all 3 calls") });
	}, 20_000);

	test("RES-08: a run that is stopped keeps what it has and closes its request within a second", async () => {
		const slow = await startStandIn({ policy: research(50, 4000), pace: 50, model: "mirothinker-1.5-test" });
		const { openaiCompatible } = await import("../models/openai-compatible");
		const model = openaiCompatible({ baseUrl: `${slow.url}/v1`, model: "mirothinker-1.5-test" });
		const stop = new AbortController();
		const stream = model.reply(
			{ messages: [{ role: "user", content: "go" }], params: {} },
			{ signal: stop.signal, runId: "r", turn: 1 },
		);
		await stream.next();
		const since = performance.now();
		stop.abort(new Error("stopped"));
		await expect(stream.next()).rejects.toThrow("stopped");
		expect(performance.now() - since).toBeLessThan(1000);
		await new Promise((wake) => setTimeout(wake, 100));
		expect(slow.requests[0]?.closedEarly).toBe(true);
		await slow.close();
	}, 20_000);

	test("B082: bad input names its field", async () => {
		const { startRun } = await runs();
		expect(await startRun({ question: "  " })).toMatchObject({ ok: false, field: "question" });
		expect(await startRun({ question: "a real one", preset: "nope" })).toMatchObject({ ok: false, field: "preset" });
		expect(await startRun({ question: "a real one", collections: ["nope"] })).toMatchObject({
			ok: false,
			field: "collections",
		});
	});
});

test("an unruly model is ridden out: every problem is an event, and the run ends with an answer", async () => {
	const wild = await startStandIn({ policy: unruly(11, 60), model: "mirothinker-1.5-test" });
	const { events, code } = await runInChild({ server: wild });
	await wild.close();
	expect(code).toBe(0);
	const reasons = new Set(events.flatMap((event) => (event.type === "turn.rolled_back" ? [event.reason] : [])));
	expect(reasons.size).toBeGreaterThanOrEqual(4);
	expect(events.at(-1)).toMatchObject({ type: "run.ended" });
}, 60_000);

test("B130 DB-01 REC-01: a run whose process is killed again and again goes on by itself to the same kind of end", async () => {
	const steady = await startStandIn({ policy: research(25, 200), model: "mirothinker-1.5-test", pace: 500 });
	const { events } = await runInChild({ server: steady, killAfter: [4, 6] });
	await steady.close();
	expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
	expect(events.filter(({ type }) => type === "run.resumed").length).toBeGreaterThan(0);
	expect(events.filter(({ type }) => type === "tool.returned")).toHaveLength(25);
	expect(events.at(-1)).toMatchObject({ outcome: "answered" });
}, 90_000);
