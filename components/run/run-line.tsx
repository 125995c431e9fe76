"use client";
import { Suspense, useEffect } from "react";
import type { Packet } from "@/lib/trajectory/packet";
import { useFirstRows } from "./first-rows";
import { ConnectionNote } from "./lazy-beside";
import { fetchPanesWhenIdle } from "./lazy-panes";
import { useRunActions, useRunDesk } from "./use-run";
import { useRunStream } from "./use-run-stream";

/** The line to the server: feeds the run's store as long as the page is open, and says when it is lost. */
export function RunLine({ opening }: { opening: ReadableStream<Packet> | undefined }) {
	const { store } = useRunDesk();
	const { connection, retry } = useRunStream(store, useRunActions(), opening);
	useFirstRows(connection.kind === "lost" || connection.kind === "refused");
	const isSettled = connection.kind !== "opening";
	useEffect(() => (isSettled ? fetchPanesWhenIdle() : undefined), [isSettled]);
	return (
		<Suspense>
			<ConnectionNote connection={connection} onRetry={retry} />
		</Suspense>
	);
}
