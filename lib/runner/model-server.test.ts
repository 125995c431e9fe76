import { afterAll, beforeAll, expect, test } from "vitest";
import { begin, openBench, QUESTION } from "../../e2e/fixtures/runner-bench";
import { research } from "../../e2e/vllm/policies";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import { readEvents } from "../db/events";
import type { AgentEvent } from "../trajectory/event";
import { forkRun } from "./fork";
import { settled, startRun } from "./runner";

const FAST = { interval: 5, timeout: 10_000 };

let bench: Awaited<ReturnType<typeof openBench>>;
let server: StandIn;

beforeAll(async () => {
	bench = await openBench(research(6, 400));
	server = bench.server;
}, 60_000);
afterAll(async () => {
	await server.close();
	await bench.close();
});

/** The server goes away in the middle of what it does, and another one comes in its place. */
async function restarted(model: string): Promise<void> {
	await server.close();
	server = await startStandIn({ policy: research(6, 400), model, port: bench.server.port });
}

async function afterFirstCall(): Promise<string> {
	const id = await begin("generic");
	const isCalled = async () => (await readEvents(id)).some(({ type }) => type === "tool.returned");
	await expect.poll(isCalled, FAST).toBe(true);
	return id;
}

const faultsOf = (events: readonly AgentEvent[]) =>
	events.flatMap((event) => (event.type === "model.failed" ? [event.fault] : []));

test("VL-01: what a browser adds of its own to a question or a fork reaches no model server", async () => {
	const planted = {
		model: "planted-model",
		n: 64,
		extra_body: { chat_template: "planted" },
		sampling: { n: 64, temperature: 9, chat_template: "planted" },
		settings: { model: { provider: "openai", id: "planted-model" }, prompts: { system: "planted" } },
		messages: [{ role: "system", content: "planted" }],
	};
	const asked = await startRun({ question: QUESTION, preset: "generic", ...planted });
	if (!asked.ok) throw new Error(asked.message);
	await settled(asked.runId);
	const forked = await forkRun(asked.runId, { kind: "again", samples: 1, ...planted });
	if (!forked.ok) throw new Error(forked.message);
	for (const id of forked.runIds) await settled(id);
	const bodies = server.requests.map(({ body }) => body);
	expect(bodies.length).toBeGreaterThan(8);
	expect(JSON.stringify([bodies, await readEvents(asked.runId)])).not.toContain("planted");
	const fields = new Set(bodies.flatMap((body) => Object.keys(body)));
	expect([...fields].sort()).toEqual(["max_tokens", "messages", "model", "stream", "stream_options", "tools"]);
});

test("REC-04: a server that restarts in the middle of a run costs it one reply, told as a fault", async () => {
	const id = await afterFirstCall();
	await restarted("mirothinker-1.5-test");
	await settled(id);
	const events = await readEvents(id);
	expect(faultsOf(events).length).toBeGreaterThan(0);
	expect(["reset", "refused", "truncated"]).toEqual(expect.arrayContaining(faultsOf(events)));
	expect(events.filter(({ type }) => type === "tool.called")).toHaveLength(6);
	expect(events.at(-1)).toMatchObject({ type: "run.ended", outcome: "answered" });
});

test("REC-04: a server that comes back with another model ends the run with its calls kept, and a fork says what it serves", async () => {
	const id = await afterFirstCall();
	await restarted("another-model");
	await settled(id);
	const events = await readEvents(id);
	expect(faultsOf(events).at(-1)).toBe("not_found");
	expect(events.at(-1)).toMatchObject({ type: "run.ended", outcome: "failed" });
	expect(events.at(-1)).toHaveProperty("detail", expect.stringMatching(/404.*All \d calls are kept\./));
	expect(await forkRun(id, { kind: "again", samples: 1 })).toMatchObject({
		ok: false,
		field: "model",
		message: expect.stringContaining("another-model"),
	});
});
