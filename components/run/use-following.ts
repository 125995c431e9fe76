"use client";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

type Following = {
	scroller: HTMLElement | null;
	startsAtEnd: boolean;
	/** Whether rows may still arrive; a finished run is not followed. */
	isLive: boolean;
	/** A replay is followed like a live run, from the start. */
	isReplay: boolean;
	/** Of the list: when it grows and the reader is at the end, the view goes along. */
	height: number;
};

/** Closer to the end than this is at the end. */
const SLACK = 32;
/** A move so soon after one of these is the reader's own. */
const INPUT_MS = 1000;
/** So long after a turn of the wheel upwards the end is not taken for a wish to stay there. */
const LEAVING_MS = 300;
const INPUTS = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

/** Keeps the view at the end while the reader is there. Going up leaves; coming back to the end follows again. */
export function useFollowing({ scroller, startsAtEnd, isLive, isReplay, height }: Following) {
	const [isFollowing, setFollowing] = useState(startsAtEnd);
	const last = useRef({ top: 0, height: 0 });

	useEffect(() => {
		if (!scroller) return;
		let touched = 0;
		let left = 0;
		const touch = (event: Event) => {
			touched = Date.now();
			if (!(event instanceof WheelEvent) || event.deltaY >= 0) return;
			// At once: rows that come in before the browser has scrolled would pull the reader back.
			left = touched;
			setFollowing(false);
		};
		const look = () => {
			const { scrollTop, scrollHeight, clientHeight } = scroller;
			const isAtEnd = scrollHeight - scrollTop - clientHeight < SLACK;
			// Rows measured smaller than they were estimated pull the view up, too: that is nobody's going up.
			const isPulled = scrollHeight < last.current.height && Date.now() - touched > INPUT_MS;
			if (isAtEnd && Date.now() - left > LEAVING_MS) setFollowing(true);
			else if (!isAtEnd && scrollTop < last.current.top - 1 && !isPulled) setFollowing(false);
			last.current = { top: scrollTop, height: scrollHeight };
		};
		const leave = new AbortController();
		const options = { passive: true, signal: leave.signal };
		scroller.addEventListener("scroll", look, options);
		for (const input of INPUTS) scroller.addEventListener(input, touch, options);
		return () => leave.abort();
	}, [scroller]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: a new height is what there is to follow.
	useLayoutEffect(() => {
		if (isFollowing && (isLive || isReplay) && scroller) scroller.scrollTop = scroller.scrollHeight;
	}, [isFollowing, isLive, isReplay, scroller, height]);

	useEffect(() => {
		if (isReplay) setFollowing(true);
	}, [isReplay]);

	const leave = useCallback(() => setFollowing(false), []);
	const goToEnd = useCallback(() => {
		setFollowing(true);
		if (scroller) scroller.scrollTop = scroller.scrollHeight;
	}, [scroller]);
	return { isFollowing, leave, goToEnd };
}
