import type { Packet, SlimEvent } from "../trajectory/packet";
import type { CallRow } from "../trajectory/row";
import { emptyView, type RunView, step } from "../trajectory/view";

/** Longest part of a query or address that is printed. */
const WIDTH = 70;

/** Tells a run's packets as lines of text: one a tool call, and one for whatever went otherwise than hoped. */
export class Progress {
	done = false;
	private readonly view: RunView = emptyView();
	private readonly runId: string;
	private readonly print: (line: string) => void;

	constructor(runId: string, print: (line: string) => void) {
		this.runId = runId;
		this.print = print;
	}

	/** The newest event told, for a stream that takes up where another ended. */
	get lastSeq(): number {
		return this.view.lastSeq;
	}

	take(packet: Packet): void {
		if (!("runId" in packet) || packet.runId !== this.runId) return;
		if (packet.t === "state" && packet.state !== "ended" && packet.detail)
			this.print(`${packet.state}: ${packet.detail}`);
		if (packet.t !== "events") return;
		for (const event of packet.events) this.tell(event);
		this.done ||= packet.done;
	}

	private tell(event: SlimEvent): void {
		step(this.view, event);
		switch (event.type) {
			case "run.started":
				this.print(`run ${event.runId}: ${event.settings.preset}, ${event.settings.limits.calls} calls at most`);
				return;
			case "attempt.started":
				if (event.attempt > 1) this.print(`attempt ${event.attempt}`);
				return;
			case "model.failed":
				this.print(`the model failed: ${event.message}${event.retryAt ? " – trying again" : ""}`);
				return;
			case "turn.rolled_back":
				this.print(`turn ${event.turn} rolled back: ${event.detail || event.reason}`);
				return;
			case "tool.returned":
				this.tellCall(event.callId);
				return;
			case "run.ended":
				this.print(`${event.outcome}${event.detail && `: ${event.detail}`}`);
				return;
			default:
		}
	}

	private tellCall(callId: string): void {
		const row = this.view.rows[this.view.index.calls.get(callId) ?? -1];
		if (row?.kind !== "call") return;
		const budget = this.view.settings?.limits.calls ?? 0;
		const number = `${String(row.n ?? this.view.calls).padStart(String(budget).length)}/${budget}`;
		this.print(`${number}  ${row.call.name} ${subjectOf(row)} → ${row.summary} (${row.toolMs ?? 0} ms)`);
	}
}

/** What a call is about: its query, its address, else its arguments. */
function subjectOf({ call }: CallRow): string {
	const text = call.args.q ?? call.args.url ?? call.args.query ?? JSON.stringify(call.args);
	const line = String(text).replace(/\s+/g, " ");
	return line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line;
}
