import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Found } from "./found-text";

type FrameProps = {
	/** The call's number; empty for rows that are no kept call. */
	number?: ReactNode;
	glyph: ReactNode;
	duration?: ReactNode;
	isLive?: boolean;
	isSelected?: boolean;
	children: ReactNode;
};

/** The grid of every row: number, glyph, content, duration. The number goes on a phone. */
export function RowFrame({ number, glyph, duration, isLive = false, isSelected = false, children }: FrameProps) {
	const isMarked = isLive || isSelected;
	return (
		<div className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2.5 py-3 pr-4 pl-3.5 desk:grid-cols-[40px_20px_minmax(0,1fr)_76px] desk:gap-x-3 desk:py-[9px] desk:pr-6">
			<span
				className={cn(
					"text-right text-[12px]/5 tabular-nums max-desk:hidden",
					isMarked ? "font-semibold text-accent" : "text-ink-3",
				)}
			>
				{number}
			</span>
			{glyph}
			<div className="min-w-0">{children}</div>
			<span
				className={cn("text-right text-[12px]/5 whitespace-nowrap tabular-nums", isLive ? "text-accent" : "text-ink-3")}
			>
				{duration}
			</span>
		</div>
	);
}

/** Why the model did it: one line, three when the row is selected; three on a phone. */
export function ThoughtLine({ text, isOpen, isStruck = false }: { text: string; isOpen: boolean; isStruck?: boolean }) {
	if (text === "") return;
	return (
		<p
			dir="auto"
			className={cn(
				"mb-[5px] max-w-[100ch] text-[14px]/[21px] text-ink-2 [overflow-wrap:anywhere]",
				isOpen ? "line-clamp-3 max-w-[84ch]" : "line-clamp-3 desk:line-clamp-1",
				isStruck && "text-ink-3",
			)}
		>
			<Found text={text} />
		</p>
	);
}

/** The line under the call: what came back. One line, so that rows are of a height; more when the row is open. */
export function ResultLine({ children, isOpen = true }: { children: ReactNode; isOpen?: boolean }) {
	return (
		<div
			className={cn(
				"mt-0.5 flex min-h-5 flex-wrap items-center gap-x-3 gap-y-0.5 text-[13px]/5 text-ink-3 [overflow-wrap:anywhere]",
				!isOpen &&
					"desk:flex-nowrap desk:overflow-hidden desk:*:min-w-0 desk:*:shrink-[6] desk:[&>:first-child]:shrink",
			)}
		>
			{children}
		</div>
	);
}
