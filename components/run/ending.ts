import type { Tone } from "@/components/ui/status";
import type { Outcome } from "@/lib/trajectory/event";

/** How a run ended, as the mark shows it. A limit that still brought an answer is a forced answer. */
export function endingOf(outcome: Outcome, hasAnswer: boolean): { tone: Tone; word: Outcome } {
	if (outcome === "answered") return { tone: "ok", word: "answered" };
	if (outcome === "cancelled") return { tone: "stopped", word: "cancelled" };
	if (outcome === "failed") return { tone: "failed", word: "failed" };
	return { tone: "capped", word: hasAnswer ? "forced" : outcome };
}
