"use client";
import { useEffect, useState } from "react";
import type { Family } from "@/lib/trajectory/family";
import { afterFirstRows } from "./first-rows";
import { useRunActions, useRunDesk } from "./use-run";

const REFRESH_MS = 15_000;

/**
 * The runs around this one, looked at again while the page is seen and when `started` changes; undefined until they
 * are here.
 */
export function useFamily(started: number): Family | undefined {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const [family, setFamily] = useState<Family>();
	// biome-ignore lint/correctness/useExhaustiveDependencies: forks that were just started are a reason to look.
	useEffect(() => {
		let isHere = true;
		const look = () =>
			void actions.family(store.runId).then(
				(found) => isHere && setFamily(found),
				() => undefined,
			);
		void afterFirstRows(async () => isHere && look());
		const timer = setInterval(() => {
			if (!document.hidden) look();
		}, REFRESH_MS);
		return () => {
			isHere = false;
			clearInterval(timer);
		};
	}, [store, actions, started]);
	return family;
}
