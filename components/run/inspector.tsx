"use client";
import { ChevronDown, ChevronUp, Maximize2, Minimize2, X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { type CallRow, isTurnRow, noteTarget, type Row } from "@/lib/trajectory/row";
import { toolKindOf } from "@/lib/trajectory/tool-kind";
import { AboutRun } from "./about-run";
import { FilesSection } from "./call-files";
import { ArgumentsSection, SourcesSection, WaySection } from "./inspector-call";
import { ResultSection } from "./inspector-result";
import { ThoughtSection, TimeSection } from "./inspector-turn";
import { isRolledBack } from "./row-facts";
import { useRunSlots } from "./run-slots";
import { ToolGlyph } from "./tool-glyph";
import { useRow, useRunValue } from "./use-run";
import { useRunCursor, useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

/** Everything about one row; about the run itself when none is chosen or, in a
 * replay, the chosen one is still to come. On a phone a sheet that rises with a choice. */
export function Inspector({ onStep }: { onStep(by: 1 | -1): void }) {
	const cursor = useRunCursor();
	/** The list shows the choice first; what there is to read of it follows. */
	const index = useDeferredValue(cursor.index);
	const row = useRow(index ?? -1);
	const isEarly = useRunValue((store) => store.isEarly);
	if (index === undefined || !row) {
		return (
			<aside className="relative hidden min-w-0 overflow-y-auto border-l border-line bg-surface desk:block">
				{!isEarly && <AboutRun />}
			</aside>
		);
	}
	return <Sheet row={row} onStep={onStep} />;
}

function Sheet({ row, onStep }: { row: Row; onStep(by: 1 | -1): void }) {
	const { t, count } = useRunWords();
	const { callActions, remarks } = useRunSlots();
	const [isFull, setFull] = useState(false);
	const name =
		row.kind === "call" && row.n !== undefined ? t("callNumber", { n: count(row.n) }) : t(`rowNames.${nameOf(row)}`);
	return (
		<aside
			aria-label={name}
			className={cn(
				"min-w-0 overflow-y-auto overscroll-contain bg-surface desk:relative desk:border-l desk:border-line",
				"max-desk:fixed max-desk:inset-x-0 max-desk:bottom-0 max-desk:z-30 max-desk:rounded-t-[10px] max-desk:border-t max-desk:border-line-2 max-desk:shadow-float",
				isFull ? "max-desk:top-12" : "max-desk:h-[52dvh]",
			)}
		>
			<Head row={row} name={name} onStep={onStep} isFull={isFull} onFull={() => setFull(!isFull)} />
			{row.kind === "call" && callActions?.(row)}
			<ThoughtSection row={row} />
			{row.kind === "call" && <CallSections row={row} />}
			{isTurnRow(row) && <TimeSection row={row} />}
			{remarks?.(noteTarget(row))}
		</aside>
	);
}

/** Of a search, its results come before the text they were told in. */
function CallSections({ row }: { row: CallRow }) {
	const isReading = toolKindOf(row.call.name) === "read";
	return (
		<>
			<ArgumentsSection row={row} />
			{!isReading && <SourcesSection row={row} />}
			<FilesSection row={row} />
			<ResultSection row={row} />
			{isReading && <SourcesSection row={row} />}
			<WaySection row={row} />
		</>
	);
}

const nameOf = (row: Row) => (isRolledBack(row) ? "rolledBack" : row.kind);

type HeadProps = { row: Row; name: string; isFull: boolean; onFull(): void; onStep(by: 1 | -1): void };

function Head({ row, name, isFull, onFull, onStep }: HeadProps) {
	const { select } = useRunPage();
	const { t, count } = useRunWords();
	const { copyLink } = useRunSlots();
	const icon = { size: 16, strokeWidth: 1.5, "aria-hidden": true } as const;
	return (
		<div className="sticky top-0 z-1 flex items-center gap-2 border-b border-line bg-surface py-2.5 pr-2 pl-4">
			{row.kind === "call" && (
				<>
					{row.n !== undefined && <span className="font-semibold tabular-nums text-accent">{count(row.n)}</span>}
					<ToolGlyph glyph={isRolledBack(row) ? "rolledBack" : toolKindOf(row.call.name)} />
				</>
			)}
			<b
				className={cn(
					"min-w-0 truncate font-semibold",
					row.kind === "call" ? "font-mono text-[13px]/5" : "text-[14px]/5",
				)}
			>
				{row.kind === "call" ? row.call.name : name}
			</b>
			<span className="flex-1" />
			<Button
				variant="ghost"
				size="icon-sm"
				aria-label={t("previousRow")}
				title={t("previousRow")}
				onClick={() => onStep(-1)}
			>
				<ChevronUp {...icon} />
			</Button>
			<Button variant="ghost" size="icon-sm" aria-label={t("nextRow")} title={t("nextRow")} onClick={() => onStep(1)}>
				<ChevronDown {...icon} />
			</Button>
			{copyLink}
			<Button
				variant="ghost"
				size="icon-sm"
				className="desk:hidden"
				aria-label={isFull ? t("halfHeight") : t("fullHeight")}
				onClick={onFull}
			>
				{isFull ? <Minimize2 {...icon} /> : <Maximize2 {...icon} />}
			</Button>
			<Button
				variant="ghost"
				size="icon-sm"
				aria-label={t("close")}
				title={t("close")}
				onClick={() => select(undefined)}
			>
				<X {...icon} />
			</Button>
		</div>
	);
}
