"use client";
import { useEffect, useRef, useState } from "react";
import type { Trial, TrialOf } from "@/lib/trajectory/settings-view";

export type TrialState = { isGoing: boolean; trial?: Trial; take(of: TrialOf): Promise<void> };

/** Tries something out, one at a time; a newer trial calls off the one before. */
export function useTrial(lost: string): TrialState {
	const [state, setState] = useState<{ isGoing: boolean; trial?: Trial }>({ isGoing: false });
	const going = useRef<AbortController>(undefined);
	useEffect(() => () => going.current?.abort(), []);
	const take = async (of: TrialOf) => {
		going.current?.abort();
		const mine = new AbortController();
		going.current = mine;
		setState({ isGoing: true });
		const trial = await fetch("/api/settings/trial", { method: "POST", body: JSON.stringify(of), signal: mine.signal })
			.then((response): Promise<Trial> => response.json())
			.catch((): Trial => ({ ok: false, findings: [{ ok: false, detail: lost }], ms: 0 }));
		if (!mine.signal.aborted) setState({ isGoing: false, trial });
	};
	return { ...state, take };
}
