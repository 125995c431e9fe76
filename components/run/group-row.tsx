"use client";
import { ChevronDown, ChevronRight, GitFork, type LucideIcon, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { toolKindOf } from "@/lib/trajectory/tool-kind";
import { type RowGroup, shortRange } from "./row-items";
import { useRunSlots } from "./run-slots";
import { ToolGlyph } from "./tool-glyph";
import { useRunWords } from "./use-run-words";

type GroupRowProps = {
	group: RowGroup;
	isOpen: boolean;
	position: number;
	start: number;
	onToggle(): void;
	measure(node: HTMLElement | null): void;
};

/** The head of a group, one line: what it holds, and the way in and out. */
export function GroupRow({ group, isOpen, position, start, onToggle, measure }: GroupRowProps) {
	const { t } = useRunWords();
	const name =
		group.kind === "tool" &&
		t("group.tool", { name: group.name, n: group.indices.length, from: group.from, to: group.to });
	const Chevron = isOpen ? ChevronDown : ChevronRight;
	return (
		<li
			ref={measure}
			data-index={position}
			aria-posinset={position + 1}
			aria-setsize={-1}
			style={{ transform: `translateY(${start}px)` }}
			className="absolute top-0 left-0 w-full border-l-2 border-transparent"
		>
			{position > 0 && (
				<span
					className="absolute top-0 right-4 left-[46px] border-t border-line desk:right-6 desk:left-[86px]"
					aria-hidden="true"
				/>
			)}
			<button
				type="button"
				aria-expanded={isOpen}
				{...(name && { "aria-label": name })}
				onClick={onToggle}
				className="grid w-full grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-2.5 py-3 pr-4 pl-3.5 text-left hover:bg-hover/55 desk:grid-cols-[52px_20px_minmax(0,1fr)_20px] desk:gap-x-3 desk:py-[7px] desk:pr-6 desk:pl-0.5"
			>
				<GroupName group={group} />
				<Chevron size={14} strokeWidth={1.75} className="text-ink-3" aria-hidden="true" />
			</button>
		</li>
	);
}

/** Number, glyph and words of a head: three columns, two on a phone. */
function GroupName({ group }: { group: RowGroup }) {
	const { t, count } = useRunWords();
	const { parentTitle } = useRunSlots();
	switch (group.kind) {
		case "tool":
			return (
				<>
					<Numbers>{shortRange(group.from, group.to)}</Numbers>
					<ToolGlyph glyph={toolKindOf(group.name)} />
					<span className="min-w-0 truncate font-mono text-[13px]/5">
						<b className="font-medium">{group.name}</b>{" "}
						<span className="text-ink-3">×{count(group.indices.length)}</span>
					</span>
				</>
			);
		case "attempt":
			return (
				<>
					<Numbers />
					<Tile icon={RotateCcw} />
					<span className="min-w-0 truncate font-medium">
						{t("group.attempt", { attempt: group.attempt, n: group.calls })}
					</span>
				</>
			);
		case "past":
			return (
				<>
					<Numbers />
					<Tile icon={GitFork} />
					<span className="min-w-0 truncate text-ink-2">
						{t.rich("group.past", {
							n: group.calls,
							b: (calls) => <b className="font-medium text-ink">{calls}</b>,
							parent: (otherwise) => parentTitle?.(otherwise) ?? otherwise,
						})}
					</span>
				</>
			);
		default:
			return group satisfies never;
	}
}

const Numbers = ({ children }: { children?: ReactNode }) => (
	<span className="text-right text-[12px]/5 tabular-nums whitespace-nowrap text-ink-3 max-desk:hidden">{children}</span>
);

const Tile = ({ icon: Icon }: { icon: LucideIcon }) => (
	<span className="inline-grid size-5 place-items-center rounded-[4px] bg-ink-2/12 text-ink-2" aria-hidden="true">
		<Icon size={13} />
	</span>
);
