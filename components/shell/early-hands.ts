import type { EarlyHolder, EarlyPress } from "./early-presses";

/** Holds what a person presses from the first paint on. Runs as a script of its own, before all others: it may use nothing from outside. */
function holdEarlyPresses(): void {
	const holder = globalThis as EarlyHolder;
	const held: EarlyPress[] = [];
	const onClick = (event: MouseEvent) => {
		const target = event.target instanceof Element ? event.target.closest("button, [role=tab], [role=slider]") : null;
		if (!target) return;
		event.preventDefault();
		event.stopPropagation();
		held.push({ target, press: "click" });
	};
	/** What the browser does with a key on these it does without a script; along tabs and sliders a script moves. */
	const isMove = (key: string, target: Element) =>
		/^(Arrow|Page|Home$|End$)/.test(key) && target.closest("[role=tab], [role=slider]") !== null;
	const onKey = (event: KeyboardEvent) => {
		const { target, key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
		if (!(target instanceof Element) || altKey || key === "Tab") return;
		const isPalette = (ctrlKey || metaKey) && key.toLowerCase() === "k";
		if ((ctrlKey || metaKey) && !isPalette) return;
		const isOurs = isPalette || isMove(key, target);
		if (!isOurs && target.closest("input, textarea, select, button, a, summary, [role=tab], [role=slider]")) return;
		if (isOurs) event.preventDefault();
		// A listener that is there already must not act on what is given on again.
		event.stopImmediatePropagation();
		held.push({ target, press: { key, code, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true } });
	};
	addEventListener("click", onClick, true);
	addEventListener("keydown", onKey, true);
	holder.soundingsEarly = {
		held,
		stop() {
			removeEventListener("click", onClick, true);
			removeEventListener("keydown", onKey, true);
		},
	};
}

/** The script that stands first in every page of the workbench. */
export const EARLY_HANDS = `(${holdEarlyPresses})()`;
