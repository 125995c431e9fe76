"use client";
import { lazy, type PointerEvent, Suspense, useRef, useState } from "react";
import { afterFirstRows } from "./first-rows";
import { callAt } from "./row-facts";
import type { InView } from "./sounding-drawing";
import { BELOW, TOP } from "./sounding-size";
import { keyTarget, useCursorText, useDepth, useLength } from "./use-line";
import { useRange } from "./use-range";
import { usePastCalls, useRunDesk } from "./use-run";
import { useRunCursor, useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

const drawings = async () => (await import("./line-drawings")).lineDrawings;
const SoundingDrawing = lazy(async () => ({ default: (await afterFirstRows(drawings)).SoundingDrawing }));
const LineLoupe = lazy(async () => ({ default: (await import("./line-loupe")).LineLoupe }));

/** The signature: the depth of the run from 0 to its budget, one tick a call; overview, progress and jump strip. */
export function SoundingLine({ inView }: { inView: InView }) {
	const { store } = useRunDesk();
	const cursor = useRunCursor();
	const { goToCall } = useRunPage();
	const { t } = useRunWords();
	const box = useRef<HTMLDivElement>(null);
	const height = useLength(box, "clientHeight");
	const { pitch, calls, budget } = useDepth(Math.max(0, height - TOP - BELOW));
	const [pointer, setPointer] = useState<number>();
	const past = usePastCalls();
	const at = past ?? (cursor.index === undefined ? calls : callAt(store.newestRows, cursor.index));
	const text = useCursorText(at, calls, budget);

	const callUnder = (event: PointerEvent) => {
		const y = event.clientY - event.currentTarget.getBoundingClientRect().top - TOP;
		return Math.max(1, Math.min(calls, Math.round(y / pitch)));
	};
	const range = useRange(at, callUnder);
	const isHeld = (event: PointerEvent) => event.currentTarget.hasPointerCapture(event.pointerId);

	return (
		<div
			ref={box}
			role="slider"
			tabIndex={0}
			aria-orientation="vertical"
			aria-label={t("line.name")}
			aria-valuemin={Math.min(1, calls)}
			aria-valuemax={calls}
			aria-valuenow={at}
			aria-valuetext={text}
			className="relative h-full w-24 cursor-row-resize touch-none select-none focus-visible:outline-offset-[-3px]"
			onKeyDown={(event) => {
				const isRange = calls > 0 && range.key(event);
				const target = isRange ? undefined : keyTarget(event, at, store);
				if (!isRange && target === undefined) return;
				event.preventDefault();
				event.stopPropagation();
				if (target !== undefined) goToCall(target);
			}}
			onPointerDown={(event) => {
				if (calls === 0 || event.button !== 0) return;
				event.currentTarget.setPointerCapture(event.pointerId);
				if (!range.down(event)) goToCall(callUnder(event));
			}}
			onPointerUp={range.up}
			onPointerCancel={range.up}
			onPointerMove={(event) => {
				if (calls === 0) return;
				const under = callUnder(event);
				setPointer(under);
				if (isHeld(event) && !range.move(event) && under !== at) goToCall(under);
			}}
			onPointerLeave={() => setPointer(undefined)}
			onWheel={(event) => {
				if (calls > 0 && event.deltaY !== 0) goToCall(Math.max(1, Math.min(calls, at + Math.sign(event.deltaY))));
			}}
		>
			<Suspense>{height > 0 && <SoundingDrawing height={height} at={at} inView={inView} />}</Suspense>
			<Suspense>
				{pointer !== undefined && <LineLoupe call={pointer} y={TOP + pointer * pitch} height={height} />}
			</Suspense>
		</div>
	);
}
