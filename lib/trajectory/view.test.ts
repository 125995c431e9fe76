import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testSettings } from "../../e2e/fixtures/run";
import type { AgentEvent, RunEvent, Source } from "./event";
import { emptyView, type RunView, step, viewOf } from "./view";

const stamp = (events: readonly AgentEvent[]): RunEvent[] =>
	events.map((event, index) => ({ ...event, runId: "r", seq: index + 1, at: 1000 * (index + 1) }));

const started: AgentEvent = { type: "run.started", version: 1, question: "Q", settings: testSettings() };
const usage = { inputTokens: 100, outputTokens: 10, cachedTokens: 50 };
const source = (url: string, opened: boolean): Source => ({ url, title: url, opened });

type Turn = { calls: { name: string; status: "ok" | "error"; sources: Source[] }[]; rolledBack: boolean };

function eventsOf(turns: readonly Turn[]): RunEvent[] {
	const events: AgentEvent[] = [started];
	turns.forEach(({ calls, rolledBack }, at) => {
		const turn = at + 1;
		const made = calls.map(({ name }, index) => ({ id: `c${turn}.${index}`, name, args: { q: `query ${turn}` } }));
		events.push({ type: "turn.started", turn, purpose: "research" });
		events.push({
			type: "model.replied",
			turn,
			content: `<think>why ${turn}</think>say ${turn}`,
			calls: made,
			finish: "stop",
			usage,
			ms: 5,
		});
		calls.forEach(({ name, status, sources }, index) => {
			const callId = `c${turn}.${index}`;
			events.push({ type: "tool.called", turn, callId, name });
			events.push({ type: "tool.returned", turn, callId, status, text: "body", summary: "one line", sources, ms: 7 });
		});
		if (rolledBack) events.push({ type: "turn.rolled_back", turn, reason: "duplicate", detail: "again" });
	});
	return stamp(events);
}

const plain = (view: RunView) => ({ ...view, sources: [...view.sources], index: [...view.index.calls] });

const anyTurn = fc.record({
	rolledBack: fc.boolean(),
	calls: fc.array(
		fc.record({
			name: fc.constantFrom("web_search", "read_page", "run_python"),
			status: fc.constantFrom("ok" as const, "error" as const),
			sources: fc.array(
				fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.boolean()).map(([url, opened]) => source(url, opened)),
				{ maxLength: 3 },
			),
		}),
		{ maxLength: 3 },
	),
});

describe("the fold", () => {
	test("of a list equals the fold of any prefix with the rest stepped in", () => {
		fc.assert(
			fc.property(fc.array(anyTurn, { maxLength: 12 }), fc.nat(), (turns, where) => {
				const events = eventsOf(turns);
				const cut = where % (events.length + 1);
				const view = viewOf(events.slice(0, cut));
				for (const event of events.slice(cut)) step(view, event);
				expect(plain(view)).toEqual(plain(viewOf(events)));
			}),
		);
	});

	test("leaves numbers, marks and sources as if a rolled-back turn had never been, and its rows in place", () => {
		fc.assert(
			fc.property(fc.array(anyTurn, { maxLength: 12 }), (turns) => {
				const all = viewOf(eventsOf(turns));
				const kept = viewOf(eventsOf(turns.filter(({ rolledBack }) => !rolledBack)));
				expect(all.calls).toBe(kept.calls);
				expect(all.turns).toBe(kept.turns);
				expect({ ...all.line, rollbacks: [] }).toEqual({ ...kept.line, rollbacks: [] });
				expect([...all.sources.keys()].sort()).toEqual([...kept.sources.keys()].sort());
				expect(all.rollbacks).toBe(turns.filter(({ rolledBack }) => rolledBack).length);
				const rows = turns.reduce((sum, { calls }) => sum + Math.max(1, calls.length), 0);
				expect(all.rows).toHaveLength(rows);
			}),
		);
	});

	test("replaces a touched row and keeps every other by identity", () => {
		const turn = { calls: [{ name: "read_page", status: "ok" as const, sources: [] }], rolledBack: false };
		const events = eventsOf([turn, turn, turn]);
		const view = emptyView();
		for (const event of events) {
			const before = [...view.rows];
			step(view, event);
			const touched = view.rows.filter((row, at) => row !== before[at]);
			expect(touched.length).toBeLessThanOrEqual(1);
		}
	});

	test("gives every row a key of its own", () => {
		fc.assert(
			fc.property(fc.array(anyTurn, { maxLength: 12 }), (turns) => {
				const keys = viewOf(eventsOf(turns)).rows.map(({ key }) => key);
				expect(new Set(keys).size).toBe(keys.length);
			}),
		);
	});
});

test("the thought is what stands in the think block, the text what stands outside", () => {
	const [row] = viewOf(
		eventsOf([{ calls: [{ name: "read_page", status: "ok", sources: [] }], rolledBack: false }]),
	).rows;
	expect(row).toMatchObject({ kind: "call", n: 1, thought: "why 1", text: "say 1", status: "ok", toolMs: 7 });
});

test("an answer that was thrown away is no answer", () => {
	const events = stamp([
		started,
		{ type: "turn.started", turn: 1, purpose: "answer" },
		{ type: "model.replied", turn: 1, content: "half", calls: [], finish: "length", usage, ms: 1 },
		{ type: "turn.rolled_back", turn: 1, reason: "length", detail: "" },
	]);
	expect(viewOf(events.slice(0, 3)).answer).toMatchObject({ content: "half" });
	expect(viewOf(events).answer).toBeUndefined();
});
