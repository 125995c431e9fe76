"use client";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import {
	type Moment,
	playOn,
	ReplayAxes,
	type ReplayAxisName,
	type ReplaySpeed,
	stepCalls,
} from "@/lib/trajectory/replay-axis";
import type { ReplayDeck } from "./deck";

/** A tab that was hidden does not leap ahead when it is seen again. */
const LONGEST_FRAME_MS = 250;

const wantsLessMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Plays, pauses and moves a deck. What is shown and what is newest are read from the deck at every render. */
export function useReplay(deck: ReplayDeck) {
	const playhead = useSyncExternalStore(
		deck.subscribe,
		() => deck.playhead,
		() => undefined,
	);
	const count = useSyncExternalStore(
		deck.subscribe,
		() => deck.events.length,
		() => 0,
	);
	const [axis, setAxis] = useState<ReplayAxisName>("time");
	const [speed, setSpeed] = useState<ReplaySpeed>(1);
	const [isPlaying, setPlaying] = useState(false);
	const axes = useMemo(() => ({ of: deck, lines: new ReplayAxes() }), [deck]).lines;
	axes.extend(deck.events);

	useEffect(() => {
		if (!isPlaying) return;
		let last = performance.now();
		let moment: Moment = deck.playhead ?? 1;
		const jumps = wantsLessMotion();
		const frame = (now: number) => {
			const shown = jumps ? Math.floor(moment) : moment;
			if (deck.playhead !== shown && deck.playhead !== undefined) moment = deck.playhead;
			axes.extend(deck.events);
			moment = playOn(axes, moment, { axis, speed, ms: Math.min(LONGEST_FRAME_MS, now - last) });
			last = now;
			deck.seek(jumps ? Math.floor(moment) : moment);
			if (moment >= deck.events.length) setPlaying(false);
			else handle = requestAnimationFrame(frame);
		};
		let handle = requestAnimationFrame(frame);
		return () => cancelAnimationFrame(handle);
	}, [isPlaying, deck, axes, axis, speed]);

	const toggle = useCallback(() => {
		if (!isPlaying && deck.playhead === undefined) deck.seek(1);
		setPlaying(!isPlaying && deck.events.length > 1);
	}, [isPlaying, deck]);
	const step = useCallback(
		(by: number) => {
			setPlaying(false);
			deck.seek(stepCalls(axes, deck.playhead ?? deck.events.length, by));
		},
		[deck, axes],
	);
	const goTo = useCallback((moment: Moment | undefined) => deck.seek(moment), [deck]);
	const toEnd = useCallback(() => {
		setPlaying(false);
		deck.seek(undefined);
	}, [deck]);

	return { axes, axis, setAxis, speed, setSpeed, isPlaying, playhead, count, toggle, step, goTo, toEnd };
}

export type Replay = ReturnType<typeof useReplay>;
