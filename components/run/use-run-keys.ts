"use client";
import { useEffect } from "react";

/** What single keys do on the run page; they never act while somebody types or a dialog is open. */
export type RunKeys = {
	step(by: number): void;
	end(to: "first" | "last"): void;
	close(): void;
};

const STEPS: Record<string, number> = { j: 1, k: -1 };
/** These scroll the page elsewhere, so they act only inside the timeline. */
const LIST_STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

export function useRunKeys(keys: RunKeys, isOn: boolean): void {
	useEffect(() => {
		const press = (event: KeyboardEvent) => {
			if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			if (act(event, keys, isOn)) event.preventDefault();
		};
		addEventListener("keydown", press);
		return () => removeEventListener("keydown", press);
	}, [keys, isOn]);
}

function act(event: KeyboardEvent, keys: RunKeys, isOn: boolean): boolean {
	if (event.key === "Escape") {
		keys.close();
		return true;
	}
	if (!isOn) return false;
	const inList =
		event.target === document.body || (event.target instanceof Element && event.target.closest("[data-timeline]"));
	const by = STEPS[event.key] ?? (inList ? LIST_STEPS[event.key] : undefined);
	if (by !== undefined) {
		keys.step(by);
		return true;
	}
	if (!inList || (event.key !== "Home" && event.key !== "End")) return false;
	keys.end(event.key === "Home" ? "first" : "last");
	return true;
}

function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (document.querySelector("[role=dialog]")) return true;
	return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
