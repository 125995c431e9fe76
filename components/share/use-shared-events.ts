"use client";
import { useEffect, useState } from "react";
import type { TextPart } from "@/components/run/run-actions";
import type { SlimEvent } from "@/lib/trajectory/packet";
import type { ReadPart } from "./shared-reading";

type Events = { events: readonly SlimEvent[]; error?: string };

const NONE: Events = { events: [] };

/** The events of a snapshot, part by part; none until all are here. */
export function useSharedEvents(readPart: ReadPart): Events {
	const [held, setHeld] = useState(NONE);
	useEffect(() => {
		let isHere = true;
		void readAll(readPart).then((read) => isHere && setHeld(read));
		return () => {
			isHere = false;
		};
	}, [readPart]);
	return held;
}

async function readAll(readPart: ReadPart): Promise<Events> {
	const lost = (error: unknown): TextPart => ({ ok: false, error: error instanceof Error ? error.message : "" });
	let json = "";
	for (let from: number | undefined = 0; from !== undefined; ) {
		const part: TextPart = await readPart("events", from).catch(lost);
		if (!part.ok) return { events: [], error: part.error };
		json += part.text;
		from = part.next;
	}
	return { events: JSON.parse(json) as SlimEvent[] };
}
