import type { SlimEvent } from "@/lib/trajectory/packet";
import type { Moment } from "@/lib/trajectory/replay-axis";
import type { RunView } from "@/lib/trajectory/view";

/** What a replay moves: the events of a run and a playhead over them. The bar asks for nothing else. */
export type ReplayDeck = {
	/** In order; the list only grows. */
	readonly events: readonly SlimEvent[];
	/** The fold of all events, and of those up to the playhead. */
	readonly newest: RunView;
	readonly view: RunView;
	/** Undefined at the end, where new events show at once. */
	readonly playhead: Moment | undefined;
	/** Epoch ms of the moment that is shown; undefined at the end. */
	readonly shownAt: number | undefined;
	/** Without a moment, and from the last event on: the end. */
	seek(moment: Moment | undefined): void;
	subscribe(listener: () => void): () => void;
};
