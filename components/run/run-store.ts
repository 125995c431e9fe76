import type { FirstRows } from "@/lib/trajectory/first-rows";
import { type Packet, type RunSummary, type SlimEvent, unpack } from "@/lib/trajectory/packet";
import type { Moment } from "@/lib/trajectory/replay-axis";
import { isTurnRow, type Row } from "@/lib/trajectory/row";
import type { RunState } from "@/lib/trajectory/run-state";
import type { SharedPast } from "@/lib/trajectory/shared-past";
import { Tape } from "@/lib/trajectory/tape";
import type { RunView } from "@/lib/trajectory/view";
import { writingAt } from "@/lib/trajectory/writing";
import { fuller, grow, type LiveTurn, silentTurn } from "./live-turn";

/** Whether the server has sent all it had stored: what follows is live. */
export const endsCatchUp = (packet: Packet): boolean =>
	packet.t === "state" ||
	packet.t === "partial" ||
	(packet.t === "stored" && packet.done) ||
	(packet.t === "events" && (packet.done || packet.events.length === 0));

/** A past that is coming in is drawn this often: each drawing takes longer the longer the run is. */
const PAST_PAINT_MS = 150;

type Paint = (flush: () => void) => void;
type Intake = "ok" | "gap";

const onFrame: Paint = (flush) => {
	if (document.visibilityState === "hidden") setTimeout(flush, 100);
	else requestAnimationFrame(flush);
};

/** As many places as the run has rows, with those filled that are here. */
function placed({ from, rows, count }: FirstRows): (Row | undefined)[] {
	const places = new Array<Row | undefined>(count);
	for (const [at, row] of rows.entries()) places[from + at] = row;
	return places;
}

/** What a run does and says as of its last event, beside its fold. */
type Newest = {
	state: RunState;
	/** Why the run waits or is recovered, in plain words; empty otherwise. */
	stateDetail: string;
	/** The reply that is being written. */
	live: LiveTurn | undefined;
	/** What the running tool says of itself. */
	progress: { callId: string; text: string } | undefined;
};

/**
 * The state of one run in this tab, fed by packets that may repeat. `view`, `state`, `live` and their like are what is
 * shown: the run as it stood at the playhead, or as it stands when there is none. What is newest has names of its own.
 * A view is one growing object whose rows are replaced when touched; a version grows with each change of its view.
 * Listeners hear of changes at most once a paint.
 */
export class RunStore {
	/** The cached summary the server rendered the page with: the header before the first event is here. */
	readonly summary: RunSummary;
	readonly tape = new Tape();
	readonly #newest: Newest;
	/** The moment that is shown; undefined at the end, where new events show at once. */
	playhead: Moment | undefined;
	#written: { moment: Moment; live: LiveTurn | undefined } | undefined;
	version = 0;
	newestVersion = 0;
	/** All stored events are here: nothing is being caught up. */
	isCaughtUp = false;
	/** What came with the page, shown until the run itself is here. */
	#early: { rows: readonly (Row | undefined)[]; hasAnswer: boolean; past: SharedPast | undefined } | undefined;
	readonly #listeners = new Set<() => void>();
	readonly #paint: Paint;
	#isPainting = false;
	#paintedAt = Number.NEGATIVE_INFINITY;

	constructor(summary: RunSummary, first?: FirstRows, paint: Paint = onFrame) {
		this.summary = summary;
		this.#early = first && { rows: placed(first), hasAnswer: first.hasAnswer, past: first.past };
		const stateDetail = summary.state === "ended" ? "" : summary.detail;
		this.#newest = { state: summary.state, stateDetail, live: undefined, progress: undefined };
		this.#paint = paint;
	}

	get events(): readonly SlimEvent[] {
		return this.tape.events;
	}

	/** The fold of all events that are here. */
	get newest(): RunView {
		return this.tape.newest;
	}

	get newestState(): RunState {
		return this.#newest.state;
	}

	get view(): RunView {
		return this.playhead === undefined ? this.tape.newest : this.tape.at(Math.floor(this.playhead));
	}

	get state(): RunState {
		return this.playhead === undefined ? this.#newest.state : this.view.state;
	}

	get stateDetail(): string {
		return this.playhead === undefined ? this.#newest.stateDetail : "";
	}

	get live(): LiveTurn | undefined {
		return this.playhead === undefined ? this.#newest.live : this.#writtenAt(this.playhead);
	}

	get progress(): Newest["progress"] {
		return this.playhead === undefined ? this.#newest.progress : undefined;
	}

	/** The reply that was being written at a moment of the past, from its record; the same object for the same moment. */
	#writtenAt(moment: Moment): LiveTurn | undefined {
		if (this.#written?.moment === moment) return this.#written.live;
		const share = moment % 1;
		const next = share > 0 ? this.events[Math.floor(moment)] : undefined;
		const live = next?.type === "model.replied" ? writingAt(next, share) : undefined;
		this.#written = { moment, live };
		return live;
	}

	/** Epoch ms of the moment that is shown, between two events by the share of the way; undefined when it is now. */
	get shownAt(): number | undefined {
		if (this.playhead === undefined) return undefined;
		const { lastAt } = this.view;
		const next = this.events[Math.floor(this.playhead)]?.at ?? lastAt;
		return Math.round(lastAt + (this.playhead % 1) * (next - lastAt));
	}

	/** Shows the run as it stood at a moment; at the last event or behind it, and without one, as it stands. */
	seek(moment: Moment | undefined): void {
		const isPast = moment !== undefined && moment < this.newest.lastSeq;
		const playhead = isPast ? Math.max(1, moment) : undefined;
		if (playhead === this.playhead) return;
		const before = this.playhead && Math.floor(this.playhead);
		this.playhead = playhead;
		this.#early = undefined;
		if (before === undefined || before !== (playhead && Math.floor(playhead))) this.version++;
		this.#changed();
	}

	get runId(): string {
		return this.summary.id;
	}

	/** The rows that came with the page stand there, and the run itself is on its way. */
	get isEarly(): boolean {
		return this.#early !== undefined;
	}

	/** What a fork shares with its parent, until the run is here and tells it. */
	get earlyPast(): SharedPast | undefined {
		return this.#early?.past;
	}

	/** The rows that are shown, by index. Until the run is here there may be none at an index. */
	get rows(): readonly (Row | undefined)[] {
		return (this.#early ?? this.view).rows;
	}

	/** Like `rows`, wherever the playhead stands. */
	get newestRows(): readonly (Row | undefined)[] {
		return (this.#early ?? this.newest).rows;
	}

	row(index: number): Row | undefined {
		return this.rows[index];
	}

	get hasAnswer(): boolean {
		return this.#early?.hasAnswer ?? this.view.answer !== undefined;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/**
	 * Takes a packet in. "gap": something before it is missing and it was left out; subscribe again after
	 * `newest.lastSeq`. Repeats are dropped.
	 */
	take(packet: Packet): Intake {
		if (endsCatchUp(packet)) this.isCaughtUp = true;
		const taken = this.#takeOne(unpack(packet));
		if (this.isCaughtUp) this.#early = undefined;
		if (this.isCaughtUp || taken === "gap" || this.#isPaintDue()) this.#changed();
		return taken;
	}

	/** Nothing of a past that is coming in shows as long as the rows stand there that came with the page. */
	#isPaintDue(): boolean {
		return this.#early === undefined && performance.now() - this.#paintedAt > PAST_PAINT_MS;
	}

	#changed(): void {
		if (this.#isPainting) return;
		this.#isPainting = true;
		this.#paint(() => {
			this.#isPainting = false;
			this.#paintedAt = performance.now();
			for (const listener of this.#listeners) listener();
		});
	}

	#takeOne(packet: ReturnType<typeof unpack>): Intake {
		switch (packet.t) {
			case "events":
				return this.#takeEvents(packet.events, packet.state);
			case "partial":
			case "delta":
				return this.#takeText(packet);
			case "progress":
				this.#newest.progress = { callId: packet.callId, text: packet.text };
				return "ok";
			case "state":
				this.#say(packet.state);
				this.#newest.stateDetail = packet.detail;
				return "ok";
			default:
				return "ok";
		}
	}

	#takeEvents(events: readonly SlimEvent[], state: RunState): Intake {
		for (const event of events) {
			if (event.seq <= this.newest.lastSeq) continue;
			if (event.seq !== this.newest.lastSeq + 1) return "gap";
			this.#takeEvent(event);
		}
		this.#say(state);
		return "ok";
	}

	#takeEvent(event: SlimEvent): void {
		this.tape.take(event);
		this.newestVersion++;
		if (this.playhead === undefined) this.version++;
		if (event.type === "turn.started" || event.type === "model.failed") this.#newest.live = silentTurn(event.turn);
		else if (event.type === "model.replied" || event.type === "turn.rolled_back") this.#newest.live = undefined;
		else if (event.type === "tool.returned") this.#newest.progress = undefined;
		else if (event.type === "run.ended") {
			this.#newest.live = undefined;
			this.#newest.progress = undefined;
		}
	}

	/** While the past of an ended run is coming in it stays ended, whatever the batches say. */
	#say(told: RunState): void {
		const isPast = !this.isCaughtUp && this.summary.state === "ended";
		this.#newest.state = this.newest.state === "ended" || isPast ? "ended" : told;
	}

	#takeText(packet: Extract<Packet, { t: "partial" | "delta" }>): Intake {
		const { turn } = packet;
		const place = this.#placeOf(turn);
		if (place !== "open") return place === "gap" ? "gap" : "ok";
		const live = this.#newest.live?.turn === turn ? this.#newest.live : silentTurn(turn);
		const grown = packet.t === "partial" ? fuller(live, packet) : grow(live, packet);
		if (grown === "gap") return "gap";
		this.#newest.live = grown;
		return "ok";
	}

	/** Whether a live packet belongs to the turn being written: later ones miss an event, earlier ones are history. */
	#placeOf(turn: number): "open" | "past" | "gap" {
		const newest = this.newest.rows[this.newest.index.turn];
		const last = isTurnRow(newest) ? newest.turn : 0;
		if (turn > last) return "gap";
		return turn === last && newest?.kind === "open" ? "open" : "past";
	}
}
