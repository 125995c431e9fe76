"use client";
import { lazy, memo, Suspense } from "react";
import { cn } from "@/components/ui/cn";
import type { FindHit } from "@/lib/trajectory/find-hit";
import type { Row } from "@/lib/trajectory/row";
import { CallRowBody } from "./call-row";
import { EndRowBody, ReplyRowBody } from "./plain-rows";
import { isRolledBack, plain } from "./row-facts";
import { RowRemarks } from "./row-remarks";
import { useRow } from "./use-run";
import { useRunWords } from "./use-run-words";

const FoundLine = lazy(async () => ({ default: (await import("./found-line")).FoundLine }));
/** Bodies that few runs have: theirs to load, and no other's. */
const OpenRowBody = lazy(async () => ({ default: (await import("./open-row")).OpenRowBody }));
const SaidRowBody = lazy(async () => ({ default: (await import("./said-rows")).SaidRowBody }));

type RowProps = {
	/** In `view.rows`: rows are only ever added and replaced, so this names one for good. */
	index: number;
	/** Place in the list as shown. */
	position: number;
	start: number;
	isSelected: boolean;
	/** The earlier call that this one repeats, by number. */
	repeats: number | undefined;
	/** What was found in the row, and the hit that the reader has gone to. */
	hits: readonly FindHit[] | undefined;
	hit: FindHit | undefined;
	onSelect(index: number): void;
	measure(node: HTMLElement | null): void;
};

const HATCHED =
	"bg-[repeating-linear-gradient(135deg,transparent_0_5px,color-mix(in_srgb,var(--color-line)_60%,transparent)_5px_6px)]";

/** One row of the timeline. It follows its own row of the fold and renders for nothing else. */
export const TimelineRow = memo(function TimelineRow(props: RowProps) {
	const { index, position, start, isSelected, repeats, hits, hit, onSelect, measure } = props;
	const row = useRow(index);
	const label = useRowLabel(row);
	if (!row) return;
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the row's button and the keys of the page do the same.
		<li
			ref={measure}
			data-index={position}
			data-row={index}
			aria-label={label}
			aria-posinset={position + 1}
			aria-setsize={-1}
			{...(isSelected && { "aria-current": "step" as const })}
			style={{ transform: `translateY(${start}px)` }}
			className={cn(
				"absolute top-0 left-0 w-full border-l-2",
				isSelected
					? "border-accent bg-accent-tint desk:[scroll-initial-target:nearest]"
					: "border-transparent hover:bg-hover/55",
				isRolledBack(row) && !isSelected && HATCHED,
			)}
			onClick={() => {
				if (getSelection()?.isCollapsed !== false) onSelect(index);
			}}
		>
			{position > 0 && !isSelected && (
				<span
					className="absolute top-0 right-4 left-[46px] border-t border-line desk:right-6 desk:left-[86px]"
					aria-hidden="true"
				/>
			)}
			<button
				type="button"
				className="sr-only focus-visible:not-sr-only focus-visible:absolute focus-visible:top-1 focus-visible:right-6 focus-visible:z-1 focus-visible:rounded-[4px] focus-visible:bg-surface focus-visible:px-1.5 focus-visible:text-[12px]/5"
				tabIndex={isSelected ? 0 : -1}
				onClick={(event) => {
					event.stopPropagation();
					onSelect(index);
				}}
			>
				{label}
			</button>
			<RowBody row={row} isSelected={isSelected} repeats={repeats} />
			<Suspense>{hits && <FoundLine hits={hits} current={hit} />}</Suspense>
			<RowRemarks row={row} />
		</li>
	);
});

/** A row of the height that most have. */
const place = <div className="h-[60px]" />;

type BodyProps = { row: Row; isSelected: boolean; repeats: number | undefined };

const RowBody = memo(function RowBody({ row, isSelected, repeats }: BodyProps) {
	switch (row.kind) {
		case "open":
			return (
				<Suspense fallback={place}>
					<OpenRowBody row={row} isSelected={isSelected} />
				</Suspense>
			);
		case "call":
			return <CallRowBody row={row} isSelected={isSelected} repeats={repeats} />;
		case "reply":
			return <ReplyRowBody row={row} isSelected={isSelected} />;
		case "attempt":
		case "steer":
		case "pause":
		case "fork":
			return (
				<Suspense fallback={place}>
					<SaidRowBody row={row} />
				</Suspense>
			);
		case "end":
			return <EndRowBody row={row} />;
		default:
			return row satisfies never;
	}
});

/** What a screen reader says of a row before its content. */
function useRowLabel(row: Row | undefined): string {
	const { t } = useRunWords();
	if (row?.kind !== "call") return row ? t(`rowNames.${isRolledBack(row) ? "rolledBack" : row.kind}`) : "";
	if (row.n === undefined) return t("rowNames.rolledBackCall", { name: row.call.name });
	const about = plain(row.call.args.q ?? row.call.args.url ?? row.call.args.subtask ?? "");
	return t("rowNames.call", { n: row.n, name: row.call.name, about: about.slice(0, 80) });
}
