import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { research, unruly } from "../../e2e/vllm/policies";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import { closeStore } from "../db/client";
import { readEvents } from "../db/events";
import { createRun } from "../db/runs";
import { closeLibrary, indexInstalledDocs } from "../library/library";
import type { AgentEvent, RunEvent } from "../trajectory/event";
import { OMITTED } from "../trajectory/retention";
import type { Retention } from "../trajectory/settings";
import { summaryOf } from "../trajectory/summary";
import { emptyView, step } from "../trajectory/view";
import { contextAt, contextText } from "./context-at";
import { walkTo } from "./context-walk";
import { forkRun } from "./fork";
import { settled, startRun, steerRun, takeUp } from "./runner";
import { settingsFor } from "./settings";

const folder = mkdtempSync(join(tmpdir(), "soundings-context-"));
const QUESTION = "How are server actions cached?";
let server: StandIn;

beforeAll(async () => {
	const model = "mirothinker-1.5-test";
	const [steady, wild] = [research(14, 200), unruly(7, 25)];
	server = await startStandIn({
		policy: (body) => {
			const task = body.messages[1]?.content ?? "";
			if (task.includes("wildly")) return wild(body);
			return { ...steady(body), ...(task.includes("slowed") && { pace: 3000 }) };
		},
		model,
	});
	process.env.DATA_DIR = folder;
	process.env.LLM_MODEL = model;
	process.env.LLM_BASE_URL = `${server.url}/v1`;
	await indexInstalledDocs();
}, 60_000);

afterAll(async () => {
	await closeLibrary();
	closeStore();
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

async function ask(preset: string, question = QUESTION): Promise<string> {
	const started = await startRun({ question, preset });
	if (!started.ok) throw new Error(started.message);
	await settled(started.runId);
	return started.runId;
}

/** A run like a preset's, with another retention policy. */
async function askKeeping(retention: Retention): Promise<string> {
	const made = await settingsFor({ question: QUESTION, preset: "mirothinker-1.0", answerMode: "report" });
	if (!made.ok) throw new Error(made.message);
	const runId = crypto.randomUUID();
	const started: AgentEvent = {
		type: "run.started",
		version: 1,
		question: QUESTION,
		settings: { ...made.settings, retention },
	};
	const view = emptyView();
	step(view, { ...started, runId, seq: 1, at: Date.now() });
	await createRun({ ...summaryOf(view, Date.now()), state: "queued" }, started);
	takeUp(runId);
	await settled(runId);
	return runId;
}

const turnsOf = (events: readonly RunEvent[]): number[] => [
	...new Set(events.flatMap((event) => (event.type === "model.requested" ? [event.turn] : []))),
];

/** At every turn of a run: the rebuilt hash is the recorded one, and the server received a body with that hash. */
async function provesEveryTurn(runId: string): Promise<number> {
	const received = new Set(server.requests.map(({ requestHash }) => requestHash));
	const turns = turnsOf(await readEvents(runId));
	for (const turn of turns) {
		const view = await contextAt(runId, turn);
		expect([turn, view?.hash.rebuilt]).toEqual([turn, view?.hash.sent]);
		expect(received.has(view?.hash.rebuilt ?? "")).toBe(true);
	}
	return turns.length;
}

describe("what the model saw, rebuilt, is what the server received, at every call", () => {
	test.each(["mirothinker-1.0", "mirothinker-1.0-keep-all", "generic"])(
		"%s",
		async (preset) => {
			expect(await provesEveryTurn(await ask(preset))).toBeGreaterThan(14);
		},
		30_000,
	);

	test.each<Retention>([
		{ policy: "keep-last", k: 0 },
		{ policy: "keep-last", k: 1 },
		{ policy: "keep-last-batched", k: 2, batch: 3 },
	])(
		"%o",
		async (retention) => {
			expect(await provesEveryTurn(await askKeeping(retention))).toBeGreaterThan(14);
		},
		30_000,
	);

	test("with rollbacks, cut replies and restarts", async () => {
		const runId = await ask("mirothinker-1.0", `${QUESTION} Think wildly.`);
		expect((await readEvents(runId)).some(({ type }) => type === "turn.rolled_back")).toBe(true);
		expect(await provesEveryTurn(runId)).toBeGreaterThan(20);
	}, 60_000);

	test("in a steered run, and on both sides of a fork that changes the settings", async () => {
		const started = await startRun({ question: `${QUESTION} (slowed)`, preset: "mirothinker-1.0" });
		if (!started.ok) throw new Error(started.message);
		while ((await readEvents(started.runId)).length < 6) await new Promise((wake) => setTimeout(wake, 5));
		await steerRun(started.runId, "Prefer the newest page.");
		await settled(started.runId);
		await provesEveryTurn(started.runId);
		const parent = await ask("mirothinker-1.0");
		const forked = await forkRun(parent, { kind: "from_call", call: 5, preset: "mirothinker-1.5", calls: 3 });
		const further = await forkRun(parent, { kind: "follow_up", question: "And on the client?", calls: 2 });
		for (const made of [forked, further]) {
			const [child = ""] = made.ok ? made.runIds : [];
			await settled(child);
			await provesEveryTurn(child);
		}
	}, 60_000);

	test("one changed character of one old result turns it red", async () => {
		const runId = await ask("mirothinker-1.0");
		const events = await readEvents(runId);
		const at = events.findLastIndex(({ type }) => type === "tool.returned");
		const turn = turnsOf(events).at(-1) ?? 0;
		const { rebuiltHash } = await import("./context-walk");
		const hashOf = (all: readonly RunEvent[]) => {
			const moment = walkTo(all, turn);
			return moment && rebuiltHash(moment);
		};
		const changed = events.map((event, index) =>
			event.type === "model.replied" && index < at ? { ...event, content: `${event.content} ` } : event,
		);
		expect(hashOf(events)).toBe((await contextAt(runId, turn))?.hash.sent);
		expect(hashOf(changed)).not.toBe(hashOf(events));
	});
});

describe("the view of a request", () => {
	test("names what is kept, masked, added and just masked, and adds up to what the server counted", async () => {
		const runId = await ask("mirothinker-1.0");
		const view = await contextAt(runId, 9, { whole: true });
		if (!view) throw new Error("no view");
		const results = view.messages.filter(({ kind }) => kind === "result");
		expect(results.map(({ state }) => state)).toEqual([
			...Array.from({ length: 3 }, () => "masked"),
			...Array.from({ length: 5 }, () => "kept"),
		]);
		expect(view.messages.filter(({ change }) => change === "masked").map(({ turn }) => turn)).toEqual([3]);
		expect(view.messages.filter(({ change }) => change === "added").map(({ kind }) => kind)).toEqual([
			"reply",
			"result",
		]);
		expect(view).toMatchObject({ call: 9, since: { turn: 8, call: 8, added: 2, masked: 1 }, reuse: { upTo: 7 } });
		const { system, question, thoughts, results: kept, placeholders, total } = view.tokens;
		expect(Math.abs(system + question + thoughts + kept + placeholders - total)).toBeLessThan(5);
		const replied = (await readEvents(runId)).find((event) => event.type === "model.replied" && event.turn === 9);
		expect(replied?.type === "model.replied" && replied.usage.inputTokens).toBe(total);
		expect(view.policies.map(({ results: each }) => each)).toEqual([5, 8, 8, 8]);
		expect(view.outside.later).toBeGreaterThan(0);
	});

	test("supposes another policy without claiming that it was sent", async () => {
		const runId = await ask("mirothinker-1.0");
		const all = await contextAt(runId, 9, { retention: { policy: "keep-all" }, whole: true });
		expect(all?.isSupposed).toBe(true);
		expect(all?.messages.every(({ state }) => state === "kept")).toBe(true);
		expect(await contextText(runId, 9, 4)).toBe(OMITTED);
		expect(await contextText(runId, 9, 4, { retention: { policy: "keep-all" } })).toContain("searchParameters");
		expect(await contextText(runId, 9, 999)).toBeUndefined();
		expect(await contextAt(runId, 999)).toBeUndefined();
	});
});
