"use client";
import { CornerDownRight, Flag, RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { EndRow, ReplyRow } from "@/lib/trajectory/row";
import { Faults } from "./call-row";
import { endingOf } from "./ending";
import { InkTile } from "./ink-tile";
import { ResultLine, RowFrame, ThoughtLine } from "./row-frame";
import { ToolGlyph } from "./tool-glyph";
import { useRunDesk } from "./use-run";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

/** A reply without a call: the answer, a failure summary, or one that was thrown away. */
export function ReplyRowBody({ row, isSelected }: { row: ReplyRow; isSelected: boolean }) {
	const { store } = useRunDesk();
	const { t, recorded, duration } = useRunWords();
	const text = row.thought || row.text;
	if (row.rolledBack) {
		return (
			<RowFrame
				glyph={<ToolGlyph glyph="rolledBack" />}
				duration={row.modelMs && duration(row.modelMs)}
				isSelected={isSelected}
			>
				<ThoughtLine text={text} isOpen={isSelected} isStruck />
				<ResultLine>
					<span className="text-ink">{t("rolledBack", { detail: recorded(row.rolledBack.detail) })}</span>
					<Faults row={row} />
				</ResultLine>
			</RowFrame>
		);
	}
	const isSummary = row.purpose === "failure_summary";
	const isAnswer = row.purpose === "answer" || store.view.answer?.turn === row.turn;
	const ending = isAnswer ? t("answer") : t("stoppedSearching");
	return (
		<RowFrame
			glyph={<InkTile>{isSummary ? <RotateCcw size={13} /> : <Flag size={13} />}</InkTile>}
			duration={row.modelMs && duration(row.modelMs)}
			isSelected={isSelected}
		>
			<ThoughtLine text={row.thought} isOpen={isSelected} />
			<p className="font-medium text-ink">{isSummary ? t("failureSummary") : ending}</p>
			<p className="line-clamp-2 max-w-[84ch] text-[13px]/5 text-ink-2 [overflow-wrap:anywhere]">{headOf(row.text)}</p>
			<Faults row={row} />
		</RowFrame>
	);
}

/** The beginning of a markdown text without its marks. */
const headOf = (markdown: string) =>
	markdown
		.slice(0, 600)
		.replace(/^#{1,6}\s+.*$/gm, "")
		.replace(/[*_`>#]|\[\d+\]/g, "")
		.replace(/\s+/g, " ")
		.trim();

export function EndRowBody({ row }: { row: EndRow }) {
	const { store } = useRunDesk();
	const { openTab } = useRunPage();
	const { t, recorded } = useRunWords();
	const { hasAnswer } = store;
	const { word } = endingOf(row.outcome, hasAnswer);
	return (
		<RowFrame
			glyph={
				<InkTile>
					<CornerDownRight size={13} />
				</InkTile>
			}
		>
			<p className="font-medium text-ink">{t(`outcomes.${word}`)}</p>
			<ResultLine>
				<span>{recorded(row.detail)}</span>
			</ResultLine>
			{hasAnswer && (
				<Button size="sm" className="mt-2" onClick={() => openTab("report")}>
					{t("readReport")}
				</Button>
			)}
		</RowFrame>
	);
}
