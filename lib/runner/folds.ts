import "server-only";
import { setImmediate } from "node:timers/promises";
import { readSlimEvents } from "../db/events";
import { emptyView, type RunView, step } from "../trajectory/view";

/** Folds kept: as many runs as somebody goes to and fro between. */
const KEPT = 4;
/** A longer run is not folded here: its fold would take up tens of megabytes. */
const MOST_CALLS = 10_000;
/** A page is not kept waiting for longer; the next one finds the fold done. */
const PATIENCE_MS = 250;
const PAGE = 500;

type Held = { soundingsFolds?: Map<string, Promise<RunView>> };

function folds(): Map<string, Promise<RunView>> {
	const held = globalThis as Held;
	held.soundingsFolds ??= new Map();
	return held.soundingsFolds;
}

/**
 * The fold of an ended run's slim events, kept for the next page that asks; undefined when the run is longer than 10,000
 * calls, or when folding takes longer than 250 ms. Not to be changed by whoever gets it.
 */
export async function foldOf({ id, calls }: { id: string; calls: number }): Promise<RunView | undefined> {
	if (calls > MOST_CALLS) return undefined;
	/** One after the other, so that no event is folded in twice. */
	const fold = (folds().get(id) ?? Promise.resolve(emptyView())).then((view) => catchUp(id, view));
	folds().delete(id);
	folds().set(id, fold);
	for (const oldest of [...folds().keys()].slice(0, -KEPT)) folds().delete(oldest);
	void fold.then(undefined, () => folds().delete(id));
	return Promise.race([fold, new Promise<undefined>((give) => setTimeout(give, PATIENCE_MS))]);
}

/** An ended run still gets notes, and may be taken up again. */
async function catchUp(id: string, view: RunView): Promise<RunView> {
	for (;;) {
		const events = await readSlimEvents(id, view.lastSeq, PAGE);
		for (const event of events) step(view, event);
		if (events.length < PAGE) return view;
		await setImmediate();
	}
}
