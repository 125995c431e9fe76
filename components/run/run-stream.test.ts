import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import { type Packet, slim } from "../../lib/trajectory/packet";
import { summaryOf } from "../../lib/trajectory/summary";
import { viewOf } from "../../lib/trajectory/view";
import { RunStore } from "./run-store";
import { type Connection, followRun } from "./run-stream";

const runId = "run-made";
const events = makeTrajectory({ calls: 5, seed: 4 }).map(slim);
const half = Math.floor(events.length / 2);

/** A server whose every stream is at the test's hands. */
function makeServer() {
	const streams: ReadableStreamDefaultController<Packet>[] = [];
	const subscriptions: number[] = [];
	const closed: string[] = [];
	let refusing = 0;
	return {
		streams,
		subscriptions,
		closed,
		refuse: (times: number) => {
			refusing = times;
		},
		doors: {
			async openStream(_viewerId: string, _runId?: string, afterSeq = 0) {
				if (refusing-- > 0) throw new TypeError("Failed to fetch");
				subscriptions.push(afterSeq);
				return { ok: true, stream: new ReadableStream<Packet>({ start: (own) => void streams.push(own) }) } as const;
			},
			async subscribe(_viewerId: string, _runId: string, afterSeq: number) {
				subscriptions.push(afterSeq);
				return { ok: true } as const;
			},
			async closeStream(viewerId: string) {
				closed.push(viewerId);
				return { ok: true } as const;
			},
		},
	};
}

function begin(refused = 0) {
	const server = makeServer();
	server.refuse(refused);
	const store = new RunStore({ ...summaryOf(viewOf(events.slice(0, 1)), 0), state: "running" }, undefined, (flush) =>
		flush(),
	);
	const said: Connection[] = [];
	let reloads = 0;
	const following = followRun({
		doors: server.doors,
		store,
		onChange: (connection) => said.push(connection),
		isOutdated: (error) => error instanceof RangeError,
		reload: () => reloads++,
	});
	return { server, store, said, following, reloads: () => reloads };
}

const batch = (from: number, to: number): Packet => {
	const some = events.slice(from, to);
	return { t: "events", runId, events: some, state: "running", done: some.at(-1)?.type === "run.ended" };
};
const state: Packet = { t: "state", runId, state: "running", detail: "" };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("following a run", () => {
	it("goes on after a loss from the last event, says so, and ends with the run", async () => {
		const { server, store, said } = begin();
		await vi.advanceTimersByTimeAsync(0);
		server.streams[0]?.enqueue(batch(0, half));
		server.streams[0]?.enqueue(state);
		await vi.advanceTimersByTimeAsync(0);
		expect(said.at(-1)).toEqual({ kind: "open" });
		server.refuse(2);
		server.streams[0]?.error(new TypeError("network error"));
		await vi.advanceTimersByTimeAsync(0);
		expect(said.at(-1)).toMatchObject({ kind: "lost", tries: 1 });
		await vi.advanceTimersByTimeAsync(200 + 400 + 800);
		expect(server.subscriptions).toEqual([0, half]);
		const calls = store.view.calls;
		server.streams[1]?.enqueue(batch(half, events.length - 1));
		server.streams[1]?.enqueue(state);
		await vi.advanceTimersByTimeAsync(0);
		const fromCall = calls + 1;
		expect(said.at(-1)).toEqual({ kind: "caughtUp", events: events.length - 1 - half, fromCall, toCall: 5 });
		server.streams[1]?.enqueue(batch(events.length - 1, events.length));
		await vi.advanceTimersByTimeAsync(60_000);
		expect(store.view).toEqual(viewOf(events));
		expect(server.streams).toHaveLength(2);
		expect(server.closed).toHaveLength(2);
	});

	it("waits 200, 400, 800, 1600 and then 2000 ms", async () => {
		const { server, said } = begin(7);
		await vi.advanceTimersByTimeAsync(200 + 400 + 800 + 1600 + 2000 + 1999);
		expect(said.filter(({ kind }) => kind === "lost")).toHaveLength(6);
		expect(server.streams).toHaveLength(0);
	});

	it("takes 40 s of silence for a dead line, and pings for a live one", async () => {
		const { server } = begin();
		await vi.advanceTimersByTimeAsync(0);
		for (let ping = 0; ping < 5; ping++) {
			await vi.advanceTimersByTimeAsync(30_000);
			server.streams[0]?.enqueue({ t: "ping" });
		}
		expect(server.streams).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(39_999);
		expect(server.streams).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(300);
		expect(server.streams).toHaveLength(2);
	});

	it("subscribes again on a gap, without closing the stream", async () => {
		const { server, store } = begin();
		await vi.advanceTimersByTimeAsync(1000);
		server.streams[0]?.enqueue(batch(0, 3));
		server.streams[0]?.enqueue(batch(5, 6));
		server.streams[0]?.enqueue(batch(6, 7));
		await vi.advanceTimersByTimeAsync(0);
		expect(server.subscriptions).toEqual([0, 3]);
		server.streams[0]?.enqueue(batch(3, events.length));
		await vi.advanceTimersByTimeAsync(0);
		expect(store.view).toEqual(viewOf(events));
		expect(server.streams).toHaveLength(1);
	});

	it("opens the next stream at once when the old one's time is over", async () => {
		const { server, said } = begin();
		await vi.advanceTimersByTimeAsync(0);
		server.streams[0]?.enqueue({ t: "end", reason: "ttl" });
		await vi.advanceTimersByTimeAsync(0);
		expect(server.streams).toHaveLength(2);
		expect(said.some(({ kind }) => kind === "lost")).toBe(false);
	});

	it("reloads when the server was rebuilt", async () => {
		const { server, reloads } = begin();
		server.doors.openStream = () => Promise.reject(new RangeError("unknown action"));
		await vi.advanceTimersByTimeAsync(0);
		server.streams[0]?.error(new TypeError("network error"));
		await vi.advanceTimersByTimeAsync(300);
		expect(reloads()).toBeGreaterThan(0);
	});

	it("closes its stream when the page leaves", async () => {
		const { server, following } = begin();
		await vi.advanceTimersByTimeAsync(0);
		following.stop();
		await vi.advanceTimersByTimeAsync(60_000);
		expect(server.closed).toHaveLength(1);
		expect(server.streams).toHaveLength(1);
	});
});
