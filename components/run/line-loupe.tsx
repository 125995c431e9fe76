"use client";
import { cn } from "@/components/ui/cn";
import type { CallRow } from "@/lib/trajectory/row";
import { toolKindOf } from "@/lib/trajectory/tool-kind";
import { argumentLine, rowOfCall } from "./row-facts";
import { ToolGlyph } from "./tool-glyph";
import { useRunDesk } from "./use-run";
import { useRunWords } from "./use-run-words";

const CALLS = 15;
const PITCH = 18;
const HEIGHT = CALLS * PITCH + 16;

/** The fifteen calls around the pointer, readable at any depth. */
export function LineLoupe({ call, y, height }: { call: number; y: number; height: number }) {
	const { store } = useRunDesk();
	const { count } = useRunWords();
	const { rows, calls } = store.newest;
	const from = Math.max(1, Math.min(call - Math.floor(CALLS / 2), calls - CALLS + 1));
	const index = rowOfCall(rows, from);
	if (index === undefined) return;
	const near = rows
		.slice(index, index + 4 * CALLS)
		.filter((row): row is CallRow => row.kind === "call" && row.n !== undefined);
	const top = Math.max(8, Math.min(y - HEIGHT / 2, height - HEIGHT - 8));
	return (
		<div
			aria-hidden="true"
			style={{ top }}
			className="pointer-events-none absolute left-[100px] z-20 w-[300px] rounded-[10px] border border-line-2 bg-surface py-2 shadow-float"
		>
			{near.slice(0, CALLS).map((row) => (
				<div
					key={row.key}
					style={{ height: PITCH }}
					className={cn("flex items-center gap-2 px-3 text-[11px]/4", row.n === call && "bg-accent-tint font-medium")}
				>
					<span className={cn("w-10 flex-none text-right tabular-nums", row.n === call ? "text-accent" : "text-ink-3")}>
						{count(row.n ?? 0)}
					</span>
					<ToolGlyph bare glyph={row.status === "error" ? "error" : toolKindOf(row.call.name)} />
					<span className="truncate text-ink-2">{argumentLine(row.call)}</span>
				</div>
			))}
		</div>
	);
}
