import "server-only";
import { ask } from "./library";

type Held = { soundingsLine?: { isReading: boolean; again: boolean; left: boolean } };

/** One line in the process, however often this file is bundled. */
function line(): NonNullable<Held["soundingsLine"]> {
	const held = globalThis as Held;
	held.soundingsLine ??= { isReading: false, again: false, left: false };
	return held.soundingsLine;
}

/**
 * Reads the files that wait, one after another, until none is left; then removes for good what was put away long enough
 * ago. Called at the start, whenever something was sent or removed, and every few seconds: a call while it reads is
 * enough to go through the line once more. Never rejects.
 */
export async function takeInWaiting(): Promise<void> {
	const now = line();
	now.again = true;
	if (now.isReading) return;
	now.isReading = true;
	while (now.again) {
		now.again = false;
		await readAll().catch(() => undefined);
	}
	now.isReading = false;
}

async function readAll(): Promise<void> {
	await ask("purge");
	while (!line().left && (await ask("takeInNext")));
}

/** Lets go of the file that is being read, so that the next process begins with it at once. */
export async function leaveLine(): Promise<void> {
	line().left = true;
	await ask("releaseIntakes").catch(() => undefined);
}
