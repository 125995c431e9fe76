"use client";
import { CornerDownRight, Flag, GitFork, Pause, Play, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { AttemptRow, EndRow, ForkRow, PauseRow, ReplyRow, SteerRow } from "@/lib/trajectory/row";
import { Faults } from "./call-row";
import { endingOf } from "./ending";
import { ResultLine, RowFrame, ThoughtLine } from "./row-frame";
import { useRunSlots } from "./run-slots";
import { ToolGlyph } from "./tool-glyph";
import { useRunDesk, useRunState } from "./use-run";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

function InkTile({ children }: { children: ReactNode }) {
	return (
		<span className="inline-grid size-5 place-items-center rounded-[4px] bg-ink-2/12 text-ink-2" aria-hidden="true">
			{children}
		</span>
	);
}

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

export function AttemptRowBody({ row }: { row: AttemptRow }) {
	const { t } = useRunWords();
	return (
		<RowFrame
			glyph={
				<InkTile>
					<RotateCcw size={13} />
				</InkTile>
			}
		>
			<p className="font-medium text-ink">{t("attempt", { n: row.attempt })}</p>
			<ResultLine>
				<span className="line-clamp-3 max-w-[84ch]">
					{row.carried ? t("carried", { text: row.carried }) : t("freshStart")}
				</span>
			</ResultLine>
		</RowFrame>
	);
}

export function SteerRowBody({ row }: { row: SteerRow }) {
	const t = useTranslations("fork");
	const { format } = useRunWords();
	const state = useRunState();
	const at = format.dateTime(row.at, { timeStyle: "short" });
	const unseen = t(state === "ended" ? "neverSeen" : "notSeenYet", { at });
	return (
		<RowFrame glyph={<ToolGlyph glyph="person" />}>
			<p className="text-[14px]/[21px] whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{row.text}</p>
			<ResultLine>
				<span>{row.seenFrom === undefined ? unseen : t("seenFrom", { at, n: row.seenFrom })}</span>
			</ResultLine>
		</RowFrame>
	);
}

export function PauseRowBody({ row }: { row: PauseRow }) {
	const { t, recorded } = useRunWords();
	return (
		<RowFrame glyph={<InkTile>{row.paused ? <Pause size={13} /> : <Play size={13} />}</InkTile>}>
			<p className="text-ink">{row.paused ? t("paused") : t("resumed")}</p>
			<ResultLine>
				<span>{recorded(row.detail)}</span>
			</ResultLine>
		</RowFrame>
	);
}

/** Where the run leaves its parent, and what it does differently. */
export function ForkRowBody({ row }: { row: ForkRow }) {
	const { t, forkChanges } = useRunWords();
	const { parentLink } = useRunSlots();
	const changes = forkChanges(row.changes);
	return (
		<RowFrame
			glyph={
				<InkTile>
					<GitFork size={13} />
				</InkTile>
			}
		>
			{row.followUp === undefined ? (
				<p className="font-medium text-ink">{t("forkedHere")}</p>
			) : (
				<p className="text-[14px]/[21px] font-medium text-ink [overflow-wrap:anywhere]">{row.followUp}</p>
			)}
			<ResultLine>
				<span>{changes || t("forkUnchanged")}</span>
				{parentLink?.(row)}
			</ResultLine>
		</RowFrame>
	);
}

export function EndRowBody({ row }: { row: EndRow }) {
	const { store } = useRunDesk();
	const { openTab } = useRunPage();
	const { t, recorded } = useRunWords();
	const hasAnswer = store.view.answer !== undefined;
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
