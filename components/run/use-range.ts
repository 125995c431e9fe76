"use client";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { keyTarget } from "./use-line";
import { useLook } from "./use-look";
import { useRunDesk } from "./use-run";

/** Left of this the scale stands: a drag that begins there selects. */
const SCALE_WIDTH = 34;
/** Less movement than this is a click. */
const STILL = 4;

type Drag = { from: number; y: number; isRange: boolean };

/**
 * Selects calls on the sounding line: Shift and drag, a drag from the scale, Shift and the arrows. Handlers answer
 * whether they took the event.
 */
export function useRange(at: number, callUnder: (event: PointerEvent) => number) {
	const { store } = useRunDesk();
	const { filter, setFilter } = useLook();
	const drag = useRef<Drag>(undefined);
	/** The end that stays while the keys move the other. */
	const anchor = useRef(0);
	const { range } = filter;
	const select = (one: number, two: number) =>
		setFilter({ ...filter, range: { from: Math.min(one, two), to: Math.max(one, two) } });

	return {
		down(event: PointerEvent): boolean {
			const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
			if (!event.shiftKey && x > SCALE_WIDTH) return false;
			const from = callUnder(event);
			drag.current = { from, y: event.clientY, isRange: false };
			return event.shiftKey;
		},
		move(event: PointerEvent): boolean {
			const held = drag.current;
			if (!held) return false;
			if (!held.isRange && Math.abs(event.clientY - held.y) < STILL) return true;
			held.isRange = true;
			anchor.current = held.from;
			select(held.from, callUnder(event));
			return true;
		},
		up(): void {
			drag.current = undefined;
		},
		key(event: KeyboardEvent): boolean {
			if (!event.shiftKey || event.altKey) return false;
			const isExtended = range !== undefined && (anchor.current === range.from || anchor.current === range.to);
			if (!isExtended) anchor.current = at;
			const moving = isExtended && range.from === anchor.current ? range.to : (range?.from ?? at);
			const target = keyTarget(event, isExtended ? moving : at, store);
			if (target === undefined) return false;
			select(anchor.current, target);
			return true;
		},
	};
}
