import "server-only";
import { readEvents } from "../db/events";
import { readSummary } from "../db/runs";
import type { RunEvent } from "../trajectory/event";
import { hub } from "./live";

/** A run that another process executes is followed by looking at the journal this often. */
const POLL_MS = 400;
const BATCH = 200;

/**
 * The recorded events of a run after `afterSeq`, in batches, then each new one until the run has ended. An empty batch
 * says that nothing happened for `idleMs`. Ends early when `signal` aborts.
 */
export async function* tailEvents(
	runId: string,
	afterSeq: number,
	signal: AbortSignal,
	idleMs = 15_000,
): AsyncGenerator<RunEvent[]> {
	let seq = afterSeq;
	let quietSince = performance.now();
	while (!signal.aborted) {
		const isOver = (await readSummary(runId))?.state === "ended";
		const events = await readEvents(runId, seq, BATCH);
		const last = events.at(-1);
		if (last) {
			seq = last.seq;
			quietSince = performance.now();
			yield events;
		} else if (isOver) return;
		else {
			if (performance.now() - quietSince >= idleMs) {
				quietSince = performance.now();
				yield [];
			}
			await somethingNew(runId, signal);
		}
	}
}

/** Resolves with the next event of a run of this process, and otherwise after a moment. */
async function somethingNew(runId: string, signal: AbortSignal): Promise<void> {
	const listeners = hub().live.get(runId)?.listeners;
	await new Promise<void>((resolve) => {
		const wake = () => {
			clearTimeout(timer);
			listeners?.delete(listener);
			signal.removeEventListener("abort", wake);
			resolve();
		};
		const listener = ({ kind }: { kind: string }) => kind === "event" && wake();
		const timer = setTimeout(wake, POLL_MS);
		listeners?.add(listener);
		signal.addEventListener("abort", wake);
	});
}
