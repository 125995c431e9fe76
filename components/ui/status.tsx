import { ArrowDownToLine, Check, Circle, Clock, History, Hourglass, Square, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type Tone = "live" | "ok" | "capped" | "held" | "failed" | "stopped" | "idle" | "past";

const TONES: Record<Tone, { hue: string; mark: ReactNode }> = {
	live: {
		hue: "text-accent",
		mark: <Circle size={8} className="mx-[3px] fill-current motion-safe:animate-live" />,
	},
	ok: { hue: "text-ok", mark: <Check size={14} strokeWidth={2} /> },
	capped: { hue: "text-warn", mark: <ArrowDownToLine size={14} strokeWidth={1.75} /> },
	held: { hue: "text-warn", mark: <Hourglass size={14} strokeWidth={1.75} /> },
	failed: { hue: "text-error", mark: <TriangleAlert size={14} strokeWidth={1.75} /> },
	stopped: { hue: "text-ink-2", mark: <Square size={12} strokeWidth={1.75} className="mx-px" /> },
	past: { hue: "text-accent", mark: <History size={14} strokeWidth={1.75} /> },
	idle: { hue: "text-ink-2", mark: <Clock size={14} strokeWidth={1.75} /> },
};

/** A state in three signs: glyph, hue, word. `capped` ran into a limit, `held` waits for something outside, `past` is how
 * it stood then. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
	const { hue, mark } = TONES[tone];
	return (
		<span className={cn("inline-flex items-center gap-1.5 text-[13px]/5 font-medium whitespace-nowrap", hue)}>
			<span aria-hidden="true">{mark}</span>
			{children}
		</span>
	);
}
