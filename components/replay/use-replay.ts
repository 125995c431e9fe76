"use client";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { afterFirstRows } from "@/components/run/first-rows";
import type { Moment } from "@/lib/trajectory/replay-axis";
import type { ReplayAxisName, ReplaySpeed } from "@/lib/trajectory/replay-choices";
import type { ReplayDeck } from "./deck";

/** What lays the events out along the axes; a press that comes before it is carried out when it is there. */
const load = () => import("@/lib/trajectory/replay-axis");
type Laying = Awaited<ReturnType<typeof load>>;

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
	const [laying, setLaying] = useState<Laying>();
	useEffect(() => {
		void afterFirstRows(load).then((loaded) => setLaying(loaded));
	}, []);
	const axes = laying?.axesOf(deck.events);

	useEffect(() => {
		if (!isPlaying || !laying) return;
		let last = performance.now();
		let moment: Moment = deck.playhead ?? 1;
		const jumps = wantsLessMotion();
		const frame = (now: number) => {
			const shown = jumps ? Math.floor(moment) : moment;
			if (deck.playhead !== shown && deck.playhead !== undefined) moment = deck.playhead;
			moment = laying.playOn(laying.axesOf(deck.events), moment, {
				axis,
				speed,
				ms: Math.min(LONGEST_FRAME_MS, now - last),
			});
			last = now;
			deck.seek(jumps ? Math.floor(moment) : moment);
			if (moment >= deck.events.length) setPlaying(false);
			else handle = requestAnimationFrame(frame);
		};
		let handle = requestAnimationFrame(frame);
		return () => cancelAnimationFrame(handle);
	}, [isPlaying, deck, laying, axis, speed]);

	const toggle = useCallback(() => {
		if (!isPlaying && deck.playhead === undefined) deck.seek(1);
		setPlaying(!isPlaying && deck.events.length > 1);
	}, [isPlaying, deck]);
	const step = useCallback(
		(by: number) => {
			setPlaying(false);
			void load().then(({ axesOf, stepCalls }) =>
				deck.seek(stepCalls(axesOf(deck.events), deck.playhead ?? deck.events.length, by)),
			);
		},
		[deck],
	);
	const goTo = useCallback((moment: Moment | undefined) => deck.seek(moment), [deck]);
	/** Goes to a share of the way along the axis; 1 is the end. */
	const goToShare = useCallback(
		(share: number) => {
			void load().then(({ axesOf }) => {
				const line = axesOf(deck.events)[axis];
				deck.seek(share === 1 ? undefined : Math.max(1, line.momentAt(share * line.length)));
			});
		},
		[deck, axis],
	);
	const toEnd = useCallback(() => {
		setPlaying(false);
		deck.seek(undefined);
	}, [deck]);

	return { axes, axis, setAxis, speed, setSpeed, isPlaying, playhead, count, toggle, step, goTo, goToShare, toEnd };
}

export type Replay = ReturnType<typeof useReplay>;
