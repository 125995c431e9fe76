"use client";
import { useEffect, useEffectEvent, useRef } from "react";
import { useRunDesk } from "./use-run";

/** Calls `onAsk` once for each call that begins to wait for a person's word, the one found on arrival included. */
export function useQuestion(onAsk: () => void): void {
	const { store } = useRunDesk();
	const asked = useRef<string>(undefined);
	const tell = useEffectEvent(onAsk);
	useEffect(() => {
		const look = () => {
			const { asking } = store.newest;
			if (!store.isCaughtUp || asking === asked.current) return;
			asked.current = asking;
			if (asking !== undefined) tell();
		};
		look();
		return store.subscribe(look);
	}, [store]);
}
