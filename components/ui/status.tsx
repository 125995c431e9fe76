import { Check, Circle, CircleSlash, Hourglass, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type Tone = "live" | "ok" | "capped" | "failed" | "off";

const TONES: Record<Tone, { hue: string; mark: ReactNode }> = {
	live: { hue: "text-accent", mark: <Circle size={8} className="mx-[3px] fill-current motion-safe:animate-pulse" /> },
	ok: { hue: "text-ok", mark: <Check size={14} strokeWidth={2} /> },
	capped: { hue: "text-warn", mark: <Hourglass size={14} strokeWidth={1.75} /> },
	failed: { hue: "text-error", mark: <TriangleAlert size={14} strokeWidth={1.75} /> },
	off: { hue: "text-ink-2", mark: <CircleSlash size={14} strokeWidth={1.75} /> },
};

/** A state in three signs: glyph, hue, word. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
	const { hue, mark } = TONES[tone];
	return (
		<span className={cn("inline-flex items-center gap-1.5 text-[13px]/5 font-medium whitespace-nowrap", hue)}>
			<span aria-hidden="true">{mark}</span>
			{children}
		</span>
	);
}
