export type KeptFinding<Found> = {
	/** The newest event's number: what was found is old when it has grown. */
	seqNow: () => number;
	ask: () => Promise<Found>;
	onFound: (found: Found) => void;
	/** ms of rest before the first asking. */
	restMs: number;
	/** ms between an answer and the next asking, while the run grows. */
	againMs: number;
};

/**
 * Asks once the typing rests, and again after each answer when the run has grown since. One asking at a time, each
 * heard out: events that come faster than an answer must not put the answer off for ever. Returns what ends it.
 */
export function keepFinding<Found>({ seqNow, ask, onFound, restMs, againMs }: KeptFinding<Found>): () => void {
	let isOver = false;
	let seenSeq: number | undefined;
	const look = async () => {
		const seq = seqNow();
		if (seq !== seenSeq) {
			seenSeq = seq;
			const found = await ask();
			if (isOver) return;
			onFound(found);
		}
		timer = setTimeout(look, againMs);
	};
	let timer = setTimeout(look, restMs);
	return () => {
		isOver = true;
		clearTimeout(timer);
	};
}
