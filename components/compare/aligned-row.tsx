"use client";
import { ChevronsUpDown } from "lucide-react";
import type { Route } from "next";
import { useFormatter, useTranslations } from "next-intl";
import { ToolGlyph } from "@/components/run/tool-glyph";
import { useRunWords } from "@/components/run/use-run-words";
import { cn } from "@/components/ui/cn";
import { PageLink } from "@/components/ui/page-link";
import type { Both } from "@/lib/trajectory/align";
import type { CallBrief, RowBrief } from "./brief";
import type { FoldCounts } from "./rows-shown";

type Side = "a" | "b";
type RowProps = { row: RowBrief; calls: Both<readonly CallBrief[]>; ids: Both<string> };

/** Two calls side by side with what relates them, or one alone. On a phone one stands under the other. */
export function AlignedCalls({ row: [a, b, relation, likeness], calls, ids }: RowProps) {
	const t = useTranslations("compare");
	const format = useFormatter();
	const only = b < 0 ? "onlyA" : "onlyB";
	const share = format.number(likeness ?? 1, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
	const word = relation ? t(`relations.${relation}`, { likeness: share }) : t(`relations.${only}`);
	return (
		<div className="grid min-h-11 grid-cols-[minmax(0,1fr)_132px_minmax(0,1fr)] border-b border-line max-desk:grid-cols-[minmax(0,1fr)_auto]">
			<Cell side="a" call={calls.a[a]} id={ids.a} />
			<span className="flex items-center gap-2 bg-sunk px-2 text-[12px]/4 whitespace-nowrap text-ink-3 max-desk:col-start-2 max-desk:row-span-2 max-desk:row-start-1 max-desk:w-[88px] max-desk:text-center max-desk:whitespace-normal">
				<Rule isDrawn={a >= 0} relation={relation} />
				<span className={cn("flex-none max-desk:flex-1", relation && relation !== "alike" && "text-ink-2")}>
					{word}
				</span>
				<Rule isDrawn={b >= 0} relation={relation} />
			</span>
			<Cell side="b" call={calls.b[b]} id={ids.b} />
		</div>
	);
}

/** Solid between the same, dotted between what is alike, on one side of what stands alone. */
function Rule({ isDrawn, relation }: { isDrawn: boolean; relation: RowBrief[2] }) {
	const isDotted = relation === "alike" || relation === "evidence";
	return (
		<span
			aria-hidden="true"
			className={cn(
				"h-px flex-1 max-desk:hidden",
				isDrawn && (isDotted ? "border-t border-dotted border-line-3" : "bg-line-3"),
				isDrawn && relation && !isDotted && "bg-ink",
			)}
		/>
	);
}

function Cell({ side, call, id }: { side: Side; call: CallBrief | undefined; id: string }) {
	const t = useTranslations("compare");
	const name = t(`sides.${side}`);
	if (!call) {
		return (
			<span className="flex items-center pl-12 text-ink-3 max-desk:hidden">
				<span aria-hidden="true">·</span>
				<span className="sr-only">{t("noCounterpart", { side: name })}</span>
			</span>
		);
	}
	return (
		<PageLink
			href={`/runs/${id}?call=${call.n}` as Route}
			className={cn(
				"flex min-w-0 items-center gap-3 py-2 pr-3 text-[13px]/5 hover:bg-hover max-desk:col-start-1 max-desk:gap-2",
				side === "b" && "desk:pl-3",
			)}
		>
			<span className="w-9 flex-none text-right text-[12px] tabular-nums text-ink-3">
				<span className="sr-only">{t("openCall", { side: name })} </span>
				<span className="desk:hidden" aria-hidden="true">
					{name}{" "}
				</span>
				{call.n}
			</span>
			<ToolGlyph glyph={call.isError ? "error" : call.kind} />
			<span className="min-w-0 flex-1 truncate">{call.label}</span>
			{call.waste && (
				<span className="flex-none rounded-[4px] border border-line-2 px-1.5 text-[11px]/[18px] text-ink-2 max-desk:hidden">
					{t(`waste.${call.waste}`)}
				</span>
			)}
		</PageLink>
	);
}

const FOLDED = ["same", "alike", "onlyA", "onlyB"] as const;

/** Rows left out, and what they are; opens all of them. */
export function FoldRow({ counts, onOpen }: { counts: FoldCounts; onOpen(): void }) {
	const t = useTranslations("compare");
	const { listed } = useRunWords();
	const kinds = FOLDED.filter((kind) => counts[kind] > 0).map((kind) => t(`foldKinds.${kind}`, { n: counts[kind] }));
	return (
		<button
			type="button"
			onClick={onOpen}
			className="flex min-h-10 w-full items-center justify-center gap-2 border-b border-line bg-sunk px-4 py-2 text-[13px]/5 text-pretty text-ink-3 hover:bg-hover hover:text-ink"
		>
			<ChevronsUpDown size={14} strokeWidth={1.5} className="flex-none" aria-hidden="true" />
			{t("fold", { n: counts.n, kinds: listed(kinds) })}
		</button>
	);
}
