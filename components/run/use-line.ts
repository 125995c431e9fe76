"use client";
import type { KeyboardEvent, RefObject } from "react";
import { useSyncExternalStore } from "react";
import { pitchOf } from "@/lib/trajectory/line-pitch";
import { rowMs, rowOfCall } from "./row-facts";
import type { RunStore } from "./run-store";
import { useNewest, useRunDesk } from "./use-run";
import { useRunWords } from "./use-run-words";

/** The run's depth along a line: what was called, of how much, and the pixels a call takes. */
export function useDepth(length: number) {
	const { store } = useRunDesk();
	const { view } = useNewest();
	const isHere = store.isCaughtUp || view.state === "ended";
	/** The fold when it is here, the cached summary before. */
	const { calls, line: marks } = isHere ? view : store.summary;
	const budget = view.settings?.limits.calls ?? store.summary.budget;
	return { calls, budget, marks, pitch: pitchOf({ budget, length }) };
}

/** How long a box is, as long as it is on the page. */
export function useLength(box: RefObject<HTMLElement | null>, side: "clientHeight" | "clientWidth"): number {
	const subscribe = (listener: () => void) => {
		if (!box.current) return () => undefined;
		const observer = new ResizeObserver(listener);
		observer.observe(box.current);
		return () => observer.disconnect();
	};
	return useSyncExternalStore(
		subscribe,
		() => box.current?.[side] ?? 0,
		() => 0,
	);
}

/** What a screen reader says of the cursor's place. */
export function useCursorText(at: number, calls: number, budget: number): string {
	const { store } = useRunDesk();
	const { t, count, duration } = useRunWords();
	if (calls === 0) return t("line.none", { budget: count(budget) });
	const row = store.newestRows[rowOfCall(store.newestRows, at) ?? -1];
	const place = t("line.place", { n: count(at), calls: count(calls), budget: count(budget) });
	if (row?.kind !== "call") return place;
	const ms = rowMs(row);
	return [place, row.call.name, ...(ms === undefined ? [] : [duration(ms)])].join(", ");
}

/** Where a key moves the cursor on the line; undefined when the key means nothing there. Depth grows downward. */
export function keyTarget(event: KeyboardEvent, at: number, store: RunStore): number | undefined {
	const { calls, line } = store.isEarly ? store.summary : store.newest;
	const steps: Record<string, number> = {
		ArrowDown: at + 1,
		ArrowRight: at + 1,
		ArrowUp: at - 1,
		ArrowLeft: at - 1,
		PageDown: at + 10,
		PageUp: at - 10,
		Home: 1,
		End: calls,
	};
	const target = steps[event.key];
	if (target === undefined || event.ctrlKey || event.metaKey) return undefined;
	if (event.altKey) return nextMark([...line.errors, ...line.rollbacks], at, Math.sign(target - at));
	return Math.max(1, Math.min(calls, target));
}

/** Stays where there is none: a key let through would leave the page (Alt and an arrow is the browser's "back"). */
function nextMark(marks: number[], at: number, direction: number): number {
	const ahead = marks.filter((mark) => (mark - at) * direction > 0);
	if (ahead.length === 0) return at;
	return direction > 0 ? Math.min(...ahead) : Math.max(...ahead);
}
