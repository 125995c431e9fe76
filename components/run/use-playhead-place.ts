"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { RunStore } from "./run-store";

/** A browser takes some 200 changes of the address in half a minute: it is written when the playhead rests. */
const REST_MS = 300;

/**
 * Opens the run as it stood after event `wanted`, as soon as that is here, and says which event the playhead rests at;
 * undefined when the run is shown as it stands.
 */
export function usePlayheadPlace(store: RunStore, wanted: number | undefined): number | undefined {
	const [at, setAt] = useState(wanted);
	const [isOpened, setOpened] = useState(wanted === undefined);
	const playhead = useSyncExternalStore(
		store.subscribe,
		() => store.playhead && Math.floor(store.playhead),
		() => undefined,
	);

	useEffect(() => {
		if (isOpened) return;
		const open = () => {
			if (store.newest.lastSeq <= (wanted ?? 0) && !store.isCaughtUp) return;
			leave();
			store.seek(wanted);
			setOpened(true);
		};
		const leave = store.subscribe(open);
		open();
		return leave;
	}, [store, wanted, isOpened]);

	useEffect(() => {
		if (!isOpened) return;
		const timer = setTimeout(() => setAt(playhead), REST_MS);
		return () => clearTimeout(timer);
	}, [playhead, isOpened]);
	return at;
}
