import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import type { AgentEvent } from "./event";
import { axesOf, LONGEST_WAIT_MS, playOn, ReplayAxes, stepCalls } from "./replay-axis";
import { REPLAY_AXES } from "./replay-choices";
import { viewOf } from "./view";
import { writingAt } from "./writing";

const anyRun = fc
	.record({ calls: fc.integer({ min: 1, max: 50 }), seed: fc.nat({ max: 9999 }) })
	.map((options) => makeTrajectory(options));

describe("the axes of a replay", () => {
	test("lead from a moment to its place and back, on each axis", () => {
		fc.assert(
			fc.property(
				anyRun,
				fc.constantFrom(...REPLAY_AXES),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(events, name, share) => {
					const axis = axesOf(events)[name];
					const moment = 1 + share * (events.length - 1);
					const place = axis.placeOf(moment);
					expect(axis.placeOf(axis.momentAt(place))).toBeCloseTo(place, 6);
					expect(axis.momentAt(place)).toBeGreaterThanOrEqual(moment - 1e-6);
					expect(axis.momentAt(axis.length)).toBe(events.length);
					expect(axis.placeOf(events.length)).toBe(axis.length);
				},
			),
		);
	});

	test("are the same when they grow with a live run", () => {
		fc.assert(
			fc.property(anyRun, fc.nat(), (events, cut) => {
				const grown = new ReplayAxes();
				const live = events.slice(0, cut % events.length);
				grown.extend(live);
				live.push(...events.slice(live.length));
				grown.extend(live);
				expect(grown).toEqual(axesOf(events));
			}),
		);
	});

	test("leave out what a wait takes beyond ten seconds, and say how much", () => {
		const events = makeTrajectory({ calls: 6, seed: 1 });
		const plain = axesOf(events);
		const later = events.map((event, at) => ({ ...event, at: event.at + (at > 8 ? 3_600_000 : 0) }));
		const gap = (later[9]?.at ?? 0) - (later[8]?.at ?? 0);
		const squeezed = axesOf(later);
		expect(plain.squeezedMs).toBe(0);
		expect(squeezed.squeezedMs).toBe(gap - LONGEST_WAIT_MS);
		expect(squeezed.time.length).toBe((later.at(-1)?.at ?? 0) - (later[0]?.at ?? 0) - squeezed.squeezedMs);
	});

	test("count each call once: a step leads from one result to the next", () => {
		const events = makeTrajectory({ calls: 40, seed: 8 });
		const axes = axesOf(events);
		let moment = 1;
		let withdrawn = 0;
		for (let step = 1; moment < events.length; step++) {
			moment = stepCalls(axes, moment, 1);
			expect(Number.isInteger(moment)).toBe(true);
			const view = viewOf(events.slice(0, moment));
			withdrawn = view.rollbacks;
			expect(view.state === "ended" || view.calls + withdrawn === step).toBe(true);
		}
		expect(withdrawn).toBeGreaterThan(0);
		const back = stepCalls(axes, events.length, -1);
		expect(stepCalls(axes, back, 1)).toBe(events.length);
		expect(stepCalls(axes, back + 0.5, -1)).toBe(back);
	});

	test("several calls of one reply are several steps", () => {
		const call = (id: string) => ({ id, name: "read_page", args: {} });
		const back = (callId: string): AgentEvent[] => [
			{ type: "tool.called", turn: 1, callId, name: "read_page" },
			{ type: "tool.returned", turn: 1, callId, status: "ok", text: "", summary: "", sources: [], ms: 1 },
		];
		const usage = { inputTokens: 1, outputTokens: 9 };
		const calls = [call("a"), call("b")];
		const reply: AgentEvent = { type: "model.replied", turn: 1, content: "", calls, finish: "stop", usage, ms: 1 };
		const made: AgentEvent[] = [
			{ type: "turn.started", turn: 1, purpose: "research" },
			reply,
			...back("a"),
			...back("b"),
		];
		const axes = axesOf(made.map((event, at) => ({ ...event, runId: "r", seq: at + 1, at })));
		expect([1, 2, 3, 4, 5, 6].map((moment) => axes.calls.placeOf(moment))).toEqual([0.05, 0.6, 0.7, 1, 1.7, 2]);
		expect(axes.tokens.length).toBe(9);
	});
});

describe("playing", () => {
	test("fits a run of any length into half a minute, on each axis", () => {
		for (const axis of REPLAY_AXES) {
			const events = makeTrajectory({ calls: 30, seed: 4 });
			const axes = axesOf(events);
			let moment = 1;
			for (let ms = 0; ms < 29_900; ms += 100) moment = playOn(axes, moment, { axis, speed: "fit", ms: 100 });
			expect(moment).toBeLessThan(events.length);
			expect(playOn(axes, moment, { axis, speed: "fit", ms: 200 })).toBe(events.length);
		}
	});

	test("goes at the run's own pace at 1×, and never back", () => {
		const events = makeTrajectory({ calls: 30, seed: 4 });
		const axes = axesOf(events);
		const start = playOn(axes, 1, { axis: "time", speed: 1, ms: 5000 });
		expect(axes.time.placeOf(start)).toBeCloseTo(5000, 6);
		expect(axes.time.placeOf(playOn(axes, 1, { axis: "time", speed: 16, ms: 1000 }))).toBeCloseTo(16_000, 6);
		expect(playOn(axes, 7.5, { axis: "calls", speed: 0.5, ms: 0 })).toBeGreaterThanOrEqual(7.5);
	});
});

test("a reply is written thought first, then text, then its call", () => {
	const call = "<use_mcp_tool>\n<tool_name>x</tool_name>\n</use_mcp_tool>";
	const usage = { inputTokens: 1, outputTokens: 1 };
	const base = { type: "model.replied" as const, turn: 3, calls: [], finish: "stop" as const, usage, ms: 1 };
	const reply = { ...base, reasoning: "0123456789", content: `abcdefghij${call}` };
	const whole = 20 + call.length;
	expect(writingAt(reply, 0)).toEqual({ turn: 3, reasoning: "", text: "", call: "" });
	expect(writingAt(reply, 15 / whole)).toEqual({ turn: 3, reasoning: "0123456789", text: "abcde", call: "" });
	expect(writingAt(reply, 1)).toEqual({ turn: 3, reasoning: "0123456789", text: "abcdefghij", call });
	const native = { ...base, content: "", calls: [{ id: "a", name: "look", args: { q: 1 } }] };
	expect(writingAt(native, 1).call).toBe('look {"q":1}');
});
