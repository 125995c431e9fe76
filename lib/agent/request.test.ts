import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AgentEvent, ToolCall } from "../trajectory/event";
import type { Retention, RunSettings } from "../trajectory/settings";
import { emptyMemory } from "./memory";
import { type WireMessage, wireText } from "./model";
import { mirothinker } from "./protocol/mirothinker";
import { native } from "./protocol/native";
import { RequestBuilder } from "./request";
import { take } from "./settle";

const settings = (retention: Retention): RunSettings => ({
	preset: "test",
	rules: "mirothinker",
	protocol: "mirothinker",
	model: { provider: "openai-compatible", id: "m" },
	sampling: { temperature: 1 },
	contextTokens: 262_144,
	retention,
	restarts: 0,
	failureSummary: false,
	answerMode: "boxed",
	limits: { turns: 600, calls: 600 },
	tools: [],
	collections: [],
	blockedHosts: [],
	prompts: { system: "SYS", taskSuffix: "", answer: "SUMMARY", failureSummary: "", failurePrefill: "" },
	date: "2026-01-01",
});

const policy = (k: number): Retention => (k === -1 ? { policy: "keep-all" } : { policy: "keep-last", k });
const call = (turn: number, index: number): ToolCall => ({ id: `c${turn}.${index}`, name: "t", args: {} });

/** One turn of history: how many calls it made, and whether it was rolled back afterwards. */
type Turn = { calls: number; rolledBack: boolean };

function eventsOf(turns: readonly Turn[], k: number, answer: boolean): AgentEvent[] {
	const events: AgentEvent[] = [{ type: "run.started", version: 1, question: "TASK", settings: settings(policy(k)) }];
	turns.forEach(({ calls, rolledBack }, at) => {
		const turn = at + 1;
		const made = Array.from({ length: calls }, (_, index) => call(turn, index));
		events.push({ type: "turn.started", turn, purpose: "research" });
		events.push({
			type: "model.replied",
			turn,
			content: `a${turn}`,
			calls: made,
			finish: "stop",
			usage: { inputTokens: 1, outputTokens: 1 },
			ms: 1,
		});
		for (const { id, name } of made) {
			events.push({ type: "tool.called", turn, callId: id, name });
			events.push({
				type: "tool.returned",
				turn,
				callId: id,
				status: "ok",
				text: `r${id}`,
				summary: "",
				sources: [],
				ms: 1,
			});
		}
		if (rolledBack) events.push({ type: "turn.rolled_back", turn, reason: "duplicate", detail: "" });
	});
	events.push({ type: "turn.started", turn: turns.length + 1, purpose: answer ? "answer" : "research" });
	return events;
}

function sent(events: readonly AgentEvent[], retention: Retention): readonly WireMessage[] {
	const memory = emptyMemory();
	for (const event of events) take(memory, event, new Map());
	return new RequestBuilder(mirothinker).build(memory, settings(retention)).request.messages;
}

const OMITTED = "Tool result is omitted to save tokens.";

/**
 * Recency retention once more, after the text of the reference alone (spec §2.1), by positions in the finished list:
 * it shares nothing with the code under test.
 */
function restated(turns: readonly Turn[], k: number, answer: boolean): { role: string; content: string }[] {
	const list = [
		{ role: "system", content: "SYS" },
		{ role: "user", content: "TASK" },
	];
	turns.forEach(({ calls, rolledBack }, at) => {
		if (rolledBack) return;
		list.push({ role: "assistant", content: `a${at + 1}` });
		const results = Array.from({ length: calls }, (_, index) => `rc${at + 1}.${index}`);
		if (calls > 0) list.push({ role: "user", content: results.join("\n") });
	});
	if (answer) {
		if (list.length > 2 && list[list.length - 1]?.role === "user") list.pop();
		list.push({ role: "user", content: "SUMMARY" });
	}
	if (k === -1) return list;
	const users = list.flatMap(({ role }, index) => (role === "user" ? [index] : []));
	const results = users.slice(1);
	const kept = k === 0 ? [] : results.slice(-Math.min(k, results.length));
	return list.map((message, index) =>
		results.includes(index) && !kept.includes(index) ? { ...message, content: OMITTED } : message,
	);
}

describe("the message list sent to the server", () => {
	const eight: Turn[] = Array.from({ length: 8 }, () => ({ calls: 1, rolledBack: false }));

	test("worked example: eight tool turns at K = 5", () => {
		expect(sent(eventsOf(eight, 5, false), policy(5)).map(({ content }) => content)).toEqual([
			"SYS",
			"TASK",
			"a1",
			OMITTED,
			"a2",
			OMITTED,
			"a3",
			OMITTED,
			"a4",
			"rc4.0",
			"a5",
			"rc5.0",
			"a6",
			"rc6.0",
			"a7",
			"rc7.0",
			"a8",
			"rc8.0",
		]);
	});

	test("worked example: the answer call drops r8 and the prompt takes one of the five places", () => {
		expect(sent(eventsOf(eight, 5, true), policy(5)).map(({ content }) => content)).toEqual([
			"SYS",
			"TASK",
			"a1",
			OMITTED,
			"a2",
			OMITTED,
			"a3",
			OMITTED,
			"a4",
			"rc4.0",
			"a5",
			"rc5.0",
			"a6",
			"rc6.0",
			"a7",
			"rc7.0",
			"a8",
			"SUMMARY",
		]);
	});

	test.each([
		[-1, 0, 0],
		[-1, 1, 0],
		[-1, 8, 0],
		[0, 0, 0],
		[0, 1, 1],
		[0, 8, 8],
		[1, 0, 0],
		[1, 1, 0],
		[1, 8, 7],
		[5, 0, 0],
		[5, 1, 0],
		[5, 8, 3],
	])("K = %i with %i results masks %i", (k, results, masked) => {
		const contents = sent(eventsOf(eight.slice(0, results), k, false), policy(k)).map(({ content }) => content);
		expect(contents.filter((content) => content === OMITTED)).toHaveLength(masked);
		expect(contents.filter((content) => typeof content === "string" && content.startsWith("rc"))).toHaveLength(
			results - masked,
		);
	});

	test.each([-1, 0, 1, 5])("K = %i equals the reference restated, over random histories", (k) => {
		const turns = fc.array(fc.record({ calls: fc.integer({ min: 1, max: 4 }), rolledBack: fc.boolean() }), {
			maxLength: 24,
		});
		fc.assert(
			fc.property(turns, fc.boolean(), (history, answer) => {
				const list = sent(eventsOf(history, k, answer), policy(k));
				expect(list.map(({ role, content }) => ({ role, content }))).toEqual(restated(history, k, answer));
			}),
			{ numRuns: 300 },
		);
	});

	test("native tool messages each keep their place when a turn of several calls is masked", () => {
		const whole = { ...settings(policy(1)), protocol: "native" as const };
		const [started, ...rest] = eventsOf(
			[
				{ calls: 2, rolledBack: false },
				{ calls: 1, rolledBack: false },
			],
			1,
			false,
		);
		if (started?.type !== "run.started") throw new Error("run.started comes first");
		const memory = emptyMemory();
		for (const event of [{ ...started, settings: whole }, ...rest]) take(memory, event, new Map());
		const tools = new RequestBuilder(native)
			.build(memory, whole)
			.request.messages.filter(({ role }) => role === "tool");
		expect(tools).toEqual([
			{ role: "tool", tool_call_id: "c1.0", content: OMITTED },
			{ role: "tool", tool_call_id: "c1.1", content: OMITTED },
			{ role: "tool", tool_call_id: "c2.0", content: "rc2.0" },
		]);
	});

	test("our own rules: the answer call sees K + 1 results at least, and brings no batch back", () => {
		for (const retention of [policy(5), { policy: "keep-last-batched", k: 5, batch: 10 } as const]) {
			for (let turns = 1; turns <= 40; turns++) {
				const history: Turn[] = Array.from({ length: turns }, () => ({ calls: 1, rolledBack: false }));
				const visible = (answer: boolean) => {
					const [started, ...rest] = eventsOf(history, -1, answer);
					if (started?.type !== "run.started") throw new Error("run.started comes first");
					const rules = { ...settings(retention), rules: "generic" as const };
					const list = sent([{ ...started, settings: rules }, ...rest], retention);
					return list.filter((message) => wireText(message).startsWith("rc")).length;
				};
				expect(visible(true)).toBeGreaterThanOrEqual(Math.min(turns, 6));
				expect(visible(true) - visible(false)).toBeLessThanOrEqual(1);
			}
		}
	});

	test("a batched policy never shows fewer than K results and changes old messages only once a batch", () => {
		const retention: Retention = { policy: "keep-last-batched", k: 5, batch: 10 };
		let changes = 0;
		let before: readonly WireMessage[] = [];
		for (let turns = 1; turns <= 60; turns++) {
			const history: Turn[] = Array.from({ length: turns }, () => ({ calls: 1, rolledBack: false }));
			const [started, ...rest] = eventsOf(history, -1, false);
			if (started?.type !== "run.started") throw new Error("run.started comes first");
			const list = sent([{ ...started, settings: settings(retention) }, ...rest], retention);
			const visible = list.filter((message) => wireText(message).startsWith("rc")).length;
			expect(visible).toBeGreaterThanOrEqual(Math.min(turns, 5));
			expect(visible).toBeLessThan(15);
			if (before.some(({ content }, index) => list[index]?.content !== content)) changes++;
			before = list;
		}
		expect(changes).toBe(5);
	});
});
