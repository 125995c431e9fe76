"use client";
import { cn } from "@/components/ui/cn";
import { type Chip, isOpen, NO_FILTER, type RowFilter } from "./row-filter";
import { ToolGlyph } from "./tool-glyph";
import { useRunState, useRunValue } from "./use-run";
import { useRunWords } from "./use-run-words";

type ChipsProps = { chips: readonly Chip[]; filter: RowFilter; onFilter(filter: RowFilter): void };

/** Tools with their counts, errors, rollbacks: filters, and the legend of the line. */
export function FilterChips({ chips, filter, onFilter }: ChipsProps) {
	const { t, count } = useRunWords();
	const isOver = useRunState() === "ended";
	const isHere = useRunValue(({ isCaughtUp }) => isCaughtUp);
	const toggle = (key: string) => {
		const { chips: on } = filter;
		onFilter({ ...filter, chips: on.includes(key) ? on.filter((chip) => chip !== key) : [...on, key] });
	};
	return (
		<div
			role="toolbar"
			aria-label={t("filters")}
			className="flex min-h-[45px] flex-none items-center gap-1.5 overflow-x-auto border-b border-line px-4 py-2 [scrollbar-width:none] desk:px-6 desk:py-2.5"
		>
			{chips.length === 0 && isHere && (
				<span className="text-[12px]/4 text-ink-3">{t(isOver ? "noToolUsed" : "noTools")}</span>
			)}
			{chips.map((chip) => (
				<button
					key={chip.key}
					type="button"
					aria-pressed={filter.chips.includes(chip.key)}
					onClick={() => toggle(chip.key)}
					className={cn(
						"inline-flex h-8 flex-none cursor-pointer items-center gap-[5px] rounded-[4px] border bg-surface pr-2 pl-[5px] text-[12px]/4 whitespace-nowrap hover:border-line-3 desk:h-6",
						filter.chips.includes(chip.key) ? "border-ink font-medium text-ink" : "border-line-2 text-ink-2",
					)}
				>
					<ToolGlyph bare glyph={glyphOf(chip)} />
					{chip.kind === "tool" ? chip.name : t(`chips.${chip.kind}`)}
					<span className="text-[11px] tabular-nums text-ink-3">{count(chip.count)}</span>
				</button>
			))}
			{!isOpen(filter) && (
				<button
					type="button"
					className="ml-1 flex-none cursor-pointer text-[12px]/4 text-ink underline decoration-line-2 underline-offset-[3px] hover:decoration-ink"
					onClick={() => onFilter(NO_FILTER)}
				>
					{t("showAllRows")}
				</button>
			)}
		</div>
	);
}

function glyphOf(chip: Chip) {
	if (chip.kind === "tool") return chip.tool;
	return chip.kind === "errors" ? "error" : "rolledBack";
}
