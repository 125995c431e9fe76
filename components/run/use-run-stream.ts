"use client";
import { unstable_isUnrecognizedActionError } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { Packet } from "@/lib/trajectory/packet";
import { afterFirstRows } from "./first-rows";
import type { RunActions } from "./run-actions";
import type { RunStore } from "./run-store";
import { type Connection, followRun } from "./run-stream";

const RELOADED = "soundings-reloaded-at";

/** After a new build the page's actions are unknown to the server: load the new page, but never in a circle. */
function reloadOnce(): void {
	const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
	if (Date.now() - last < 30_000) return;
	sessionStorage.setItem(RELOADED, String(Date.now()));
	location.reload();
}

/** Keeps the store fed for as long as the page is open; says how the line stands. */
export function useRunStream(
	store: RunStore,
	actions: RunActions,
	opening: ReadableStream<Packet> | undefined,
): { connection: Connection; retry: () => void } {
	const [connection, setConnection] = useState<Connection>({ kind: "opening" });
	const following = useRef<ReturnType<typeof followRun>>(undefined);

	useEffect(() => {
		const start = () => {
			following.current?.stop();
			following.current = followRun({
				doors: actions,
				store,
				opening,
				onChange: setConnection,
				isOutdated: unstable_isUnrecognizedActionError,
				reload: reloadOnce,
			});
		};
		const stop = () => following.current?.stop();
		const back = (event: PageTransitionEvent) => event.persisted && start();
		let isOpen = true;
		/** Rows that came with the page are not kept from answering by those that follow. */
		if (store.isEarly) void afterFirstRows(async () => isOpen && start());
		else start();
		addEventListener("pagehide", stop);
		addEventListener("pageshow", back);
		return () => {
			isOpen = false;
			stop();
			removeEventListener("pagehide", stop);
			removeEventListener("pageshow", back);
		};
	}, [store, actions, opening]);

	return { connection, retry: () => following.current?.retry() };
}
