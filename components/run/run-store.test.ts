import fc from "fast-check";
import type { KeyboardEvent } from "react";
import { describe, expect, it } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import type { AgentEvent } from "../../lib/trajectory/event";
import { firstRowsOf } from "../../lib/trajectory/first-rows";
import { type Packet, slim } from "../../lib/trajectory/packet";
import { summaryOf } from "../../lib/trajectory/summary";
import { viewOf } from "../../lib/trajectory/view";
import { RunStore } from "./run-store";
import { keyTarget } from "./use-line";

const runId = "run-made";
const events = makeTrajectory({ calls: 12, seed: 5, live: "writing" }).map(slim);
const lastTurn = events.findLast((event) => event.type === "turn.started")?.turn ?? 0;
const THOUGHT = "The two logs disagree on the year, so the yard's own record decides. 深さ";

/** Everything a server may say of this run, in order: each stored event, then the open turn piece by piece. */
type Said = { event: (typeof events)[number] } | { offset: number; text: string };
const said: Said[] = [
	...events.map((event) => ({ event })),
	...[...THOUGHT.matchAll(/.{1,3}/g)].map((piece) => ({ offset: piece.index, text: piece[0] })),
];

const newStore = (flush: (paint: () => void) => void = (paint) => paint()) => {
	const view = viewOf(events.slice(0, 1));
	return new RunStore({ ...summaryOf(view, 0), state: "running" }, undefined, flush);
};

/** A server that has said `upTo` things: what a new subscriber gets first. */
function catchUp(afterSeq: number, upTo: number): Packet[] {
	const missed = said.slice(0, upTo).flatMap((one) => ("event" in one && one.event.seq > afterSeq ? [one.event] : []));
	const written = said.slice(0, upTo).flatMap((one) => ("text" in one ? [one.text] : []));
	const packets: Packet[] = [{ t: "events", runId, events: missed, state: "running", done: false }];
	packets.push({ t: "state", runId, state: "running", detail: "" });
	if (upTo >= events.length) {
		packets.push({ t: "partial", runId, turn: lastTurn, reasoning: written.join(""), text: "", call: "" });
	}
	return packets;
}

const packetOf = (one: Said): Packet =>
	"event" in one
		? { t: "events", runId, events: [one.event], state: "running", done: false }
		: { t: "delta", runId, turn: lastTurn, part: "reasoning", ...one };

type Step = { ahead: number; repeats: number; swap: boolean; drop: boolean };
const step = fc.record({
	ahead: fc.integer({ min: 1, max: 9 }),
	repeats: fc.integer({ min: 0, max: 2 }),
	swap: fc.boolean(),
	drop: fc.boolean(),
});

/** Plays a bad line: packets are doubled, swapped, or lost with the connection; a gap or a loss subscribes again. */
function play(store: RunStore, steps: readonly Step[]): void {
	let at = 0;
	const resubscribe = () => {
		for (const packet of catchUp(store.view.lastSeq, at)) expect(store.take(packet)).toBe("ok");
	};
	resubscribe();
	for (const { ahead, repeats, swap, drop } of [
		...steps,
		{ ahead: said.length, repeats: 0, swap: false, drop: false },
	]) {
		const fresh = said.slice(at, at + ahead).map(packetOf);
		at = Math.min(said.length, at + ahead);
		if (swap) fresh.reverse();
		const sent = fresh.flatMap((packet) => Array.from({ length: repeats + 1 }, () => packet));
		const results = drop ? [] : sent.map((packet) => store.take(packet));
		if (!swap && !drop) expect(results).not.toContain("gap");
		if (drop || results.includes("gap")) resubscribe();
	}
}

describe("the run store on a bad line", () => {
	it("ends gapless and without doubles, in the middle of a thought", () => {
		fc.assert(
			fc.property(fc.array(step, { minLength: 8, maxLength: 40, size: "max" }), (steps) => {
				const store = newStore();
				play(store, steps);
				expect(store.view).toEqual(viewOf(events));
				expect(store.live).toEqual({ turn: lastTurn, reasoning: THOUGHT, text: "", call: "" });
			}),
			{ numRuns: 300 },
		);
	});

	it("asks for what is missing and leaves out what came too early", () => {
		const store = newStore();
		const [first, , third] = events;
		if (!first || !third) throw new Error("The fixture is too short.");
		expect(store.take({ t: "events", runId, events: [first], state: "running", done: false })).toBe("ok");
		expect(store.take({ t: "events", runId, events: [third], state: "running", done: false })).toBe("gap");
		expect(store.view.lastSeq).toBe(1);
		expect(store.take({ t: "delta", runId, turn: 1, part: "text", offset: 0, text: "x" })).toBe("gap");
	});

	it("adds the new part of an overlapping piece and finds a hole in the text", () => {
		const store = newStore();
		for (const packet of catchUp(0, events.length)) store.take(packet);
		const delta = (offset: number, text: string): Packet => ({
			t: "delta",
			runId,
			turn: lastTurn,
			part: "call",
			offset,
			text,
		});
		expect(store.take(delta(0, "abc"))).toBe("ok");
		expect(store.take(delta(1, "bcde"))).toBe("ok");
		expect(store.live?.call).toBe("abcde");
		expect(store.take(delta(6, "g"))).toBe("gap");
		expect(store.live?.call).toBe("abcde");
	});
});

describe("what the run store tells", () => {
	it("starts the text of a turn anew when the request failed, and drops it when the reply is stored", () => {
		const store = newStore();
		for (const packet of catchUp(0, said.length)) store.take(packet);
		const seq = events.length + 1;
		const failed = { type: "model.failed", turn: lastTurn, fault: "busy", message: "503", runId, seq, at: 0 } as const;
		store.take({ t: "events", runId, events: [failed], state: "running", done: false });
		expect(store.live).toEqual({ turn: lastTurn, reasoning: "", text: "", call: "" });
		const usage = { inputTokens: 1, outputTokens: 1 };
		const replied: AgentEvent = {
			type: "model.replied",
			turn: lastTurn,
			content: "x",
			calls: [],
			finish: "stop",
			usage,
			ms: 1,
		};
		store.take({
			t: "events",
			runId,
			events: [{ ...replied, runId, seq: seq + 1, at: 0 }],
			state: "running",
			done: false,
		});
		expect(store.live).toBeUndefined();
		expect(store.take({ t: "delta", runId, turn: lastTurn, part: "text", offset: 9, text: "late" })).toBe("ok");
		expect(store.live).toBeUndefined();
	});

	it("calls listeners once a frame, and replaces only the row that an event touched", () => {
		const frames: (() => void)[] = [];
		const store = newStore((flush) => frames.push(flush));
		let heard = 0;
		store.subscribe(() => heard++);
		for (const packet of catchUp(0, events.length)) store.take(packet);
		expect(frames).toHaveLength(1);
		frames[0]?.();
		expect(heard).toBe(1);
		const before = [...store.view.rows];
		const fault = { type: "model.failed", turn: lastTurn, fault: "busy", message: "503" } as const;
		const event = { ...fault, runId, seq: store.view.lastSeq + 1, at: 0 };
		store.take({ t: "events", runId, events: [event], state: "running", done: false });
		const touched = store.view.rows.filter((row, at) => row !== before[at]);
		expect(touched).toHaveLength(1);
		expect(frames).toHaveLength(2);
	});

	it("keeps an ended run ended while its past comes in", () => {
		const past = makeTrajectory({ calls: 3, seed: 2 });
		const store = new RunStore(summaryOf(viewOf(past), 0), undefined, (paint) => paint());
		store.take({ t: "events", runId, events: past.slice(0, 4), state: "running", done: false });
		expect(store.state).toBe("ended");
		store.take({ t: "events", runId, events: past.slice(4), state: "ended", done: true });
		expect(store.view.outcome).toBe("answered");
		expect(store.isCaughtUp).toBe(true);
	});

	it("shows the rows that came with the page, and no others, until the run is here", () => {
		const past = makeTrajectory({ calls: 40, seed: 2 }).map(slim);
		const whole = viewOf(past);
		const store = new RunStore(summaryOf(whole, 0), firstRowsOf(whole, 20, false), (paint) => paint());
		const { lastSeq } = whole;
		const expectEarly = () => {
			expect(store.rows).toHaveLength(whole.rows.length);
			expect(store.row(20)).toEqual(whole.rows[20]);
			expect(store.row(0)).toBeUndefined();
			expect(store.hasAnswer).toBe(true);
			expect(keyTarget({ key: "ArrowDown" } as KeyboardEvent, 20, store)).toBe(21);
		};
		expectEarly();
		let heard = 0;
		store.subscribe(() => heard++);
		store.take({ t: "events", runId, events: past.slice(0, lastSeq - 1), state: "running", done: false });
		expectEarly();
		expect(heard).toBe(0);
		store.take({ t: "events", runId, events: past.slice(lastSeq - 1), state: "ended", done: true });
		expect(store.rows).toBe(store.view.rows);
		expect(store.view).toEqual(whole);
		expect(heard).toBe(1);
	});

	it("shows the past at the playhead while the newest grows, and renders nothing for it", () => {
		const past = makeTrajectory({ calls: 12, seed: 5, live: "calling" });
		const store = newStore();
		const send = (from: number, to?: number) =>
			store.take({ t: "events", runId, events: past.slice(from, to), state: "running", done: false });
		send(0, 30);
		store.seek(17);
		const shown = store.view;
		const { version } = store;
		const row = store.row(2);
		send(30);
		expect(store.view).toBe(shown);
		expect(store.view).toEqual(viewOf(past.slice(0, 17)));
		expect([store.version, store.row(2)]).toEqual([version, row]);
		expect(store.newest).toEqual(viewOf(past));
		store.seek(past.length);
		expect(store.playhead).toBeUndefined();
		expect(store.view).toBe(store.newest);
		expect(store.version).toBeGreaterThan(version);
	});

	it("shows nothing of the present in the past", () => {
		const store = newStore();
		for (const packet of catchUp(0, said.length)) store.take(packet);
		expect(store.live?.reasoning).toBe(THOUGHT);
		store.seek(5);
		expect([store.live, store.progress, store.stateDetail]).toEqual([undefined, undefined, ""]);
		store.seek(undefined);
		expect(store.live?.reasoning).toBe(THOUGHT);
	});
});
