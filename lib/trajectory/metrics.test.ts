import { expect, test } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import { answerTrace } from "./answer-trace";
import type { AgentEvent, RunEvent } from "./event";
import { metricsOf, metricsOfRange } from "./metrics";
import { viewOf } from "./view";

const events = makeTrajectory({ calls: 120, seed: 5 });
const of = (type: RunEvent["type"]) => events.filter((event) => event.type === type);

test("counts what stayed and what truly happened apart", () => {
	const metrics = metricsOf(viewOf(events));
	expect(metrics.calls).toBe(120);
	expect(metrics.toolRuns).toBe(of("tool.called").length);
	expect(metrics.replies).toBe(of("model.replied").length);
	expect(metrics.replies).toBeGreaterThan(metrics.turns);
	expect(metrics.rollbacks.reduce((all, [, n]) => all + n, 0)).toBe(of("turn.rolled_back").length);
	expect(metrics.faults.reduce((all, [, n]) => all + n, 0)).toBe(of("model.failed").length);
	expect(metrics.tools.reduce((all, { calls }) => all + calls, 0)).toBe(120);
	expect(metrics.modelMs + metrics.toolMs).toBeLessThanOrEqual(metrics.elapsedMs);
});

test("the curve of sources never falls and ends at what the run has", () => {
	const view = viewOf(events);
	const { sources, hosts, withoutNew, lastNew } = metricsOf(view);
	expect(sources).toHaveLength(121);
	for (const [at, { seen, opened }] of sources.entries()) {
		expect(seen).toBeGreaterThanOrEqual(sources[at - 1]?.seen ?? 0);
		expect(opened).toBeLessThanOrEqual(seen);
	}
	expect(sources.at(-1)?.seen).toBe(view.sources.size);
	expect(hosts.reduce((all, { seen }) => all + seen, 0)).toBe(view.sources.size);
	expect(new Set(view.line.newSources).size).toBe(120 - withoutNew);
	expect(view.line.newSources.at(-1)).toBe(lastNew);
});

test("any prefix can be measured", () => {
	for (const end of [0, 1, 3, 50, 200]) expect(metricsOf(viewOf(events.slice(0, end))).calls).toBeLessThanOrEqual(end);
});

test("ranges that follow each other add up to the run; all calls are the run", () => {
	const view = viewOf(events);
	const whole = metricsOf(view);
	const parts = [metricsOfRange(view, { from: 1, to: 60 }), metricsOfRange(view, { from: 61, to: 120 })];
	const sum = (figure: (metrics: typeof whole) => number) => parts.reduce((all, part) => all + figure(part), 0);
	expect(parts.map(({ calls }) => calls)).toEqual([60, 60]);
	expect(sum(({ repeats }) => repeats)).toBe(whole.repeats);
	expect(sum(({ withoutNew }) => withoutNew)).toBe(whole.withoutNew);
	expect(sum(({ toolMs }) => toolMs)).toBe(whole.toolMs);
	expect(sum(({ sources }) => sources.at(-1)?.seen ?? 0)).toBe(whole.sources.at(-1)?.seen);
	expect(sum(({ sources }) => sources.at(-1)?.opened ?? 0)).toBe(whole.sources.at(-1)?.opened);
	expect(parts[1]?.sources[0]?.n).toBe(61);
	expect(parts[1]?.perTurn.every(({ n }) => n >= 61)).toBe(true);
	expect(parts[0]?.elapsedMs).toBeLessThan(whole.elapsedMs);
	expect(metricsOfRange(view, { from: 0, to: 120 }).usage).toEqual(whole.usage);
	expect(metricsOfRange(view, { from: 0, to: 120 }).turns).toBe(whole.turns);
});

const usage = { inputTokens: 1, outputTokens: 1 };
const replied = (turn: number, content: string, calls = 1): AgentEvent => ({
	type: "model.replied",
	turn,
	content,
	calls: Array.from({ length: calls }, (_, at) => ({ id: `c${turn}.${at}`, name: "read_page", args: {} })),
	finish: "stop",
	usage,
	ms: 1,
});
const read = (turn: number, text: string): AgentEvent[] => [
	{ type: "tool.called", turn, callId: `c${turn}.0`, name: "read_page" },
	{ type: "tool.returned", turn, callId: `c${turn}.0`, status: "ok", text, summary: "", sources: [], ms: 1 },
];
const ended = (answerTurn: number, boxed?: string): AgentEvent => ({
	type: "run.ended",
	outcome: "answered",
	detail: "",
	answerTurn,
	...(boxed !== undefined && { boxed }),
});

test("tells where the answer could first be read, when it was said, and how often it changed", () => {
	const trace = answerTrace([
		replied(1, "I look."),
		...read(1, "Nothing here."),
		replied(2, "Perhaps \\boxed{Lima}?"),
		...read(2, "The capital is ‘Quito’."),
		replied(3, "So it is \\boxed{Quito}."),
		...read(3, "Quito again."),
		replied(4, "\\boxed{Quito}", 0),
		ended(4, "Quito"),
	]);
	expect(trace).toEqual({
		answer: "Quito",
		firstResult: 2,
		firstSaid: 3,
		stated: [
			{ call: 1, answer: "Lima" },
			{ call: 2, answer: "Quito" },
		],
	});
});

test("a rolled-back turn says nothing; a report's answer stands in bold at its head", () => {
	const trace = answerTrace([
		replied(1, "Quito it is."),
		...read(1, "Quito"),
		{ type: "turn.rolled_back", turn: 1, reason: "format", detail: "" },
		replied(2, "I look."),
		...read(2, "QUITO, the capital"),
		replied(3, "**Quito** [1] is the capital.", 0),
		ended(3),
	]);
	expect(trace).toMatchObject({ answer: "Quito", firstResult: 1, firstSaid: 1 });
});

test.each(["No bold head.", "**Yes**", "**4**"])("%s is nothing to look for", (report) => {
	expect(answerTrace([replied(1, report, 0), ended(1)])).toBeUndefined();
});
