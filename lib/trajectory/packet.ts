import { mayBringFiles } from "./asking";
import type { AgentEvent, Parent, RunEvent, Spawner } from "./event";
import type { LineMarks } from "./line-marks";
import type { Judgement } from "./notes";
import type { RunState } from "./run-state";

/**
 * What a browser tab receives on its one stream; every packet names its run. A subscriber first gets the stored events
 * after its `seq`, then one `partial` (the open turn's text so far), then deltas whose `offset` (UTF-16 units already
 * written in that part) makes a repeat or a gap visible.
 */
export type Packet =
	| StoredPacket
	| { t: "events"; runId: string; events: SlimEvent[]; state: RunState; done: boolean }
	| { t: "partial"; runId: string; turn: number; reasoning: string; text: string; call: string }
	| { t: "delta"; runId: string; turn: number; part: "reasoning" | "text" | "call"; offset: number; text: string }
	| { t: "progress"; runId: string; turn: number; callId: string; text: string }
	| { t: "state"; runId: string; state: RunState; detail: string }
	| { t: "ping" }
	| { t: "end"; reason: "ttl" | "closed" }
	| { t: "error"; runId: string; message: string };

/**
 * Many stored events at once, as JSON text: a text crosses the line whole, where a tree of objects is taken apart and
 * put together value by value. `unpack` makes it a packet of events.
 */
export type StoredPacket = { t: "stored"; runId: string; json: string; state: RunState; done: boolean };

type Unpacked = Exclude<Packet, StoredPacket>;

export const pack = (events: readonly SlimEvent[], told: Omit<StoredPacket, "t" | "json">): StoredPacket => ({
	t: "stored",
	json: JSON.stringify(events),
	...told,
});

/** The packet a reader works with. The text was written by `pack` on our own server. */
export function unpack(packet: Packet): Unpacked {
	if (packet.t !== "stored") return packet;
	const { runId, json, state, done } = packet;
	return { t: "events", runId, events: JSON.parse(json) as SlimEvent[], state, done };
}

/** An event whose body was cut for the timeline; `cut` is the length of the whole body in characters. */
export type SlimEvent = RunEvent & { cut?: number };

/** Characters of a reply and of a result in a slim event: what a row shows, and a little more. */
export const REPLY_HEAD = 600;
export const RESULT_HEAD = 240;

/** Cuts reply and result texts to what a row shows, and leaves out the texts of attached files. The whole text is loaded when looked at. */
export function slim(event: RunEvent): SlimEvent {
	if (event.type === "model.replied" && event.calls.length > 0 && event.content.length > REPLY_HEAD) {
		return { ...event, content: event.content.slice(0, REPLY_HEAD), cut: event.content.length };
	}
	if (event.type === "tool.returned" && event.text.length > RESULT_HEAD) {
		return { ...event, text: event.text.slice(0, RESULT_HEAD), cut: event.text.length };
	}
	if (mayBringFiles(event) && event.attached !== undefined) {
		const { attached, ...rest } = event;
		return { ...rest, cut: attached.length };
	}
	return event;
}

/** The body of an event: the one long text it may hold. */
export function bodyOf(event: AgentEvent): string | undefined {
	if (event.type === "model.replied") return event.content;
	if (mayBringFiles(event)) return event.attached;
	return event.type === "tool.returned" ? event.text : undefined;
}

/** One row of the list of runs: a cache of the fold. Times are epoch milliseconds. */
export type RunSummary = {
	id: string;
	title: string;
	question: string;
	preset: string;
	model: string;
	answerMode: "report" | "boxed";
	state: RunState;
	outcome?: string;
	detail: string;
	calls: number;
	budget: number;
	turns: number;
	sources: number;
	createdAt: number;
	endedAt?: number;
	line: LineMarks;
	parent?: Parent;
	spawnedBy?: Spawner;
	tags: string[];
	archived: boolean;
	notes: number;
	label?: Judgement;
};
