"use client";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import type { CallRow } from "@/lib/trajectory/row";
import { FoundPartText } from "./found-text";
import { Section } from "./inspector-section";
import { useRunSlots } from "./run-slots";
import { ShowMore, TextLink } from "./show-more";
import { useHit } from "./use-look";
import { useRunDesk } from "./use-run";
import { useRunWords } from "./use-run-words";
import { useTextParts } from "./use-text-parts";

/** Deeper than this, a text is shown from near the place that was found, not from its beginning. */
const DEEP = 80_000;
const BEFORE = 2000;

/** What the model read, from its beginning or from what was found in it; the rest in parts. */
export function ResultSection({ row }: { row: CallRow }) {
	const { t, count } = useRunWords();
	const { callPart } = useRunSlots();
	const { body, start, isWhole, toggle } = useResultText(row.resultSeq ?? 0);
	if (row.resultSeq === undefined) return;
	const text = (isWhole && body.text) || row.result;
	const shown = t("shownOf", { shown: count(text.length), n: count(row.resultChars) });
	return (
		<Section
			name={t("result")}
			aside={
				<>
					<span className="tabular-nums">
						{text.length < row.resultChars ? shown : t("characters", { n: count(row.resultChars) })}
					</span>
					{callPart?.(row, "result")}
					{(isWhole || text.length > 420 || text.length < row.resultChars) && (
						<TextLink disabled={body.isLoading} onClick={toggle}>
							{isWhole ? t("showLess") : t("showAll")}
						</TextLink>
					)}
				</>
			}
		>
			{isWhole && start > 0 && (
				<p className="mb-1.5 text-[12px]/4 text-ink-3">{t("find.fromCharacter", { n: count(start) })}</p>
			)}
			<div
				className={cn(
					"overflow-hidden rounded-md border border-line bg-sunk px-3 py-2.5 font-mono text-[12.5px]/[19px] whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]",
					!isWhole && "max-h-[178px] [mask-image:linear-gradient(#000_70%,transparent)]",
				)}
			>
				{text === "" ? t("emptyText") : <FoundPartText text={text} seq={row.resultSeq} part="result" />}
			</div>
			{isWhole && <ShowMore body={body} />}
		</Section>
	);
}

/** The whole text once it is asked for, by the reader or by what was found in it; `start` is where it begins. */
function useResultText(seq: number) {
	const { store, reading } = useRunDesk();
	const hit = useHit();
	const [chosen, setChosen] = useState<{ seq: number; isOpen: boolean }>();
	const offset = hit?.seq === seq && hit.part === "result" ? hit.offset : undefined;
	const isWhole = chosen?.seq === seq ? chosen.isOpen : offset !== undefined;
	const start = offset !== undefined && offset > DEEP ? offset - BEFORE : 0;
	const body = useTextParts(
		`result ${seq} ${start}`,
		(from) => reading.readBody(store.runId, seq, from === 0 ? start : from),
		isWhole,
	);
	return { body, start, isWhole, toggle: () => setChosen({ seq, isOpen: !isWhole }) };
}
