import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { makeRun } from "../../e2e/fixtures/run";
import { closeStore } from "../db/client";
import { appendEvents } from "../db/events";
import { createRun } from "../db/runs";
import type { AgentEvent } from "../trajectory/event";
import { type Packet, unpack } from "../trajectory/packet";
import { hub, type LiveRun, makeLive, tellEvent, tellLive, tellState } from "./live";
import { closeStream, openingOf, openStream, subscribe, unsubscribe } from "./watch";

const folder = mkdtempSync(join(tmpdir(), "soundings-watch-"));
beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true });
});

const turnEvents = (turn: number): AgentEvent[] => [
	{ type: "turn.started", turn, purpose: "research" },
	{
		type: "model.replied",
		turn,
		content: `reply ${turn}`,
		calls: [],
		finish: "stop",
		usage: { inputTokens: 1, outputTokens: 1 },
		ms: 1,
	},
];

async function newRun(): Promise<LiveRun> {
	const { summary, started } = makeRun("watched");
	await createRun(summary, started);
	const live = makeLive(summary.id);
	live.seq = 1;
	return live;
}

async function tell(live: LiveRun, event: AgentEvent): Promise<void> {
	for (const stamped of await appendEvents(live.runId, live.seq, [event])) tellEvent(live, stamped);
}

/** A browser tab: what it has of the run, checked packet by packet. */
function tab(viewerId: string, runId: string) {
	const seqs: number[] = [];
	let open = "";
	let done = false;
	const takeEvents = (packet: Extract<Packet, { t: "events" }>) => {
		for (const event of packet.events) {
			seqs.push(event.seq);
			if (event.type === "model.replied") open = "";
		}
		done ||= packet.done;
	};
	const take = (packet: Packet) => {
		if (!("runId" in packet) || packet.runId !== runId) return;
		if (packet.t === "events") takeEvents(packet);
		if (packet.t === "partial") open = packet.reasoning;
		if (packet.t !== "delta") return;
		expect(packet.offset).toBe(open.length);
		open += packet.text;
	};
	const finished = (async () => {
		const reader = openStream(viewerId).getReader();
		for (let next = await reader.read(); !next.done; next = await reader.read()) take(unpack(next.value));
	})();
	return { seqs, text: () => open, isDone: () => done, finished };
}

const soon = (ms = 60) => new Promise((wake) => setTimeout(wake, ms));

test("a tab that comes in the middle of a thought gets all of it once, then what follows", async () => {
	const live = await newRun();
	for (const event of turnEvents(1)) await tell(live, event);
	await tell(live, { type: "turn.started", turn: 2, purpose: "research" });
	tellLive(live, { type: "model.delta", turn: 2, part: "reasoning", text: "The first half" });
	const seen = tab("middle", live.runId);
	await subscribe("middle", live.runId, 0);
	await soon();
	tellLive(live, { type: "model.delta", turn: 2, part: "reasoning", text: " and the second." });
	await soon();
	expect(seen.seqs).toEqual([1, 2, 3, 4]);
	expect(seen.text()).toBe("The first half and the second.");
	closeStream("middle");
	await seen.finished;
});

test("whenever a tab joins, leaves and joins again, no event is missing and none comes twice", async () => {
	const live = await newRun();
	const seen = tab("joiner", live.runId);
	let turn = 0;
	for (let round = 0; round < 12; round++) {
		await subscribe("joiner", live.runId, seen.seqs.at(-1) ?? 0);
		for (let at = 0; at < round; at++) {
			turn++;
			for (const event of turnEvents(turn)) await tell(live, event);
			tellLive(live, { type: "model.delta", turn: turn + 1, part: "reasoning", text: "x".repeat(at) });
		}
		if (round % 3 === 0) await soon(30);
		if (round % 2 === 0) unsubscribe("joiner", live.runId);
		await soon(40);
	}
	await subscribe("joiner", live.runId, seen.seqs.at(-1) ?? 0);
	await soon(80);
	expect(seen.seqs).toEqual(Array.from({ length: live.seq }, (_, at) => at + 1));
	closeStream("joiner");
	await seen.finished;
});

test("a run of another process is followed through the journal to its end", async () => {
	const live = await newRun();
	hub().live.delete(live.runId);
	const seen = tab("poller", live.runId);
	await subscribe("poller", live.runId, 0);
	await appendEvents(live.runId, 1, turnEvents(1));
	await soon(600);
	expect(seen.seqs).toEqual([1, 2, 3]);
	closeStream("poller");
	await seen.finished;
});

test("the end of a run is told once, with the state", async () => {
	const live = await newRun();
	const seen = tab("ender", live.runId);
	await subscribe("ender", live.runId, 0);
	await soon();
	await tell(live, { type: "run.ended", outcome: "answered", detail: "done" });
	tellState(live, "ended", "done");
	await soon();
	expect(seen.isDone()).toBe(true);
	expect(seen.seqs).toEqual([1, 2]);
	closeStream("ender");
	await seen.finished;
});

test("an unknown run and a closed stream are said plainly", async () => {
	const seen = tab("asker", "none");
	expect(await subscribe("asker", "none", 0)).toMatchObject({ ok: false, why: "noRun" });
	closeStream("asker");
	await seen.finished;
	expect(await subscribe("asker", "none", 0)).toMatchObject({ ok: false });
});

test("a page's opening holds the recorded past in order, and the stream goes on from there", async () => {
	const live = await newRun();
	const many = Array.from({ length: 2000 }, (_, at) => turnEvents(at + 1)).flat();
	await appendEvents(live.runId, 1, many);
	hub().live.delete(live.runId);
	const opening: number[] = [];
	for await (const packet of openingOf(live.runId)) {
		const whole = unpack(packet);
		if (whole.t === "events") opening.push(...whole.events.map(({ seq }) => seq));
	}
	expect(opening).toEqual(Array.from({ length: 3500 }, (_, at) => at + 1));
	const seen = tab("opener", live.runId);
	await subscribe("opener", live.runId, 3500);
	await soon(200);
	expect(seen.seqs).toEqual(Array.from({ length: 501 }, (_, at) => 3501 + at));
	closeStream("opener");
	await seen.finished;
});

test("RES-07: of three hundred tabs on one run, one that stops reading is let go, and the others miss nothing", async () => {
	const live = await newRun();
	/** A tab that opens the next stream from where it is, as the page does. */
	const follow = async (name: string): Promise<{ streams: number; seqs: number[] }> => {
		const had = { streams: 0, seqs: [] as number[] };
		const take = (packet: Packet) => {
			if (packet.t === "events") had.seqs.push(...packet.events.map(({ seq }) => seq));
			return packet.t === "events" && packet.done;
		};
		for (;;) {
			const reader = openStream(`${name}-${++had.streams}`).getReader();
			await subscribe(`${name}-${had.streams}`, live.runId, had.seqs.at(-1) ?? 0);
			for (let next = await reader.read(); !next.done; next = await reader.read())
				if (take(unpack(next.value))) return had;
		}
	};
	const unread = openStream("stuck");
	await subscribe("stuck", live.runId, 0);
	const tabs = Array.from({ length: 299 }, (_, at) => follow(`tab-${at}`));
	await tell(live, { type: "turn.started", turn: 1, purpose: "research" });
	await expect.poll(() => live.listeners.size).toBe(300);
	const since = processorTime();
	const text = "x".repeat(100_000);
	for (let at = 0; at < 100; at++) {
		tellLive(live, { type: "model.delta", turn: 1, part: "reasoning", text });
		if (at % 10 === 9) await soon(30);
	}
	for (const event of turnEvents(2)) await tell(live, event);
	await tell(live, { type: "run.ended", outcome: "answered", detail: "done" });
	expect(processorTime() - since).toBeLessThan(5000);
	for (const { seqs, streams } of await Promise.all(tabs)) {
		expect(seqs).toEqual([1, 2, 3, 4, 5]);
		expect(streams).toBe(2);
	}
	expect(await subscribe("stuck", live.runId, 0)).toMatchObject({ ok: false, why: "streamClosed" });
	let held = 0;
	for await (const packet of unread) held += "text" in packet ? packet.text.length : 0;
	expect(held).toBeLessThan(10_000_000);
});
