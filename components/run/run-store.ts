import type { Packet, RunSummary, SlimEvent } from "@/lib/trajectory/packet";
import { isTurnRow, type Row } from "@/lib/trajectory/row";
import { emptyView, type RunState, type RunView, step } from "@/lib/trajectory/view";
import { fuller, grow, type LiveTurn, silentTurn } from "./live-turn";

/** Whether the server has sent all it had stored: what follows is live. */
export const endsCatchUp = (packet: Packet): boolean =>
	packet.t === "state" ||
	packet.t === "partial" ||
	(packet.t === "events" && (packet.done || packet.events.length === 0));

type Paint = (flush: () => void) => void;
type Intake = "ok" | "gap";

const onFrame: Paint = (flush) => {
	if (document.visibilityState === "hidden") setTimeout(flush, 100);
	else requestAnimationFrame(flush);
};

/**
 * The state of one run in this tab, fed by packets that may repeat. `view` is one growing object whose rows are
 * replaced when touched; `version` grows with every event. Listeners hear of changes at most once a paint.
 */
export class RunStore {
	/** The cached summary the server rendered the page with: the header before the first event is here. */
	readonly summary: RunSummary;
	readonly view: RunView = emptyView();
	version = 0;
	state: RunState;
	/** Why the run waits or is recovered, in plain words; empty otherwise. */
	stateDetail: string;
	/** The reply that is being written. */
	live: LiveTurn | undefined;
	/** What the running tool says of itself. */
	progress: { callId: string; text: string } | undefined;
	/** All stored events are here: nothing is being caught up. */
	isCaughtUp = false;
	readonly #listeners = new Set<() => void>();
	readonly #paint: Paint;
	#isPainting = false;

	constructor(summary: RunSummary, paint: Paint = onFrame) {
		this.summary = summary;
		this.state = summary.state;
		this.stateDetail = summary.state === "ended" ? "" : summary.detail;
		this.#paint = paint;
	}

	get runId(): string {
		return this.summary.id;
	}

	row(index: number): Row | undefined {
		return this.view.rows[index];
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/**
	 * Takes a packet in. "gap": something before it is missing and it was left out; subscribe again after
	 * `view.lastSeq`. Repeats are dropped.
	 */
	take(packet: Packet): Intake {
		if (endsCatchUp(packet)) this.isCaughtUp = true;
		const taken = this.#takeOne(packet);
		this.#changed();
		return taken;
	}

	#changed(): void {
		if (this.#isPainting) return;
		this.#isPainting = true;
		this.#paint(() => {
			this.#isPainting = false;
			for (const listener of this.#listeners) listener();
		});
	}

	#takeOne(packet: Packet): Intake {
		switch (packet.t) {
			case "events":
				return this.#takeEvents(packet.events, packet.state);
			case "partial":
			case "delta":
				return this.#takeText(packet);
			case "progress":
				this.progress = { callId: packet.callId, text: packet.text };
				return "ok";
			case "state":
				this.#say(packet.state);
				this.stateDetail = packet.detail;
				return "ok";
			default:
				return "ok";
		}
	}

	#takeEvents(events: readonly SlimEvent[], state: RunState): Intake {
		for (const event of events) {
			if (event.seq <= this.view.lastSeq) continue;
			if (event.seq !== this.view.lastSeq + 1) return "gap";
			this.#takeEvent(event);
		}
		this.#say(state);
		return "ok";
	}

	#takeEvent(event: SlimEvent): void {
		step(this.view, event);
		this.version++;
		if (event.type === "turn.started" || event.type === "model.failed") this.live = silentTurn(event.turn);
		else if (event.type === "model.replied" || event.type === "turn.rolled_back") this.live = undefined;
		else if (event.type === "tool.returned") this.progress = undefined;
		else if (event.type === "run.ended") {
			this.live = undefined;
			this.progress = undefined;
		}
	}

	/** While the past of an ended run is coming in it stays ended, whatever the batches say. */
	#say(told: RunState): void {
		const isPast = !this.isCaughtUp && this.summary.state === "ended";
		this.state = this.view.state === "ended" || isPast ? "ended" : told;
	}

	#takeText(packet: Extract<Packet, { t: "partial" | "delta" }>): Intake {
		const { turn } = packet;
		const place = this.#placeOf(turn);
		if (place !== "open") return place === "gap" ? "gap" : "ok";
		const live = this.live?.turn === turn ? this.live : silentTurn(turn);
		const grown = packet.t === "partial" ? fuller(live, packet) : grow(live, packet);
		if (grown === "gap") return "gap";
		this.live = grown;
		return "ok";
	}

	/** Whether a live packet belongs to the turn being written: later ones miss an event, earlier ones are history. */
	#placeOf(turn: number): "open" | "past" | "gap" {
		const newest = this.view.rows[this.view.index.turn];
		const last = isTurnRow(newest) ? newest.turn : 0;
		if (turn > last) return "gap";
		return turn === last && newest?.kind === "open" ? "open" : "past";
	}
}
