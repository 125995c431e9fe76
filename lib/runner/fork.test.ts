import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { research } from "../../e2e/vllm/policies";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import { closeStore } from "../db/client";
import { appendEvents, readBody, readEvents, readSlimEvents } from "../db/events";
import { childrenOf, deleteRuns, listRuns, purgeRuns, readSummary, rebuildSummaries, restoreRuns } from "../db/runs";
import { closeLibrary, indexInstalledDocs } from "../library/library";
import type { RunEvent } from "../trajectory/event";
import type { ForkInput } from "../trajectory/fork";
import { messagesOf } from "../trajectory/messages";
import { isTurnRow } from "../trajectory/row";
import { viewOf } from "../trajectory/view";
import { forkRun } from "./fork";
import { removeRuns } from "./remove";
import { annotateRun, cancelRun, pauseRun, resumeRun, settled, startRun, steerRun } from "./runner";
import { closeStream, openStream, subscribe } from "./watch";

const folder = mkdtempSync(join(tmpdir(), "soundings-fork-"));
let server: StandIn;
let parent = "";
let past: RunEvent[] = [];

beforeAll(async () => {
	server = await startStandIn({ policy: research(6, 200), model: "mirothinker-1.5-test", pace: 4000 });
	process.env.DATA_DIR = folder;
	process.env.LLM_BASE_URL = `${server.url}/v1`;
	process.env.LLM_MODEL = "mirothinker-1.5-test";
	await indexInstalledDocs();
	parent = await run("mirothinker-1.0");
	past = await readEvents(parent);
}, 60_000);

afterAll(async () => {
	await closeLibrary();
	closeStore();
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

async function run(preset: string): Promise<string> {
	const started = await startRun({ question: "How are server actions cached?", preset });
	if (!started.ok) throw new Error(started.message);
	await settled(started.runId);
	return started.runId;
}

async function forked(input: ForkInput, from = parent): Promise<{ id: string; events: RunEvent[] }> {
	const made = await forkRun(from, input);
	if (!made.ok) throw new Error(made.message);
	const [id = ""] = made.runIds;
	await settled(id);
	return { id, events: await readEvents(id) };
}

const shape = (events: readonly RunEvent[]) => events.map(({ runId: _, at: __, ...event }) => event);

describe("a fork", () => {
	test("at every call leaves the past untouched and goes on to an end, its numbers without gaps", async () => {
		const { calls } = viewOf(past);
		expect(calls).toBe(6);
		for (let call = 1; call <= calls; call++) {
			const { id, events } = await forked({ kind: "from_call", call, calls: 2 });
			expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
			const at = events.findIndex(({ type }) => type === "run.forked");
			expect(shape(events.slice(1, at))).toEqual(shape(past.slice(1, at)));
			expect(viewOf(events.slice(0, at)).calls).toBe(call);
			expect(events.at(-1)).toMatchObject({ type: "run.ended" });
			expect((await readSlimEvents(id, 0, 10_000)).map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq));
			expect(await readEvents(id, at - 2, 4)).toEqual(events.slice(at - 2, at + 2));
		}
		expect(await readEvents(parent)).toEqual(past);
	}, 60_000);

	test("with another result goes on from that result, without calling the tool again", async () => {
		const { id, events } = await forked({ kind: "from_call", call: 2, result: "The sea is 12 m deep.", calls: 3 });
		const at = events.findIndex(({ type }) => type === "run.forked");
		expect(events[at]).toMatchObject({ changes: ["result", "settings"] });
		expect(events[at + 1]).toMatchObject({ type: "tool.returned", text: "The sea is 12 m deep." });
		expect(events[at + 2]?.type).toBe("turn.started");
		expect(await readBody(id, at + 2)).toBe("The sea is 12 m deep.");
		expect(JSON.stringify(messagesOf(events.slice(0, at + 3)))).toContain("12 m deep");
	});

	test("with other arguments calls the tool with them and tells the model so", async () => {
		const row = viewOf(past).rows.find((candidate) => candidate.kind === "call" && candidate.n === 3);
		const args = row?.kind === "call" && "q" in row.call.args ? { q: "use cache directive" } : { url: "no-such-page" };
		const { events } = await forked({ kind: "from_call", call: 3, thought: "I try another way.", args, calls: 2 });
		const at = events.findIndex(({ type }) => type === "run.forked");
		const reply = events[at + 1];
		expect(reply).toMatchObject({ type: "model.replied", calls: [{ args }] });
		expect(reply?.type === "model.replied" && reply.content).toContain(JSON.stringify(args, undefined, 2));
		expect(reply?.type === "model.replied" && reply.content).toContain("I try another way.");
		expect(events[at + 2]).toMatchObject({ type: "tool.called" });
	});

	test("told to answer now answers from what it had, forced, without another call", async () => {
		const { events } = await forked({ kind: "answer_now", call: 2 });
		expect(viewOf(events)).toMatchObject({ calls: 2, outcome: "forced" });
		expect(viewOf(events).answer).toBeDefined();
	});

	test("asks a further question with all that was said before", async () => {
		const { id, events } = await forked({ kind: "follow_up", question: "And how are they revalidated?", calls: 3 });
		expect(await readSummary(id)).toMatchObject({ title: "And how are they revalidated?", parent: { runId: parent } });
		const begun = events.findIndex(({ type }) => type === "run.forked") + 2;
		const messages = messagesOf(events.slice(0, begun));
		expect(messages[1]).toMatchObject({
			role: "user",
			content: expect.stringContaining("How are server actions cached?"),
		});
		expect(messages.at(-1)).toMatchObject({ kind: "task", content: expect.stringContaining("revalidated") });
		expect(messages.at(-2)).toMatchObject({ role: "assistant" });
		const again = await forked({ kind: "follow_up", question: "And on the client?", calls: 2 }, id);
		expect(viewOf(again.events)).toMatchObject({ question: "And on the client?", state: "ended" });
	});

	test("asks further after a stop in the middle of a turn, with no call left open", async () => {
		const started = await startRun({ question: "How are server actions cached?", preset: "generic" });
		if (!started.ok) throw new Error(started.message);
		const { runId } = started;
		while ((await readEvents(runId)).length < 9) await new Promise((wake) => setTimeout(wake, 5));
		await cancelRun(runId);
		await settled(runId);
		const { events } = await forked({ kind: "follow_up", question: "What was found so far?", calls: 2 }, runId);
		const at = events.findIndex(({ type }) => type === "run.forked");
		const before = messagesOf(events.slice(0, at));
		const open = before.flatMap((message) => (message.role === "assistant" ? message.calls.map(({ id }) => id) : []));
		const done = before.flatMap((message) =>
			message.role === "user" && message.kind === "results" ? message.results.map(({ callId }) => callId) : [],
		);
		expect(open).toEqual(done);
		expect(viewOf(events)).toMatchObject({ state: "ended", asked: "What was found so far?" });
	});

	test("does not take over what was said of its parent as a whole, but what was said of a shared call", async () => {
		const own = await run("mirothinker-1.0");
		const at = (await readEvents(own)).findLast(({ type }) => type === "tool.returned")?.seq ?? 0;
		const early = await forked({ kind: "from_call", call: 1, calls: 1 }, own);
		const id = early.id;
		await annotateRun(id, { type: "run.edited", title: "Mine", tags: ["x"], archived: true });
		await annotateRun(own, { type: "note.added", text: "", target: at, label: "bad" });
		const child = await forked({ kind: "follow_up", question: "And then?", calls: 1 }, id);
		expect(await readSummary(child.id)).toMatchObject({ title: "And then?", tags: [], archived: false });
		expect(viewOf(child.events).thread).toMatchObject([{ question: "How are server actions cached?", runId: id }]);
	});

	test("asked again of a further question keeps the thread before it", async () => {
		const further = await forked({ kind: "follow_up", question: "And how are they revalidated?", calls: 1 });
		const again = await forked({ kind: "again", samples: 1 }, further.id);
		expect(viewOf(again.events).thread).toHaveLength(1);
		expect(viewOf(again.events)).toMatchObject({ asked: "And how are they revalidated?" });
	});

	test("with another retention and budget says so, and unknown models are refused before anything starts", async () => {
		const retention = { policy: "keep-last", k: 1 } as const;
		const { events } = await forked({ kind: "from_call", call: 2, calls: 1, retention });
		expect(events[0]).toMatchObject({ settings: { retention, limits: { calls: 3 } } });
		const refused = await forkRun(parent, { kind: "from_call", call: 2, model: "gone" });
		expect(refused).toMatchObject({
			ok: false,
			field: "model",
			message: expect.stringContaining("mirothinker-1.5-test"),
		});
	});

	test("on recorded results answers the same calls from the recording", async () => {
		const { events } = await forked({ kind: "recorded_tools" });
		const returned = events.filter(({ type }) => type === "tool.returned");
		expect(returned.length).toBeGreaterThan(0);
		const summaries = returned.map((event) => event.type === "tool.returned" && event.summary);
		expect(summaries).toContainEqual(expect.stringContaining("(recorded)"));
	});

	test("asked again gives as many samples as wanted", async () => {
		const made = await forkRun(parent, { kind: "again", samples: 3 });
		expect(made.ok && new Set(made.runIds).size).toBe(3);
		if (made.ok) for (const id of made.runIds) await settled(id);
	});

	test.each<[ForkInput, string]>([
		[{ kind: "from_call", call: 99 }, "call"],
		[{ kind: "answer_now", call: 99 }, "call"],
		[{ kind: "again", samples: 99 }, "samples"],
		[{ kind: "follow_up", question: " " }, "question"],
		[{ kind: "from_call", call: 1, preset: "nope" }, "preset"],
	])("%o is refused and names its field", async (input, field) => {
		expect(await forkRun(parent, input)).toMatchObject({ ok: false, field });
	});
});

test("children of a deleted run keep its events; a deletion can be taken back before it is final", async () => {
	const own = await run("mirothinker-1.0");
	const { id: child, events } = await forked({ kind: "from_call", call: 3, calls: 1 }, own);
	const { id: grandchild, events: more } = await forked({ kind: "from_call", call: 4, calls: 1 }, child);
	await deleteRuns([own]);
	expect(await readSummary(own)).toBeUndefined();
	expect(await restoreRuns([own])).toBe(1);
	expect(await childrenOf(own)).toHaveLength(1);
	await deleteRuns([own, child]);
	expect(await purgeRuns(Date.now() + 1)).toBe(2);
	expect(await readEvents(child)).toEqual([]);
	expect(await readEvents(grandchild)).toEqual(more);
	expect(events.length).toBeGreaterThan(0);
	expect((await rebuildSummaries()).changed).toBe(0);
});

describe("a running run", () => {
	async function slow(): Promise<string> {
		const started = await startRun({ question: "How are server actions cached?", preset: "mirothinker-1.0" });
		if (!started.ok) throw new Error(started.message);
		while ((await readEvents(started.runId)).length < 6) await new Promise((wake) => setTimeout(wake, 5));
		return started.runId;
	}

	test("hears what it is told at its next turn, and the journal alone says the same", async () => {
		const id = await slow();
		expect(await steerRun(id, "Look at the changelog too.")).toBe(true);
		await settled(id);
		const events = await readEvents(id);
		const told = events.findIndex(({ type }) => type === "user.steered");
		const next = events.findIndex(({ type }, index) => index > told && type === "turn.started");
		expect(JSON.stringify(messagesOf(events.slice(0, next + 1)).at(-1))).toContain("Look at the changelog too.");
		const { requests } = server;
		expect(JSON.stringify(requests)).toContain("Look at the changelog too.");
		expect(await steerRun(id, "too late")).toBe(false);
	});

	test("pauses after its step, stays so, and goes on when told", async () => {
		const id = await slow();
		expect(await pauseRun(id)).toBe(true);
		await settled(id);
		const paused = await readEvents(id);
		expect(paused.at(-1)).toMatchObject({ type: "run.paused" });
		expect(await readSummary(id)).toMatchObject({ state: "paused" });
		expect(await resumeRun(id)).toBe(true);
		await settled(id);
		const events = await readEvents(id);
		expect(events[paused.length]).toMatchObject({ type: "run.resumed", detail: "Resumed by you." });
		expect(viewOf(events)).toMatchObject({ calls: 6, state: "ended" });
		expect(await resumeRun(id)).toBe(false);
	});

	test("hears what another process wrote into its journal, and loses nothing", async () => {
		const id = await slow();
		const words = { type: "user.steered", text: "From afar: mind the dates." } as const;
		const note = { type: "run.edited", title: "Renamed elsewhere" } as const;
		await appendEvents(id, (await readEvents(id)).length, [words, note]);
		await settled(id);
		const events = await readEvents(id);
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
		expect(events.filter(({ type }) => type === "run.resumed")).toEqual([]);
		expect(viewOf(events)).toMatchObject({ state: "ended", calls: 6 });
		expect(JSON.stringify(server.requests)).toContain("From afar: mind the dates.");
		expect(await readSummary(id)).toMatchObject({ title: "Renamed elsewhere", state: "ended" });
	});

	test("stops executing when another process paused it, and goes on from there", async () => {
		const id = await slow();
		await appendEvents(id, (await readEvents(id)).length, [{ type: "run.paused", detail: "Paused by you." }]);
		await settled(id);
		expect((await readEvents(id)).at(-1)).toMatchObject({ type: "run.paused" });
	});

	test("a follower of a paused run sees it go on", async () => {
		const id = await slow();
		const viewer = crypto.randomUUID();
		const reader = openStream(viewer).getReader();
		await subscribe(viewer, id, 0);
		await pauseRun(id);
		await settled(id);
		await resumeRun(id);
		let isOver = false;
		while (!isOver) {
			const { value } = await reader.read();
			isOver = value?.t === "events" && value.events.some(({ type }) => type === "run.ended");
		}
		closeStream(viewer);
		expect(await readSummary(id)).toMatchObject({ state: "ended" });
	});

	test("in line or paused is steered, paused and stopped without being run", async () => {
		const ids: string[] = [];
		for (let n = 0; n < 6; n++) {
			const started = await startRun({ question: "How are server actions cached?", preset: "mirothinker-1.0" });
			if (started.ok) ids.push(started.runId);
		}
		const [first = ""] = ids;
		const last = ids.at(-1) ?? "";
		expect(await readSummary(last)).toMatchObject({ state: "queued" });
		expect(await steerRun(last, "Be brief.")).toBe(true);
		await annotateRun(last, { type: "run.edited", tags: ["queue"] });
		expect(await readSummary(last)).toMatchObject({ state: "queued", tags: ["queue"] });
		expect(await pauseRun(last)).toBe(true);
		expect(await pauseRun(last)).toBe(false);
		expect(await readSummary(last)).toMatchObject({ state: "paused" });
		await settled(first);
		await cancelRun(last);
		expect(await readSummary(last)).toMatchObject({ state: "ended", outcome: "cancelled" });
		expect(await pauseRun(last)).toBe(false);
		expect(await steerRun(last, "too late")).toBe(false);
		for (const id of ids) await settled(id);
	}, 30_000);

	test("is stopped before it is deleted, and can be brought back", async () => {
		const id = await slow();
		await removeRuns([id]);
		await settled(id);
		expect(await readSummary(id)).toBeUndefined();
		expect(await restoreRuns([id])).toBe(1);
		expect(await readSummary(id)).toMatchObject({ state: "ended", outcome: "cancelled" });
	});

	test("takes notes while it runs and after; labels and tags filter the list", async () => {
		const id = await slow();
		await annotateRun(id, { type: "note.added", text: "watch this one", label: "good" });
		await settled(id);
		await annotateRun(id, { type: "run.edited", title: "Caching", tags: ["next"] });
		const events = await readEvents(id);
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
		const row = viewOf(events).rows.find(isTurnRow);
		expect(row).toBeDefined();
		expect(await readSummary(id)).toMatchObject({ title: "Caching", tags: ["next"], notes: 1, label: "good" });
		for (const query of [
			{ tag: "next" },
			{ label: "good" as const },
			{ label: "noted" as const },
			{ search: "caching" },
		])
			expect((await listRuns({ ...query, limit: 5 })).runs.map((found) => found.id)).toEqual([id]);
		await annotateRun(id, { type: "run.edited", archived: true });
		expect((await listRuns({ tag: "next", limit: 5 })).total).toBe(0);
		expect((await listRuns({ tag: "next", archived: true, limit: 5 })).total).toBe(1);
	});
});
