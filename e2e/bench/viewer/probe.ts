import type { Page } from "playwright";

/** What the page under test reports of itself; times in ms since the navigation began. */
export type Probe = { row?: number; usable?: number };

declare global {
	interface Window {
		probe: Probe;
		isComplete?: boolean;
		/** Resolves with the ms from the newest press or pointer-down until `isDone` holds and a frame was painted. */
		answered(isDone: string, state?: string): Promise<number>;
		stateOf(what: string): string;
		jump?: (n: number) => void;
	}
}

/** Runs before the page's own script: notes when the row at the cursor is painted, presses `j` once, notes the answer. */
export function install(): void {
	const probe: Probe = {};
	window.probe = probe;
	const chosen = () => document.querySelector("[data-timeline] [aria-current]")?.getAttribute("data-row");
	window.stateOf = (what) =>
		what === "row"
			? (chosen() ?? "")
			: (document.querySelector(`[role=slider][aria-label^="${what}"]`)?.ariaValueText ?? "");
	let first: string | null | undefined;
	const painted = (note: () => void) => requestAnimationFrame(() => requestAnimationFrame(note));
	const press = () =>
		document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true }));
	/** Looks when something changed, not at every frame: a page that is watched all the time is slower than one in use. */
	const watch = new MutationObserver(() => {
		const now = chosen();
		if (now === undefined || now === first) return;
		if (first === undefined) {
			first = now;
			painted(() => {
				probe.row = performance.now();
				press();
			});
		} else if (probe.row !== undefined) {
			watch.disconnect();
			requestAnimationFrame(() => {
				probe.usable = performance.now();
			});
		}
	});
	watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-current"] });
	let began = 0;
	const note = () => {
		began = performance.now();
	};
	addEventListener("keydown", note, { capture: true });
	addEventListener("pointerdown", note, { capture: true });
	window.answered = (what, before) =>
		new Promise((resolve, reject) => {
			const wait = () => {
				if (performance.now() - began > 20_000) reject(new Error(`No answer: ${what} is still ${before}.`));
				else if (window.stateOf(what) === before) requestAnimationFrame(wait);
				else requestAnimationFrame(() => resolve(performance.now() - began));
			};
			wait();
		});
}

/** Frame times in ms while the list is scrolled by 600 px a frame. */
export const scrollFrames = (page: Page): Promise<number[]> =>
	page.evaluate(async () => {
		const pane = document.querySelector("[data-timeline]");
		const times: number[] = [];
		let last = performance.now();
		if (pane) pane.scrollTop = 0;
		for (let frame = 0; pane && frame < 120; frame++) {
			pane.scrollTop += 600;
			await new Promise((painted) => requestAnimationFrame(painted));
			times.push(performance.now() - last);
			last = performance.now();
		}
		return times.slice(2);
	});

export const nodeCount = (page: Page): Promise<number> => page.evaluate(() => document.querySelectorAll("*").length);
