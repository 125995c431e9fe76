import type { FindInRun } from "@/components/run/run-actions";
import { hitsIn, MOST_HITS } from "@/lib/trajectory/find-event";
import type { FindHit } from "@/lib/trajectory/find-hit";
import { finderOf } from "@/lib/trajectory/find-text";
import type { SlimEvent } from "@/lib/trajectory/packet";

/** The whole texts of the events that were cut, by number; rejects when they cannot be had. */
export type ReadBodies = () => Promise<ReadonlyMap<number, string>>;

/** Longest the page is kept from anything else, milliseconds. */
const SLICE_MS = 12;

/**
 * Looks through a shared run where it is read, as the workbench's server does. The whole texts are fetched with the
 * first search and kept. A search that a later one overtakes ends without a result.
 */
export function sharedFind(eventsNow: () => readonly SlimEvent[], readBodies: ReadBodies): FindInRun {
	let reading: ReturnType<ReadBodies> | undefined;
	let newest = 0;
	const bodies = async () => {
		reading ??= readBodies();
		let isHere = false;
		try {
			const read = await reading;
			isHere = true;
			return read;
		} finally {
			if (!isHere) reading = undefined;
		}
	};
	return async (_run, typed) => {
		const mine = ++newest;
		const finder = finderOf(typed);
		const hits: FindHit[] = [];
		if (!finder) return { ok: true, found: { hits, isCut: false } };
		const events = eventsNow();
		const whole = events.some(({ cut }) => cut !== undefined) ? await bodies() : new Map<number, string>();
		let until = performance.now() + SLICE_MS;
		for (const event of events) {
			if (mine !== newest) break;
			hits.push(...hitsIn(wholeOf(event, whole.get(event.seq)), finder));
			if (hits.length >= MOST_HITS) return { ok: true, found: { hits: hits.slice(0, MOST_HITS), isCut: true } };
			if (performance.now() < until) continue;
			await new Promise((resolve) => setTimeout(resolve));
			until = performance.now() + SLICE_MS;
		}
		return { ok: true, found: { hits, isCut: mine !== newest } };
	};
}

function wholeOf(event: SlimEvent, body: string | undefined): SlimEvent {
	if (body === undefined) return event;
	if (event.type === "model.replied") return { ...event, content: body };
	return event.type === "tool.returned" ? { ...event, text: body } : event;
}
