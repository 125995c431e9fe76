import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { begin, openBench, QUESTION, run } from "../../e2e/fixtures/runner-bench";
import { readBody, readEvents, readSlimEvents } from "../db/events";
import { childrenOf, deleteRuns, hasForks, purgeRuns, readSummary, rebuildSummaries, restoreRuns } from "../db/runs";
import type { RunEvent } from "../trajectory/event";
import type { ForkInput } from "../trajectory/fork";
import { messagesOf } from "../trajectory/messages";
import { viewOf } from "../trajectory/view";
import { forkRun } from "./fork";
import { annotateRun, cancelRun, settled } from "./runner";

let bench: Awaited<ReturnType<typeof openBench>>;
let parent = "";
let past: RunEvent[] = [];

beforeAll(async () => {
	bench = await openBench();
	parent = await run();
	past = await readEvents(parent);
}, 60_000);

afterAll(() => bench.close());

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
			content: expect.stringContaining(QUESTION),
		});
		expect(messages.at(-1)).toMatchObject({ kind: "task", content: expect.stringContaining("revalidated") });
		expect(messages.at(-2)).toMatchObject({ role: "assistant" });
		const again = await forked({ kind: "follow_up", question: "And on the client?", calls: 2 }, id);
		expect(viewOf(again.events)).toMatchObject({ question: "And on the client?", state: "ended" });
	});

	test("asks further after a stop in the middle of a turn, with no call left open", async () => {
		const runId = await begin("generic");
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
		const own = await run();
		const at = (await readEvents(own)).findLast(({ type }) => type === "tool.returned")?.seq ?? 0;
		const early = await forked({ kind: "from_call", call: 1, calls: 1 }, own);
		const id = early.id;
		await annotateRun(id, { type: "run.edited", title: "Mine", tags: ["x"], archived: true });
		await annotateRun(own, { type: "note.added", text: "", target: at, label: "bad" });
		const child = await forked({ kind: "follow_up", question: "And then?", calls: 1 }, id);
		expect(await readSummary(child.id)).toMatchObject({ title: "And then?", tags: [], archived: false });
		expect(viewOf(child.events).thread).toMatchObject([{ question: QUESTION, runId: id }]);
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
	const own = await run();
	const { id: child, events } = await forked({ kind: "from_call", call: 3, calls: 1 }, own);
	const { id: grandchild, events: more } = await forked({ kind: "from_call", call: 4, calls: 1 }, child);
	await deleteRuns([own]);
	expect(await readSummary(own)).toBeUndefined();
	expect(await restoreRuns([own])).toBe(1);
	expect(await childrenOf(own)).toHaveLength(1);
	expect(await hasForks(own)).toBe(true);
	await deleteRuns([child]);
	expect(await hasForks(own)).toBe(false);
	await deleteRuns([own]);
	expect(await purgeRuns(Date.now() + 1)).toBe(2);
	expect(await readEvents(child)).toEqual([]);
	expect(await readEvents(grandchild)).toEqual(more);
	expect(events.length).toBeGreaterThan(0);
	expect((await rebuildSummaries()).changed).toBe(0);
});
