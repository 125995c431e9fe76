import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeRun } from "../../e2e/fixtures/run";
import { runInChild } from "../../e2e/fixtures/run-in-child-process";
import { begin, openBench, QUESTION } from "../../e2e/fixtures/runner-bench";
import { delegating } from "../../e2e/vllm/policies";
import { startStandIn } from "../../e2e/vllm/server";
import { readEvents } from "../db/events";
import { openRuns } from "../db/leases";
import { createRun, listRuns, readSummary, restoreRuns } from "../db/runs";
import type { AgentEventOf, RunEvent } from "../trajectory/event";
import { viewOf } from "../trajectory/view";
import { hub } from "./live";
import { removeRuns } from "./remove";
import { cancelRun, decideCall, pauseRun, resumeRun, settled } from "./runner";

let bench: Awaited<ReturnType<typeof openBench>>;

beforeAll(async () => {
	// One run at a time: a sub-agent that had to stand in line would wait for ever.
	process.env.MAX_PARALLEL_RUNS = "1";
	bench = await openBench(delegating(4, 6, 400));
}, 60_000);

afterAll(() => bench.close());

const asking = (preset?: string) => begin(preset, { subAgents: true });

type Spawned = AgentEventOf<"subagent.started">;
const spawnedIn = (events: readonly RunEvent[]): Spawned[] =>
	events.filter((event) => event.type === "subagent.started");

async function until(holds: () => Promise<boolean>): Promise<void> {
	while (!(await holds())) await new Promise((wake) => setTimeout(wake, 5));
}

/** Starts a run and waits until its first sub-agent has made a call. */
async function withSubAgent(): Promise<{ runId: string; child: string }> {
	const runId = await asking();
	await until(async () => spawnedIn(await readEvents(runId)).length > 0);
	const [first] = spawnedIn(await readEvents(runId));
	const child = first?.child ?? "";
	await until(async () => (await readEvents(child)).some(({ type }) => type === "tool.returned"));
	return { runId, child };
}

describe("a run that may ask sub-agents", () => {
	test.each(["mirothinker-1.0", "generic"])(
		"%s: each works in a run of its own, and its report is the call's result",
		async (preset) => {
			const before = bench.server.requests.length;
			const runId = await asking(preset);
			const progress: string[] = [];
			const live = hub().live.get(runId);
			live?.listeners.add((heard) => {
				if (heard.kind === "live" && heard.event.type === "tool.progressed") progress.push(heard.event.text);
			});
			await settled(runId);
			expect(progress).toHaveLength(12);
			expect(progress[0]).toMatch(/^1 · \w+_search · /);
			const events = await readEvents(runId);
			const view = viewOf(events);
			expect(view).toMatchObject({ state: "ended", outcome: "answered", calls: 4 });
			const spawned = spawnedIn(events);
			expect(spawned.map(({ turn }) => turn)).toEqual([1, 3]);
			for (const { child, callId } of spawned) {
				const own = viewOf(await readEvents(child));
				expect(own).toMatchObject({ state: "ended", outcome: "answered", calls: 6, spawnedBy: { runId, callId } });
				expect(own.question).toMatch(/^Part [13] of it: /);
				expect(own.settings?.tools.map(({ name }) => name)).not.toContain("search_and_browse");
				expect(own.settings?.limits.calls).toBe(25);
				const row = view.rows.find((candidate) => candidate.kind === "call" && candidate.call.id === callId);
				expect(row).toMatchObject({ child, status: "ok", result: expect.stringMatching(/^The run read/) });
				const read = [...own.sources.values()].filter(({ openedSeq }) => openedSeq !== undefined);
				expect(read.length).toBeGreaterThan(0);
				for (const { url, hash } of read)
					expect(view.sources.get(url)).toMatchObject({ hash, openedSeq: expect.any(Number) });
			}
			const nested = bench.server.requests
				.slice(before)
				.filter(({ body }) => /Part \d of it/.test(body.messages[1]?.content ?? ""));
			for (const { body } of nested) {
				expect(body.messages[0]?.content).toContain("search-and-browse agent");
				expect(body.messages[0]?.content).not.toContain("search_and_browse");
				expect(body.tools?.map((tool) => tool.function.name) ?? []).not.toContain("search_and_browse");
			}
			expect(nested.at(-1)?.body.messages.at(-1)?.content).toContain(
				"only what you write now reaches the agent that asked",
			);
		},
		30_000,
	);

	test("is listed alone, and its sub-agents leave and return with it", async () => {
		const runId = await asking();
		await settled(runId);
		const [spawned] = spawnedIn(await readEvents(runId));
		const child = spawned?.child ?? "";
		expect(await readSummary(child)).toMatchObject({ spawnedBy: { runId } });
		const listed = (await listRuns({ limit: 100 })).runs.map(({ id }) => id);
		expect(listed).toContain(runId);
		expect(listed).not.toContain(child);
		await removeRuns([runId]);
		expect(await readSummary(child)).toBeUndefined();
		expect(await restoreRuns([runId])).toBe(1);
		expect(await readSummary(child)).toBeDefined();
	});

	test("is taken up after a crash, its sub-agents with it and not beside it", async () => {
		const { summary, started } = makeRun("Part 1 of nothing");
		const spawnedBy = { runId: "nobody", callId: "call_1_1" };
		await createRun({ ...summary, spawnedBy }, { ...started, spawnedBy });
		expect((await openRuns()).map(({ runId }) => runId)).not.toContain(summary.id);
	});

	test("pauses with its sub-agent, and goes on with the same one", async () => {
		const { runId, child } = await withSubAgent();
		expect(await pauseRun(child)).toBe(true);
		await settled(runId);
		expect((await readEvents(child)).at(-1)).toMatchObject({ type: "run.paused" });
		expect((await readEvents(runId)).at(-1)).toMatchObject({ type: "run.paused" });
		expect([(await readSummary(runId))?.state, (await readSummary(child))?.state]).toEqual(["paused", "paused"]);
		expect(await resumeRun(runId)).toBe(true);
		await settled(runId);
		const events = await readEvents(runId);
		expect(viewOf(events)).toMatchObject({ state: "ended", outcome: "answered", calls: 4 });
		expect(spawnedIn(events).map((started) => started.child)[0]).toBe(child);
		expect(spawnedIn(events)).toHaveLength(2);
		expect(viewOf(await readEvents(child))).toMatchObject({ outcome: "answered", calls: 6 });
	}, 30_000);

	test("stops with its sub-agent, at once and while it is paused", async () => {
		const running = await withSubAgent();
		await cancelRun(running.runId);
		await settled(running.runId);
		const paused = await withSubAgent();
		await pauseRun(paused.runId);
		await settled(paused.runId);
		await cancelRun(paused.runId);
		for (const id of [running.runId, running.child, paused.runId, paused.child]) {
			expect(await readSummary(id)).toMatchObject({ state: "ended", outcome: "cancelled" });
		}
	}, 30_000);

	test("waits without a place in line while its sub-agent asks a person, and goes on with the word", async () => {
		const search = "google_search";
		const runId = await begin("mirothinker-1.0", { subAgents: true, approval: [search], maxCalls: 1 });
		const allow = async (child: string) => {
			await until(async () => (await readSummary(child))?.state === "asking");
			const { asking = "" } = viewOf(await readEvents(child));
			expect(await decideCall(child, { callId: asking, approved: true, further: true })).toBe(true);
		};
		await until(async () => (await readSummary(runId))?.state === "asking");
		await until(async () => !hub().live.has(runId));
		expect(hub().running.size).toBe(0);
		const [spawned] = spawnedIn(await readEvents(runId));
		await allow(spawned?.child ?? "");
		await settled(runId);
		expect(viewOf(await readEvents(runId))).toMatchObject({ state: "ended", outcome: "forced", calls: 1 });
		expect(viewOf(await readEvents(spawned?.child ?? ""))).toMatchObject({ outcome: "forced", calls: 1 });
		expect(spawnedIn(await readEvents(runId))).toHaveLength(1);
	}, 30_000);

	test("hears that its sub-agent was stopped alone, and goes on", async () => {
		const { runId, child } = await withSubAgent();
		await cancelRun(child);
		await settled(runId);
		const events = await readEvents(runId);
		const [told] = events.filter((event) => event.type === "tool.returned");
		expect(told).toMatchObject({ status: "error", text: expect.stringContaining("was stopped by a person") });
		expect(viewOf(events)).toMatchObject({ outcome: "answered", calls: 4 });
	}, 30_000);
});

test("a run may not ask one unless a person allowed it, and the built-in engine never", async () => {
	const { startRun } = await import("./runner");
	const started = await startRun({ question: QUESTION, preset: "extractive", subAgents: true });
	expect(started).toMatchObject({ ok: false, field: "subAgents" });
	const plain = await begin("generic");
	await settled(plain);
	expect(spawnedIn(await readEvents(plain))).toEqual([]);
});

test("a process that is killed while a sub-agent works goes on with the same one, from where it stood", async () => {
	const steady = await startStandIn({ policy: delegating(2, 12, 200), model: "mirothinker-1.5-test", pace: 500 });
	const asked = { question: QUESTION, preset: "mirothinker-1.0", subAgents: true };
	const { events, children } = await runInChild({ server: steady, killAfter: [4], asked });
	await steady.close();
	expect(viewOf(events)).toMatchObject({ outcome: "answered", calls: 2 });
	expect(events.filter(({ type }) => type === "run.resumed").length).toBeGreaterThan(0);
	expect(spawnedIn(events)).toHaveLength(1);
	const [child = []] = children;
	expect(children).toHaveLength(1);
	expect(child.map(({ seq }) => seq)).toEqual(child.map((_, index) => index + 1));
	expect(child.filter(({ type }) => type === "run.resumed").length).toBeGreaterThan(0);
	expect(viewOf(child)).toMatchObject({ outcome: "answered", calls: 12 });
}, 90_000);
