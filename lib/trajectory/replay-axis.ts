import type { SlimEvent } from "./packet";
import type { ReplayAxisName, ReplaySpeed } from "./replay-choices";

/** A longer wait between two events takes this much room, so that nobody watches a queue. */
export const LONGEST_WAIT_MS = 10_000;

/**
 * A moment of a run: so many events have happened, the fraction is how far the next one has come. Moments run from 1
 * (the question) to the number of events.
 */
export type Moment = number;

/** Lays events out along a line. Places never go back; several events may share one. */
class ReplayAxis {
	readonly #places: number[] = [];

	/** Where the last event stands, in the unit of the axis. */
	get length(): number {
		return this.#places.at(-1) ?? 0;
	}

	add(place: number): void {
		this.#places.push(Math.max(place, this.length));
	}

	placeOf(moment: Moment): number {
		const whole = Math.min(this.#places.length, Math.max(1, Math.floor(moment)));
		const at = this.#places[whole - 1] ?? 0;
		const next = this.#places[whole] ?? at;
		return at + Math.max(0, moment - whole) * (next - at);
	}

	/** The moment at a place: of events that share it, the last one. */
	momentAt(place: number): Moment {
		let low = 1;
		let high = this.#places.length;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((this.#places[middle - 1] ?? 0) <= place) low = middle;
			else high = middle - 1;
		}
		const at = this.#places[low - 1] ?? 0;
		const next = this.#places[low] ?? at;
		return next > at && place > at ? low + (place - at) / (next - at) : low;
	}
}

/** How far a call has come with each of its events; a call ends at a whole number. */
const PROGRESS: Partial<Record<SlimEvent["type"], number>> = {
	"turn.started": 0.05,
	"model.requested": 0.1,
	"model.replied": 0.6,
	"tool.called": 0.7,
};

/** The three axes of one run. Costs the same for each event, so that a live run's axes grow with it. */
export class ReplayAxes {
	readonly time = new ReplayAxis();
	/** One a call, made or rolled back; a reply without calls counts as one. */
	readonly calls = new ReplayAxis();
	/** Tokens the model wrote. */
	readonly tokens = new ReplayAxis();
	/** Milliseconds of waiting that the axis of time leaves out. */
	squeezedMs = 0;
	#taken = 0;
	#at = 0;
	/** Calls begun, and calls begun in the turn that is on. */
	#begun = 0;
	#inTurn = 0;

	/** Takes in what is new in a list that only grows. */
	extend(events: readonly SlimEvent[]): void {
		for (; this.#taken < events.length; this.#taken++) {
			const event = events[this.#taken];
			if (event) this.#take(event);
		}
	}

	#take(event: SlimEvent): void {
		const wait = this.#taken === 0 ? 0 : Math.max(0, event.at - this.#at);
		this.#at = event.at;
		this.squeezedMs += Math.max(0, wait - LONGEST_WAIT_MS);
		this.time.add(this.time.length + Math.min(wait, LONGEST_WAIT_MS));
		this.tokens.add(this.tokens.length + (event.type === "model.replied" ? event.usage.outputTokens : 0));
		this.calls.add(this.#callsAt(event));
	}

	#callsAt(event: SlimEvent): number {
		if (event.type === "turn.started") {
			this.#begun++;
			this.#inTurn = 0;
		}
		if (event.type === "tool.called") {
			if (this.#inTurn > 0) this.#begun++;
			this.#inTurn++;
		}
		if (this.#begun === 0) return 0;
		const isFault = event.type === "model.failed";
		return isFault ? this.calls.length : this.#begun - 1 + (PROGRESS[event.type] ?? 1);
	}
}

const known = new WeakMap<readonly SlimEvent[], ReplayAxes>();

/** The axes of a list of events that only grows, as far as it has grown. */
export function axesOf(events: readonly SlimEvent[]): ReplayAxes {
	const axes = known.get(events) ?? new ReplayAxes();
	known.set(events, axes);
	axes.extend(events);
	return axes;
}

/** Places a millisecond at normal speed: as it was; a call a second; a fast reader's tokens. */
const PACE: Record<ReplayAxisName, number> = { time: 1, calls: 1 / 1000, tokens: 1 / 20 };

/** How long `fit` takes for the whole run. */
const FIT_MS = 30_000;

/** The moment a replay comes to after `ms` of the watcher's time. */
export function playOn(
	axes: ReplayAxes,
	from: Moment,
	{ axis, speed, ms }: { axis: ReplayAxisName; speed: ReplaySpeed; ms: number },
): Moment {
	const line = axes[axis];
	const pace = speed === "fit" ? line.length / FIT_MS : PACE[axis] * speed;
	return Math.max(from, line.momentAt(line.placeOf(from) + pace * ms));
}

/** The moment at which the call before (−1) or after (1) is done; `by` counts calls. */
export function stepCalls({ calls }: ReplayAxes, from: Moment, by: number): Moment {
	const place = calls.placeOf(from);
	const target = by > 0 ? Math.floor(place + 1e-9) + by : Math.ceil(place - 1e-9) + by;
	return calls.momentAt(Math.max(0, Math.min(calls.length, target)));
}
