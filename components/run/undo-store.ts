/** Runs that were just deleted, and when that can no longer be taken back (epoch ms). */
export type Undo = { runIds: string[]; until: number };

const UNDO_MS = 10_000;

let undo: Undo | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: Undo | undefined): void {
	undo = next;
	for (const listener of listeners) listener();
}

/** Lets a deletion be taken back for 10 s, on whatever page one goes to; a later one joins those still waiting. */
export function leaveToUndo(runIds: readonly string[]): void {
	clearTimeout(timer);
	const before = undo?.runIds ?? [];
	set({ runIds: [...before, ...runIds], until: Date.now() + UNDO_MS });
	timer = setTimeout(() => set(undefined), UNDO_MS);
}

/** It was taken back, or is let go. */
export function forgetUndo(): void {
	clearTimeout(timer);
	set(undefined);
}

export const readUndo = (): Undo | undefined => undo;

export function subscribeUndo(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
