"use client";
import { type RefObject, useCallback, useMemo } from "react";
import type { Row } from "@/lib/trajectory/row";
import { withoutRange } from "./row-filter";
import type { TimelineHandle } from "./timeline";
import { useLook } from "./use-look";
import { useRunDesk } from "./use-run";
import type { RunKeys } from "./use-run-keys";
import { useRunPage } from "./use-run-page";

/** Moving along the rows as they are shown, by keys and by the inspector's arrows. */
export function useSteps(handle: RefObject<TimelineHandle | null>) {
	const { store } = useRunDesk();
	const { chosen, tab, openTab, select } = useRunPage();
	const { filter, find, setFilter, setFind } = useLook();

	const step = useCallback(
		(by: number) => {
			const index = chosen();
			const shown = handle.current?.shown();
			const count = shown?.length ?? store.rows.length;
			if (count === 0) return;
			const here = index === undefined ? undefined : positionIn(shown, index);
			const inView = handle.current?.inView();
			const entry = positionIn(shown, (by > 0 ? inView?.first : inView?.last) ?? 0) ?? 0;
			const next = Math.max(0, Math.min(count - 1, here === undefined ? entry : here + by));
			select(shown?.[next] ?? next);
		},
		[store, select, chosen, handle],
	);

	const keys = useMemo<RunKeys>(
		() => ({
			step,
			end: (to) => {
				const shown = handle.current?.shown();
				const count = shown?.length ?? store.rows.length;
				const position = to === "first" ? 0 : count - 1;
				if (count > 0) select(shown?.[position] ?? position);
			},
			sameTool: (by) => {
				const index = chosen();
				const shown = handle.current?.shown();
				const next = index === undefined ? undefined : nextOfTool(store.rows, { index, by, shown });
				if (next !== undefined) select(next);
			},
			close: () => {
				if (filter.range) setFilter(withoutRange(filter));
				else if (chosen() !== undefined) select(undefined);
				else if (find !== "") setFind("");
			},
		}),
		[step, store, select, handle, chosen, filter, find, setFilter, setFind],
	);
	return { tab, openTab, keys, step };
}

/** The nearest shown call of the same tool, up (−1) or down (1) from a row; undefined when there is none. */
export function nextOfTool(
	rows: readonly (Row | undefined)[],
	{ index, by, shown }: { index: number; by: 1 | -1; shown: readonly number[] | undefined },
): number | undefined {
	const here = rows[index];
	if (here?.kind !== "call") return undefined;
	const visible = shown && new Set(shown);
	for (let at = index + by; at >= 0 && at < rows.length; at += by) {
		const row = rows[at];
		if (row?.kind === "call" && row.call.name === here.call.name && (visible?.has(at) ?? true)) return at;
	}
	return undefined;
}

function positionIn(shown: readonly number[] | undefined, index: number): number | undefined {
	if (!shown) return index;
	const at = shown.indexOf(index);
	return at < 0 ? undefined : at;
}
