export type UndoKind = "runs" | "documents" | "collections";
/** What was just removed, and when that can no longer be taken back (epoch ms). */
export type Undo = { kind: UndoKind; ids: string[]; until: number };

const UNDO_MS = 10_000;

/** At most one of a kind, the newest last. */
let undos: readonly Undo[] = [];
const timers = new Map<UndoKind, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function set(kind: UndoKind, next: Undo | undefined): void {
	clearTimeout(timers.get(kind));
	const others = undos.filter((undo) => undo.kind !== kind);
	undos = next ? [...others, next] : others;
	for (const listener of listeners) listener();
}

/** Lets a removal be taken back for 10 s, on whatever page one goes to; a later one of its kind joins it. */
export function leaveToUndo(kind: UndoKind, ids: readonly string[]): void {
	const before = undos.find((undo) => undo.kind === kind)?.ids ?? [];
	set(kind, { kind, ids: [...before, ...ids], until: Date.now() + UNDO_MS });
	timers.set(
		kind,
		setTimeout(() => set(kind, undefined), UNDO_MS),
	);
}

/** It was taken back, or is let go. */
export const forgetUndo = (kind: UndoKind): void => set(kind, undefined);

export const readUndos = (): readonly Undo[] => undos;

export function subscribeUndo(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
