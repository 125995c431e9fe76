"use client";
import { useEffect, useMemo, useState } from "react";
import type { CallMarks } from "@/lib/trajectory/call-marks";
import type { Row } from "@/lib/trajectory/row";
import { afterFirstRows } from "./first-rows";

type Marking = typeof import("@/lib/trajectory/call-marks");

const load = () => import("@/lib/trajectory/call-marks");
const NONE: ReadonlyMap<number, CallMarks> = new Map();

/**
 * What kept calls repeat and bring, by row. Comparing all calls takes longer than drawing a screen of them: it is done
 * once the first rows are there. The rows grow in place; `version` says when.
 */
export function useCallMarks(rows: readonly Row[], version: number): ReadonlyMap<number, CallMarks> {
	const [marking, setMarking] = useState<Marking>();
	useEffect(() => {
		void afterFirstRows(load).then((loaded) => setMarking(loaded));
	}, []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: see above.
	return useMemo(() => marking?.callMarks(rows) ?? NONE, [marking, rows, version]);
}
