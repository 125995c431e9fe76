import type { RunReading, TextPart } from "@/components/run/run-actions";
import { bodyOf, type SlimEvent } from "@/lib/trajectory/packet";
import type { SnapshotPart } from "@/lib/trajectory/snapshot";

/** Reads a part of a snapshot from a character on; `next` leads to the rest. */
export type ReadPart = (part: SnapshotPart, from?: number) => Promise<TextPart>;

/** Answers what looking at a run asks for from a snapshot: what is at hand from its events, the rest from its parts. */
export function sharedReading(eventsNow: () => readonly SlimEvent[], readPart: ReadPart): RunReading {
	return {
		readBody: async (_run, seq, from = 0) => {
			const event = eventsNow()[seq - 1];
			const body = event && event.cut === undefined ? bodyOf(event) : undefined;
			return body === undefined
				? readPart(`body/${seq}`, from)
				: { ok: true, text: body.slice(from), chars: body.length };
		},
		readSource: (_run, hash, from = 0) => readPart(`page/${Number(hash)}`, from),
		/** The whole texts it would be looked for in are not at hand. */
		readAnswerTrace: async () => ({ ok: false, error: "" }),
	};
}
