"use client";
import { useMemo } from "react";
import type { FindHit } from "@/lib/trajectory/find-hit";
import { useLook } from "./use-look";

/** The hits of each row by its index; undefined when nothing is looked for. */
export function useFoundRows(): ReadonlyMap<number, readonly FindHit[]> | undefined {
	const { find, found } = useLook();
	const { places } = found;
	return useMemo(() => {
		if (find.trim() === "") return;
		const rows = new Map<number, FindHit[]>();
		for (const { hit, index } of places) rows.set(index, [...(rows.get(index) ?? []), hit]);
		return rows;
	}, [find, places]);
}
