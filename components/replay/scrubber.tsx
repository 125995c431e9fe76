"use client";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { Replay } from "./use-replay";

type ScrubberProps = {
	replay: Replay;
	label: string;
	/** What a screen reader says of the place. */
	text: string;
};

/** Half the thumb: the pointer's ends of the track lie this far inside. */
const INSET = 7;

/** The way through a run by pointer or keys: arrows move by a call, page keys by ten. */
export function Scrubber({ replay, label, text }: ScrubberProps) {
	const { axes, axis, playhead, count, step, goTo, goToShare, toggle, toEnd } = replay;
	const track = useRef<HTMLDivElement>(null);
	const line = axes?.[axis];
	const share = playhead === undefined || !line?.length ? 1 : line.placeOf(playhead) / line.length;

	const scrub = (event: PointerEvent) => {
		const { left = 0, width = 1 } = track.current?.getBoundingClientRect() ?? {};
		const at = (event.clientX - left - INSET) / Math.max(1, width - 2 * INSET);
		goToShare(Math.max(0, Math.min(1, at)));
	};
	const press = (event: KeyboardEvent) => {
		const keys: Record<string, () => void> = {
			ArrowRight: () => step(1),
			ArrowUp: () => step(1),
			ArrowLeft: () => step(-1),
			ArrowDown: () => step(-1),
			PageUp: () => step(10),
			PageDown: () => step(-10),
			Home: () => goTo(1),
			End: toEnd,
			" ": toggle,
		};
		const act = event.altKey || event.ctrlKey || event.metaKey ? undefined : keys[event.key];
		if (!act) return;
		event.preventDefault();
		event.stopPropagation();
		act();
	};

	return (
		<div
			ref={track}
			role="slider"
			tabIndex={count > 1 ? 0 : -1}
			aria-label={label}
			aria-disabled={count < 2}
			aria-valuemin={0}
			aria-valuemax={1000}
			aria-valuenow={Math.round(1000 * share)}
			aria-valuetext={text}
			className="group relative h-6 min-w-0 flex-1 cursor-pointer touch-none select-none max-desk:h-9"
			onKeyDown={press}
			onPointerDown={(event) => {
				if (event.button !== 0 || count < 2) return;
				event.currentTarget.setPointerCapture(event.pointerId);
				scrub(event);
			}}
			onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && scrub(event)}
		>
			<span className="absolute inset-x-[7px] top-1/2 h-0.5 -translate-y-1/2 rounded-full bg-line-2" />
			<span
				style={{ width: `calc((100% - 14px) * ${share})` }}
				className="absolute top-1/2 left-[7px] h-0.5 -translate-y-1/2 rounded-full bg-ink"
			/>
			<span
				style={{ left: `calc(7px + (100% - 14px) * ${share})` }}
				className="absolute top-1/2 size-3 -translate-1/2 rounded-full border-2 border-paper bg-accent shadow-[0_0_0_1px_var(--accent)] group-hover:size-3.5"
			/>
		</div>
	);
}
