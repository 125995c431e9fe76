import type { ReactNode } from "react";
import { cn } from "./cn";

type Props = {
	title: string;
	/** What was kept, and why it is so. */
	children?: ReactNode;
	/** What can be done about it. */
	action?: ReactNode;
	/** `h1` where it is all the page has. */
	heading?: "h1" | "h2";
};

/** Says that there is nothing, under a line that has not been let down yet. */
export function EmptyState({ title, children, action, heading: Heading = "h2" }: Props) {
	return (
		<div>
			<svg width="150" height="14" className="mb-4 block" aria-hidden="true">
				<path className="fill-ink" d="M0 5.5v3l6 1.5q1.9-.2 2.4-3q-.5-2.8-2.4-3z" />
				<path className="stroke-line-3" strokeDasharray="1 4" d="M13 7h124" />
				<path className="stroke-line-3" d="M137.5 2.5v9" />
			</svg>
			<Heading className={cn("text-pretty", Heading === "h1" ? "text-[22px]/7" : "text-[16px]/[22px]")}>
				{title}
			</Heading>
			{children && <div className="mt-1.5 max-w-[52ch] text-pretty text-ink-2">{children}</div>}
			{action && <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-2">{action}</div>}
		</div>
	);
}
