import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import type { AgentEvent, RunEvent } from "./event";
import { Tape } from "./tape";
import { viewOf } from "./view";

/** What a made trajectory lacks: what people do to a run, forks, restarts, a second attempt. */
const extra = fc.oneof(
	fc.record({
		type: fc.constant("note.added" as const),
		target: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
		text: fc.constantFrom("", "look again"),
		label: fc.constantFrom("good" as const, "bad" as const, "none" as const),
	}),
	fc.record({ type: fc.constant("run.edited" as const), title: fc.string(), tags: fc.array(fc.string()) }),
	fc.constantFrom<AgentEvent>(
		{ type: "run.forked", parent: { runId: "other", seq: 3 }, changes: ["result"] },
		{ type: "run.forked", parent: { runId: "other", seq: 3 }, changes: ["follow_up"], followUp: "And then?" },
		{
			type: "run.forked",
			parent: { runId: "other", seq: 3 },
			changes: ["follow_up"],
			followUp: "And of this?",
			attachments: [
				{ id: crypto.randomUUID(), name: "a.csv", type: "text/csv", bytes: 1, hash: "0", chars: 1, shown: true },
			],
			attached: "told",
		},
		{ type: "run.paused", detail: "" },
		{ type: "run.resumed", detail: "" },
		{ type: "attempt.started", attempt: 2, carried: "what was learned" },
		{ type: "user.steered", text: "First reports only." },
	),
	/** A restart: whichever turn was open or newest then is thrown away. */
	fc.constant("interrupted" as const),
);
type Extra = AgentEvent | "interrupted";

/** A run with the extras strewn in, numbered anew. */
function strewn(made: readonly RunEvent[], extras: readonly { at: number; event: Extra }[]): RunEvent[] {
	const events: AgentEvent[] = [...made];
	for (const { at, event } of extras) {
		const place = 2 + (at % (events.length - 1));
		const opened = events.slice(0, place).findLast((one) => one.type === "turn.started");
		const turn = opened?.type === "turn.started" ? opened.turn : 1;
		const rollback = { type: "turn.rolled_back", turn, reason: "interrupted", detail: "" } as const;
		events.splice(place, 0, event === "interrupted" ? rollback : event);
	}
	return events.map((event, index) => ({ ...event, runId: "r", seq: index + 1, at: 1000 * index }));
}

const anyRun = fc
	.record({
		calls: fc.integer({ min: 1, max: 60 }),
		seed: fc.nat({ max: 10_000 }),
		live: fc.constantFrom(undefined, "writing" as const, "calling" as const),
		extras: fc.array(fc.record({ at: fc.nat(), event: extra as fc.Arbitrary<Extra> }), { maxLength: 12 }),
	})
	.map(({ calls, seed, live, extras }) => strewn(makeTrajectory({ calls, seed, ...(live && { live }) }), extras));

describe("a tape", () => {
	test("shows at any cursor what the fold of that prefix is, wherever the cursor was before", () => {
		const walk = fc.array(fc.nat(), { minLength: 1, maxLength: 25 });
		fc.assert(
			fc.property(anyRun, fc.integer({ min: 1, max: 8 }), walk, (events, interval, cursors) => {
				const tape = new Tape(interval);
				for (const event of events) tape.take(event);
				for (const cursor of cursors) {
					const seq = 1 + (cursor % events.length);
					expect(tape.at(seq)).toEqual(viewOf(events.slice(0, seq)));
				}
				expect(tape.newest).toEqual(viewOf(events));
			}),
			{ numRuns: 60 },
		);
	});

	test("keeps what it shows apart from what comes in meanwhile", () => {
		fc.assert(
			fc.property(anyRun, fc.nat(), fc.nat(), (events, cut, cursor) => {
				const here = 2 + (cut % (events.length - 1));
				const seq = 1 + (cursor % (here - 1));
				const tape = new Tape(4);
				for (const event of events.slice(0, here)) tape.take(event);
				const shown = tape.at(seq);
				for (const event of events.slice(here)) tape.take(event);
				expect(shown).toEqual(viewOf(events.slice(0, seq)));
				expect(tape.at(seq)).toBe(shown);
				expect(tape.newest).toEqual(viewOf(events));
			}),
			{ numRuns: 60 },
		);
	});

	test("stays exact when its checkpoints grow sparse", () => {
		const events = makeTrajectory({ calls: 2400, seed: 3 });
		const tape = new Tape();
		for (const event of events) tape.take(event);
		for (let seq = events.length; seq > 1; seq -= 997) {
			expect(tape.at(seq).rows).toEqual(viewOf(events.slice(0, seq)).rows);
		}
	});
});
