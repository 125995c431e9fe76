/** What was pressed before the page could take it. */
export type EarlyPress = { target: Element; press: "click" | KeyboardEventInit };
export type EarlyHolder = { soundingsEarly?: { held: EarlyPress[]; stop(): void } };

/** Marks a part that the server has drawn and no script has taken over yet (`LatePart`). */
export const LATE = "data-late";
const LOOK_MS = 20;
const MOST_LOOKS = 250;

/**
 * Gives on, in its order, what was held, now that the page takes it, each press when the one before has done its work;
 * from here on nothing is held. Waits at most 5 s for late parts.
 */
export async function giveOnEarlyPresses(): Promise<void> {
	const early = (globalThis as EarlyHolder).soundingsEarly;
	if (!early) return;
	for (let looks = 0; looks < MOST_LOOKS && document.querySelector(`[${LATE}]`); looks++)
		await new Promise((again) => setTimeout(again, LOOK_MS));
	early.stop();
	for (const { target, press } of early.held.splice(0)) {
		const at = target.isConnected ? target : document.body;
		if (press !== "click") at.dispatchEvent(new KeyboardEvent("keydown", press));
		else if (at instanceof HTMLElement && at !== document.body) at.click();
		// What a press changes is drawn in a microtask of its own.
		await Promise.resolve();
	}
}
