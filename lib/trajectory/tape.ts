import type { SlimEvent } from "./packet";
import { emptyView, type RunView, step } from "./view";

/** Checkpoints kept at most; a longer run doubles the distance between them. */
const CHECKPOINTS = 48;
const FIRST_INTERVAL = 128;

/**
 * The events of one run in order and their fold at any cursor. Taking an event in costs the same however long the run
 * is; going back costs a copy of the nearest checkpoint and the events from there.
 */
export class Tape {
	readonly events: SlimEvent[] = [];
	/** The fold of all events: one growing object, whose rows are replaced when touched. */
	readonly newest: RunView = emptyView();
	#past: RunView = emptyView();
	#checkpoints: RunView[] = [];
	#interval: number;

	/** `interval`: events between two checkpoints to begin with. */
	constructor(interval = FIRST_INTERVAL) {
		this.#interval = interval;
	}

	/** The event must be the one after the last. */
	take(event: SlimEvent): void {
		step(this.newest, event);
		this.events.push(event);
		if (event.seq % this.#interval === 0) this.#keep();
	}

	#keep(): void {
		this.#checkpoints.push(copyOf(this.newest));
		if (this.#checkpoints.length < CHECKPOINTS) return;
		this.#interval *= 2;
		this.#checkpoints = this.#checkpoints.filter(({ lastSeq }) => lastSeq % this.#interval === 0);
	}

	/**
	 * The fold of the events up to `seq`; `newest` itself from the last one on. Going on, the view given before grows in
	 * place like `newest` does; going back gives another object.
	 */
	at(seq: number): RunView {
		if (seq >= this.newest.lastSeq) return this.newest;
		if (seq === this.#past.lastSeq) return this.#past;
		const base = this.#checkpoints.findLast(({ lastSeq }) => lastSeq <= seq);
		const from = base?.lastSeq ?? 0;
		if (this.#past.lastSeq > seq || this.#past.lastSeq < from) this.#past = base ? copyOf(base) : emptyView();
		while (this.#past.lastSeq < seq) {
			const event = this.events[this.#past.lastSeq];
			if (!event) break;
			step(this.#past, event);
		}
		return this.#past;
	}
}

/** A view that grows apart from the one it was copied from. Rows, sources and notes are never changed in place. */
function copyOf(view: RunView): RunView {
	const { line, remarks, index } = view;
	return {
		...view,
		rows: view.rows.slice(),
		sources: new Map(view.sources),
		line: {
			kinds: line.kinds,
			newSources: line.newSources.slice(),
			errors: line.errors.slice(),
			rollbacks: line.rollbacks.slice(),
			steers: line.steers.slice(),
		},
		remarks: { notes: new Map(remarks.notes), labels: new Map(remarks.labels), count: remarks.count },
		index: { calls: new Map(index.calls), turn: index.turn, unseen: index.unseen.slice() },
	};
}
