import "server-only";
import { setImmediate } from "node:timers/promises";
import { readSlimEvents } from "../db/events";
import { readSummary } from "../db/runs";
import { type Packet, pack, type SlimEvent, type StoredPacket } from "../trajectory/packet";
import type { RunState } from "../trajectory/run-state";
import { type Heard, hub, type LiveRun } from "./live";

const COALESCE_MS = 25;
const PING_MS = 15_000;
const TTL_MS = 600_000;
/** Characters that one stream carries: what a tab that has stopped reading can leave in memory. */
const STREAM_CHARS = 8_000_000;
const PAGE = 500;
/** Events that come with the page itself: a run of 600 calls is there before the page has opened its stream. */
const FIRST_PART = 3500;
/** A run that another process executes is followed by looking at the journal. */
const POLL_MS = 400;

type Subscription = { seq: number; close: () => void };
type Viewer = {
	queue: Packet[];
	/** Characters sent so far. */
	sent: number;
	flush: ReturnType<typeof setTimeout> | undefined;
	timers: (ReturnType<typeof setTimeout> | ReturnType<typeof setInterval>)[];
	controller: ReadableStreamDefaultController<Packet>;
	onFull: () => void;
	runs: Map<string, Subscription>;
};
type Held = { soundingsViewers?: Map<string, Viewer> };

function viewers(): Map<string, Viewer> {
	const held = globalThis as Held;
	held.soundingsViewers ??= new Map();
	return held.soundingsViewers;
}

/**
 * The one stream of a browser tab, open at once and empty until it subscribes. Packets are gathered for 25 ms; a ping
 * comes every 15 s; after 10 minutes, or as much as it may carry, it ends with `ttl` and the tab opens the next one from
 * where it is. Whether a tab reads is not seen here: what passes on the stream takes in whatever is sent.
 */
export function openStream(viewerId: string): ReadableStream<Packet> {
	closeStream(viewerId);
	return new ReadableStream<Packet>({
		start(controller) {
			const viewer: Viewer = {
				queue: [],
				sent: 0,
				flush: undefined,
				timers: [],
				controller,
				onFull: () => undefined,
				runs: new Map(),
			};
			viewer.onFull = () => end(viewerId, "ttl");
			viewer.timers.push(setInterval(() => send(viewer, { t: "ping" }), PING_MS));
			viewer.timers.push(setTimeout(() => end(viewerId, "ttl"), TTL_MS));
			viewers().set(viewerId, viewer);
			send(viewer, { t: "ping" });
		},
		cancel() {
			drop(viewerId);
		},
	});
}

/** Ends the tab's stream. */
export function closeStream(viewerId: string): void {
	end(viewerId, "closed");
}

/** Follows a run on the tab's stream: stored events after `afterSeq`, the open turn so far, then everything live. */
export async function subscribe(
	viewerId: string,
	runId: string,
	afterSeq: number,
): Promise<{ ok: true } | { ok: false; why: "streamClosed" | "noRun"; error: string }> {
	const viewer = viewers().get(viewerId);
	if (!viewer) return { ok: false, why: "streamClosed", error: "This page's stream is closed. Open it again." };
	if (!(await readSummary(runId))) return { ok: false, why: "noRun", error: "There is no such run." };
	unsubscribe(viewerId, runId);
	const subscription: Subscription = { seq: afterSeq, close: () => undefined };
	viewer.runs.set(runId, subscription);
	void follow(viewer, runId, subscription);
	return { ok: true };
}

/** Stops following a run. */
export function unsubscribe(viewerId: string, runId: string): void {
	const viewer = viewers().get(viewerId);
	viewer?.runs.get(runId)?.close();
	viewer?.runs.delete(runId);
}

async function follow(viewer: Viewer, runId: string, subscription: Subscription): Promise<void> {
	const isOpen = () => viewer.runs.get(runId) === subscription;
	while (isOpen()) {
		const events = await readSlimEvents(runId, subscription.seq, PAGE);
		if (!isOpen()) return;
		const live = hub().live.get(runId);
		const more = events.length === PAGE;
		sendStored(viewer, runId, subscription, { events, live });
		if (more) {
			await setImmediate();
			continue;
		}
		if (live) {
			if (attach(viewer, live, subscription)) return;
			continue;
		}
		const state = (await readSummary(runId))?.state ?? "ended";
		send(viewer, { t: "events", runId, events: [], state, done: state === "ended" });
		if (state === "ended") return;
		await new Promise((wake) => setTimeout(wake, POLL_MS));
	}
}

/** The state after these events, and whether the run has ended with them. */
function told(events: readonly SlimEvent[], live: LiveRun | undefined): { state: RunState; done: boolean } {
	const done = events.some(({ type }) => type === "run.ended");
	return { state: done ? "ended" : (live?.state ?? "running"), done };
}

/** A full page may be followed by notes on an ended run, so only a page that is not full can be the last. */
function stored(runId: string, events: readonly SlimEvent[], live: LiveRun | undefined): StoredPacket {
	const { state, done } = told(events, live);
	return pack(events, { runId, state, done: done && events.length < PAGE });
}

/** The beginning of a run's recorded past, to be sent along with its page. What follows comes on the tab's stream. */
export function openingOf(runId: string): ReadableStream<Packet> {
	let seq = 0;
	return new ReadableStream<Packet>({
		async pull(controller) {
			const events = await readSlimEvents(runId, seq, PAGE);
			seq = events.at(-1)?.seq ?? seq;
			if (events.length > 0) controller.enqueue(stored(runId, events, hub().live.get(runId)));
			if (events.length < PAGE || seq >= FIRST_PART) controller.close();
		},
	});
}

function push(
	viewer: Viewer,
	runId: string,
	subscription: Subscription,
	found: { events: SlimEvent[]; live: LiveRun | undefined },
): void {
	subscription.seq = found.events.at(-1)?.seq ?? subscription.seq;
	send(viewer, { t: "events", runId, events: found.events, ...told(found.events, found.live) });
}

function sendStored(
	viewer: Viewer,
	runId: string,
	subscription: Subscription,
	{ events, live }: { events: SlimEvent[]; live: LiveRun | undefined },
): void {
	const last = events.at(-1);
	if (!last) return;
	subscription.seq = last.seq;
	send(viewer, stored(runId, events, live));
}

/** In one synchronous step: what was missed, the snapshot of the open turn, and the ear on the run. False: too far behind. */
function attach(viewer: Viewer, live: LiveRun, subscription: Subscription): boolean {
	const missed = live.recent.filter(({ seq }) => seq > subscription.seq);
	if (live.seq > subscription.seq && missed[0]?.seq !== subscription.seq + 1) return false;
	if (missed.length > 0) push(viewer, live.runId, subscription, { events: missed, live });
	send(viewer, { t: "state", runId: live.runId, state: live.state, detail: live.detail });
	if (live.open) send(viewer, { t: "partial", runId: live.runId, ...live.open });
	const listener = (heard: Heard) => relay(viewer, live, subscription, heard);
	live.listeners.add(listener);
	subscription.close = () => live.listeners.delete(listener);
	return true;
}

function relay(viewer: Viewer, live: LiveRun, subscription: Subscription, heard: Heard): void {
	const { runId } = live;
	if (heard.kind === "left") {
		subscription.close();
		void follow(viewer, runId, subscription);
	} else if (heard.kind === "state") send(viewer, { t: "state", runId, state: heard.state, detail: heard.detail });
	else if (heard.kind === "event") push(viewer, runId, subscription, { events: [heard.event], live });
	else if (heard.event.type === "tool.progressed") {
		const { turn, callId, text } = heard.event;
		send(viewer, { t: "progress", runId, turn, callId, text });
	} else {
		const { turn, part, text } = heard.event;
		send(viewer, { t: "delta", runId, turn, part, offset: heard.offset, text });
	}
}

function send(viewer: Viewer, packet: Packet): void {
	if (!merge(viewer.queue.at(-1), packet)) viewer.queue.push(packet);
	viewer.flush ??= setTimeout(() => {
		flush(viewer);
		if (viewer.sent > STREAM_CHARS) viewer.onFull();
	}, COALESCE_MS);
}

/** Neighbouring pieces of one text, and neighbouring events of one run, become one packet. */
function merge(last: Packet | undefined, packet: Packet): boolean {
	if (last?.t === "delta" && packet.t === "delta") {
		const follows = last.offset + last.text.length === packet.offset && last.part === packet.part;
		if (!follows || last.runId !== packet.runId || last.turn !== packet.turn) return false;
		last.text += packet.text;
		return true;
	}
	if (last?.t !== "events" || packet.t !== "events" || last.runId !== packet.runId) return false;
	if (last.events.length + packet.events.length > PAGE) return false;
	last.events.push(...packet.events);
	last.state = packet.state;
	last.done = packet.done;
	return true;
}

function flush(viewer: Viewer): void {
	viewer.flush = undefined;
	for (const packet of viewer.queue.splice(0)) {
		viewer.controller.enqueue(packet);
		viewer.sent += charsOf(packet);
	}
}

/** What a stream begins with does not count, however long: the next one would begin with it again. */
function charsOf(packet: Packet): number {
	if (packet.t === "partial") return 0;
	if (packet.t === "stored") return packet.json.length;
	return packet.t === "delta" ? packet.text.length : JSON.stringify(packet).length;
}

function end(viewerId: string, reason: "ttl" | "closed"): void {
	const viewer = viewers().get(viewerId);
	if (!viewer) return;
	drop(viewerId);
	flush(viewer);
	viewer.controller.enqueue({ t: "end", reason });
	viewer.controller.close();
}

function drop(viewerId: string): void {
	const viewer = viewers().get(viewerId);
	if (!viewer) return;
	viewers().delete(viewerId);
	for (const timer of viewer.timers) clearTimeout(timer);
	clearTimeout(viewer.flush);
	for (const runId of [...viewer.runs.keys()]) {
		viewer.runs.get(runId)?.close();
		viewer.runs.delete(runId);
	}
}
