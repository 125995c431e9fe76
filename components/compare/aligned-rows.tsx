"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useRunWords } from "@/components/run/use-run-words";
import { Segmented } from "@/components/ui/segmented";
import type { Both } from "@/lib/trajectory/align";
import { AlignedCalls, FoldRow } from "./aligned-row";
import type { ComparisonBrief } from "./brief";
import { DivergenceLine } from "./divergence-line";
import { isShort, itemsOf, type ListItem, type RowsFilter } from "./rows-shown";

type Props = { found: ComparisonBrief; ids: Both<string> };

/** The calls of both runs in one list; only the rows in view are in the document. */
export function AlignedRows({ found, ids }: Props) {
	const t = useTranslations("compare");
	const { count } = useRunWords();
	const { rows, calls, divergence, cut } = found;
	const [filter, setFilter] = useState<RowsFilter>(isShort(rows) ? "all" : "around");
	const part = "row" in divergence ? divergence.row : undefined;
	const items = useMemo(() => itemsOf({ rows, calls }, filter, part), [rows, calls, filter, part]);
	const filters = (["around", "all", "differences", "wasted"] as const)
		.filter((value) => value !== "around" || !isShort(rows))
		.map((value) => ({ value, label: t(`filters.${value}`, { n: count(rows.length) }) }));
	if (rows.length === 0) return <p className="border-y border-line py-6 text-ink-3">{t("noCalls")}</p>;
	return (
		<>
			<div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
				<p className="flex-1 text-[13px]/5 text-ink-3">{t("callsDetail")}</p>
				<Segmented label={t("filter")} value={filter} options={filters} onChange={setFilter} />
			</div>
			{cut && <p className="mb-3 rounded-md bg-warn-tint px-3 py-2 text-[13px]/5 text-warn">{t("cut", cut)}</p>}
			{items.every(({ kind }) => kind !== "row") && <p className="py-4 text-[13px] text-ink-3">{t("noRows")}</p>}
			<List key={filter} items={items}>
				{(item) => {
					if (!item) return;
					if (item.kind === "divergence") return <DivergenceLine divergence={divergence} calls={calls} />;
					if (item.kind === "fold") return <FoldRow counts={item.counts} onOpen={() => setFilter("all")} />;
					const row = rows[item.row];
					return row && <AlignedCalls row={row} calls={calls} ids={ids} />;
				}}
			</List>
		</>
	);
}

type ListProps = { items: readonly ListItem[]; children(item: ListItem | undefined): ReactNode };

function List({ items, children }: ListProps) {
	const t = useTranslations("compare");
	const box = useRef<HTMLDivElement>(null);
	const margin = usePageTop(box);
	const list = useWindowVirtualizer({
		count: items.length,
		estimateSize: () => 45,
		overscan: 8,
		scrollMargin: margin,
	});
	return (
		<div ref={box} className="border-t border-line-2">
			{/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a list without markers. */}
			<ol role="list" aria-label={t("calls")} className="relative" style={{ height: list.getTotalSize() }}>
				{list.getVirtualItems().map(({ index, start }) => (
					<li
						key={index}
						ref={list.measureElement}
						data-index={index}
						aria-setsize={items.length}
						aria-posinset={index + 1}
						className="absolute inset-x-0 top-0"
						style={{ transform: `translateY(${start - margin}px)` }}
					>
						{children(items[index])}
					</li>
				))}
			</ol>
		</div>
	);
}

/** Where an element begins on the page, as long as what stands above it keeps its size. */
function usePageTop(box: RefObject<HTMLElement | null>): number {
	return useSyncExternalStore(
		(listener) => {
			const observer = new ResizeObserver(listener);
			observer.observe(document.body);
			return () => observer.disconnect();
		},
		() => (box.current ? Math.round(box.current.getBoundingClientRect().top + window.scrollY) : 0),
		() => 0,
	);
}
