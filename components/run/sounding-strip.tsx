"use client";
import { lazy, type PointerEvent, Suspense, useRef } from "react";
import { afterFirstRows } from "./first-rows";
import { RangePicker } from "./range-picker";
import { callAt } from "./row-facts";
import { STRIP_END } from "./sounding-size";
import { keyTarget, useCursorText, useDepth, useLength } from "./use-line";
import { usePastCalls, useRunDesk } from "./use-run";
import { useRunCursor, useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

const drawings = async () => (await import("./line-drawings")).lineDrawings;
const StripDrawing = lazy(async () => ({ default: (await afterFirstRows(drawings)).StripDrawing }));

/** The sounding line on its side, for screens too narrow for the gauge. */
export function SoundingStrip() {
	const { store } = useRunDesk();
	const cursor = useRunCursor();
	const { goToCall } = useRunPage();
	const { t, count } = useRunWords();
	const box = useRef<HTMLDivElement>(null);
	const width = useLength(box, "clientWidth");
	const { pitch, calls, budget } = useDepth(Math.max(0, width - STRIP_END));
	const past = usePastCalls();
	const at = past ?? (cursor.index === undefined ? calls : callAt(store.newestRows, cursor.index));
	const text = useCursorText(at, calls, budget);
	const go = (event: PointerEvent) => {
		const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
		goToCall(Math.max(1, Math.min(calls, Math.round(x / pitch))));
	};
	return (
		<div className="sticky top-0 z-6 border-b border-line bg-paper px-4 pt-2 pb-1.5 desk:hidden">
			<div
				ref={box}
				role="slider"
				tabIndex={0}
				aria-label={t("line.name")}
				aria-valuemin={Math.min(1, calls)}
				aria-valuemax={calls}
				aria-valuenow={at}
				aria-valuetext={text}
				className="h-9 touch-pan-y"
				onKeyDown={(event) => {
					const target = keyTarget(event, at, store);
					if (target === undefined) return;
					event.preventDefault();
					event.stopPropagation();
					goToCall(target);
				}}
				onPointerDown={(event) => calls > 0 && go(event)}
				onPointerMove={(event) => calls > 0 && event.buttons > 0 && go(event)}
			>
				<Suspense>{width > 0 && <StripDrawing width={width} at={at} />}</Suspense>
			</div>
			<div className="mt-px flex items-center justify-between text-[11px]/4 tabular-nums text-ink-3">
				<span className="text-ink-2" aria-hidden="true">
					{t("callsMade", { n: calls, count: count(calls) })}
				</span>
				<RangePicker />
				<span aria-hidden="true">{count(budget)}</span>
			</div>
		</div>
	);
}
