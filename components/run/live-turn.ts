import type { Packet } from "@/lib/trajectory/packet";
import type { Writing } from "@/lib/trajectory/writing";

/** The open turn as written so far. Replaced, never changed, so that identity tells whether it grew. */
export type LiveTurn = Writing;

export const silentTurn = (turn: number): LiveTurn => ({ turn, reasoning: "", text: "", call: "" });

type Delta = Extract<Packet, { t: "delta" }>;

/**
 * Adds a piece at its offset. A repeat returns the same turn, an overlap adds what is new, a hole returns "gap": then
 * characters are missing and the run must be subscribed again.
 */
export function grow(live: LiveTurn, delta: Delta): LiveTurn | "gap" {
	const have = live[delta.part].length;
	if (delta.offset > have) return "gap";
	const added = delta.text.slice(have - delta.offset);
	return added === "" ? live : { ...live, [delta.part]: live[delta.part] + added };
}

/** Takes a snapshot in. Within one try of a turn text only grows, so a snapshot that is behind changes nothing. */
export function fuller(live: LiveTurn, snapshot: Omit<LiveTurn, "turn">): LiveTurn {
	const longer = (part: "reasoning" | "text" | "call") =>
		snapshot[part].length > live[part].length ? snapshot[part] : live[part];
	return { turn: live.turn, reasoning: longer("reasoning"), text: longer("text"), call: longer("call") };
}
