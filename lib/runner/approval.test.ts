import { afterAll, beforeAll, expect, test } from "vitest";
import { openBench, QUESTION } from "../../e2e/fixtures/runner-bench";
import { readEvents } from "../db/events";
import { readSummary } from "../db/runs";
import { TOOLS } from "../tools/tools";
import { viewOf } from "../trajectory/view";
import { cancelRun, decideCall, pauseRun, recoverRuns, resumeRun, settled, startRun, steerRun } from "./runner";

let bench: Awaited<ReturnType<typeof openBench>>;

beforeAll(async () => {
	bench = await openBench();
}, 60_000);

afterAll(() => bench.close());

/** A run that has come to its first question. */
async function asking(): Promise<{ id: string; callId: string }> {
	const started = await startRun({ question: QUESTION, preset: "mirothinker-1.0", approval: ["google_search"] });
	if (!started.ok) throw new Error(started.message);
	await settled(started.runId);
	return { id: started.runId, callId: viewOf(await readEvents(started.runId)).asking ?? "" };
}

test("a run that asks gives its place up, is left alone by recovery, and goes on when it is allowed", async () => {
	const { id, callId } = await asking();
	expect(await readSummary(id)).toMatchObject({ state: "asking" });
	expect(await recoverRuns()).toBe(0);
	expect(await decideCall(id, { callId: "another", approved: true })).toBe(false);
	const before = bench.server.requests.length;
	expect(await decideCall(id, { callId, approved: true, further: true })).toBe(true);
	await settled(id);
	const events = await readEvents(id);
	expect(viewOf(events)).toMatchObject({ state: "ended", calls: 6 });
	expect(events.filter(({ type }) => type === "run.resumed")).toEqual([]);
	expect(events.filter(({ type }) => type === "approval.asked")).toHaveLength(1);
	expect(bench.server.requests.length).toBeGreaterThan(before);
	expect(await decideCall(id, { callId, approved: true })).toBe(false);
});

test("what a person says first is heard after the word, and a refusal reaches the model", async () => {
	const { id, callId } = await asking();
	expect(await steerRun(id, "Stay in the library.")).toBe(true);
	expect(await readSummary(id)).toMatchObject({ state: "asking" });
	expect(await decideCall(id, { callId, approved: false, note: "Not the web." })).toBe(true);
	await settled(id);
	const sent = JSON.stringify(bench.server.requests);
	expect(sent).toContain("did not allow this call. They say: Not the web.");
	expect(sent).toContain("Stay in the library.");
	await cancelRun(id);
});

test("a paused run keeps the question, takes the word, and goes on only when told", async () => {
	const { id, callId } = await asking();
	expect(await pauseRun(id)).toBe(true);
	expect(await resumeRun(id)).toBe(true);
	await settled(id);
	expect(await readSummary(id)).toMatchObject({ state: "asking" });
	expect(await pauseRun(id)).toBe(true);
	expect(await decideCall(id, { callId, approved: true, further: true })).toBe(true);
	expect(await readSummary(id)).toMatchObject({ state: "paused" });
	expect(await resumeRun(id)).toBe(true);
	await settled(id);
	expect(await readSummary(id)).toMatchObject({ state: "ended", calls: 6 });
});

test("a run that asks can be stopped, and then asks no more", async () => {
	const { id, callId } = await asking();
	await cancelRun(id);
	expect(viewOf(await readEvents(id))).toMatchObject({ state: "ended", outcome: "cancelled" });
	expect(await decideCall(id, { callId, approved: true })).toBe(false);
});

test("a name that is no tool's is refused, and so is a run without tools", async () => {
	const ask = { question: QUESTION, preset: "mirothinker-1.0" };
	expect(await startRun({ ...ask, approval: ["google_serch"] })).toMatchObject({ ok: false, field: "approval" });
	const all = TOOLS.map(({ spec }) => spec.name);
	const none = await startRun({ ...ask, withoutTools: all });
	expect(none).toMatchObject({ ok: false, field: "withoutTools" });
	const one = await startRun({ ...ask, withoutTools: all.filter((name) => name !== "scrape_and_extract_info") });
	expect(one.ok).toBe(true);
	const id = "runId" in one ? one.runId : "";
	const [started] = await readEvents(id);
	expect(started).toMatchObject({ settings: { tools: [{ name: "scrape_and_extract_info" }] } });
	await cancelRun(id);
	await settled(id);
});
