"use client";
import { type RefObject, useCallback, useMemo } from "react";
import type { TimelineHandle } from "./timeline";
import { useRunDesk } from "./use-run";
import type { RunKeys } from "./use-run-keys";
import { useRunPage } from "./use-run-page";

/** Moving along the rows as they are shown, by keys and by the inspector's arrows. */
export function useSteps(handle: RefObject<TimelineHandle | null>) {
	const { store } = useRunDesk();
	const { cursor, tab, openTab, select } = useRunPage();
	const { index } = cursor;

	const step = useCallback(
		(by: number) => {
			const shown = handle.current?.shown();
			const count = shown?.length ?? store.view.rows.length;
			if (count === 0) return;
			const here = index === undefined ? undefined : positionIn(shown, index);
			const inView = handle.current?.inView();
			const entry = positionIn(shown, (by > 0 ? inView?.first : inView?.last) ?? 0) ?? 0;
			const next = Math.max(0, Math.min(count - 1, here === undefined ? entry : here + by));
			select(shown?.[next] ?? next);
		},
		[store, select, index, handle],
	);

	const keys = useMemo<RunKeys>(
		() => ({
			step,
			end: (to) => {
				const shown = handle.current?.shown();
				const count = shown?.length ?? store.view.rows.length;
				const position = to === "first" ? 0 : count - 1;
				if (count > 0) select(shown?.[position] ?? position);
			},
			close: () => select(undefined),
		}),
		[step, store, select, handle],
	);
	return { tab, openTab, keys, step };
}

function positionIn(shown: readonly number[] | undefined, index: number): number | undefined {
	if (!shown) return index;
	const at = shown.indexOf(index);
	return at < 0 ? undefined : at;
}
