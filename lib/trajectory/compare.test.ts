import { describe, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import { compareRuns } from "./compare";
import type { AgentEvent, RunEvent } from "./event";
import { viewOf } from "./view";

const made = (seed: number, calls = 60, runId = `run-${seed}`) => viewOf(makeTrajectory({ calls, seed, runId }));

/** A run of searches and reads, one a turn. */
function acted(
	runId: string,
	steps: [name: string, args: Record<string, unknown>, urls?: string[]][],
	extra: Partial<Record<"question" | "answer", string>> = {},
) {
	const events: AgentEvent[] = [];
	const first = makeTrajectory({ calls: 0, seed: 1, runId })[0];
	if (first?.type !== "run.started") throw new Error("A trajectory begins with run.started.");
	events.push({ ...first, question: extra.question ?? "q" });
	steps.forEach(([name, args, urls = []], at) => {
		const turn = at + 1;
		const call = { id: `c${turn}`, name, args };
		const usage = { inputTokens: 10, outputTokens: 1 };
		events.push({ type: "turn.started", turn, purpose: "research" });
		events.push({ type: "model.replied", turn, content: "", calls: [call], finish: "tool_calls", usage, ms: 5 });
		events.push({ type: "tool.called", turn, callId: call.id, name });
		const sources = urls.map((url) => ({ url, title: url, opened: name === "read_page" }));
		events.push({
			type: "tool.returned",
			turn,
			callId: call.id,
			status: "ok",
			text: "t",
			summary: "s",
			sources,
			ms: 3,
		});
	});
	const turn = steps.length + 1;
	const usage = { inputTokens: 10, outputTokens: 1 };
	events.push({ type: "turn.started", turn, purpose: "answer" });
	events.push({
		type: "model.replied",
		turn,
		content: extra.answer ?? "An answer.",
		calls: [],
		finish: "stop",
		usage,
		ms: 5,
	});
	events.push({ type: "run.ended", outcome: "answered", detail: "", answerTurn: turn });
	return events.map((event, at): RunEvent => ({ ...event, runId, seq: at + 1, at: 1000 + at }));
}

const page = (n: number) => `https://a.example/${n}`;

describe("comparing two runs", () => {
	test("a run with itself: nothing differs", () => {
		const found = compareRuns(made(1), made(1));
		expect(found.divergence).toEqual({ kind: "none" });
		expect(found.evidence.every(({ a, b }) => a && b)).toBe(true);
		expect(found.settings.every(({ a, b }) => a === b)).toBe(true);
		expect(found.costs.a).toEqual(found.costs.b);
	});

	test("sides turn with the runs", () => {
		const there = compareRuns(made(1), made(2, 40));
		const back = compareRuns(made(2, 40), made(1));
		expect(back.costs).toEqual({ a: there.costs.b, b: there.costs.a });
		expect(back.evidence.filter(({ a }) => !a)).toHaveLength(there.evidence.filter(({ b }) => !b).length);
		expect(there.calls.a).toHaveLength(60);
	});

	test("names the first divergence by what each did", () => {
		const start: [string, Record<string, unknown>][] = [
			["web_search", { q: "depth" }],
			["read_page", { url: page(1) }],
		];
		const of = (a: typeof start, b: typeof start, answer = "An answer.") =>
			compareRuns(viewOf(acted("a", a)), viewOf(acted("b", b, { answer }))).divergence;
		const other: [string, Record<string, unknown>] = ["read_page", { url: page(2) }];
		expect(of([...start, ["web_search", { q: "rope" }]], [...start, ["web_search", { q: "echo" }]])).toMatchObject({
			kind: "step",
			what: "query",
			row: 2,
			a: 2,
			b: 2,
		});
		expect(of([...start, other], [...start, ["read_page", { url: page(3) }]])).toMatchObject({
			kind: "step",
			what: "page",
		});
		expect(of([...start, other], [...start, ["web_search", { q: "echo" }]])).toMatchObject({
			kind: "step",
			what: "step",
		});
		expect(of([other, ...start], start)).toEqual({ kind: "extra", side: "a", row: 0, isLast: false });
		expect(of(start, [...start, other])).toEqual({ kind: "extra", side: "b", row: 2, isLast: true });
		expect(of(start, start, "Another.")).toEqual({ kind: "answer", row: 2 });
	});

	test("a fork parts where it left its parent, not where the calls first differ", () => {
		const steps: [string, Record<string, unknown>][] = [1, 2, 3].map((n) => ["read_page", { url: page(n) }]);
		const parent = acted("parent", steps);
		const cut = parent.findIndex((event) => event.type === "turn.started" && event.turn === 3);
		const [first] = acted("child", []);
		if (first?.type !== "run.started") throw new Error("A trajectory begins with run.started.");
		const link = { runId: "parent", seq: cut };
		const own: AgentEvent[] = [{ type: "run.forked", parent: link, changes: ["thought"] }];
		const child = [
			{ ...first, parent: link },
			...parent.slice(1, cut),
			...own.map((event, at) => ({ ...event, seq: cut + at + 1, at: 2000 })),
			...parent.slice(cut),
		].map((event, at): RunEvent => ({ ...event, runId: "child", seq: at + 1, at: event.at }));
		const { divergence } = compareRuns(viewOf(parent), viewOf(child));
		expect(divergence).toEqual({ kind: "fork", row: 2, afterCall: 2, changes: ["thought"], side: "b" });
		expect(compareRuns(viewOf(child), viewOf(parent)).divergence).toMatchObject({ side: "a", row: 2 });
	});

	test("wasted: asked twice, opened twice, found what nobody used", () => {
		const view = viewOf(
			acted("a", [
				["web_search", { q: "depth sounding" }, [page(1)]],
				["read_page", { url: page(1) }, [page(1)]],
				["web_search", { q: "Depth soundings!" }, [page(1)]],
				["read_page", { url: `${page(1)}/#part` }, [page(1)]],
				["web_search", { q: "echo" }, [page(7)]],
				["read_page", { url: page(1), start: 9000 }, [page(1)]],
			]),
		);
		const { wasted, costs } = compareRuns(view, view);
		expect([...wasted.a]).toEqual([
			[2, "duplicate"],
			[3, "refetch"],
			[4, "unused"],
		]);
		expect(costs.a).toMatchObject({ wasted: 3, calls: 6, opened: 1, sources: 2 });
	});

	test("says what makes two runs incomparable", () => {
		const other = viewOf(acted("b", [], { question: "another" }));
		expect(compareRuns(viewOf(acted("a", [])), other).incomparable).toEqual(["question"]);
		const going = viewOf(makeTrajectory({ calls: 3, seed: 1, runId: "a", live: "writing" }));
		expect(compareRuns(going, going).incomparable).toEqual(["going"]);
	});

	test("5,000 calls on both sides in reasonable time", () => {
		const [a, b] = [made(1, 5000), made(2, 5000)];
		const before = processorTime();
		expect(compareRuns(a, b).rows.length).toBeGreaterThan(5000);
		expect(processorTime() - before).toBeLessThan(8000);
	});
});
