"use client";
import { GitFork, Paperclip, Pause, Play, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Attachment } from "@/lib/trajectory/event";
import type { AttemptRow, ForkRow, PauseRow, SteerRow } from "@/lib/trajectory/row";
import { InkTile } from "./ink-tile";
import { ResultLine, RowFrame } from "./row-frame";
import { useRunSlots } from "./run-slots";
import { ToolGlyph } from "./tool-glyph";
import { useRunState } from "./use-run";
import { useRunWords } from "./use-run-words";

/** What is neither a reply nor a call: a fresh attempt, words of a person, a pause, the place of a fork. */
export function SaidRowBody({ row }: { row: AttemptRow | SteerRow | PauseRow | ForkRow }) {
	switch (row.kind) {
		case "attempt":
			return <AttemptRowBody row={row} />;
		case "steer":
			return <SteerRowBody row={row} />;
		case "pause":
			return <PauseRowBody row={row} />;
		case "fork":
			return <ForkRowBody row={row} />;
		default:
			return row satisfies never;
	}
}

function AttemptRowBody({ row }: { row: AttemptRow }) {
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

function SteerRowBody({ row }: { row: SteerRow }) {
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

function PauseRowBody({ row }: { row: PauseRow }) {
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

function FileNames({ files }: { files: readonly Attachment[] }) {
	const t = useTranslations("attach");
	return (
		<ul aria-label={t("list")} className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 text-[13px]/5 text-ink-2">
			{files.map(({ id, name }) => (
				<li key={id} className="flex min-w-0 items-baseline gap-1">
					<Paperclip size={13} strokeWidth={1.75} className="shrink-0 translate-y-0.5 text-ink-3" aria-hidden="true" />
					<bdi className="min-w-0 wrap-anywhere">{name}</bdi>
				</li>
			))}
		</ul>
	);
}

/** Where the run leaves its parent, and what it does differently. */
function ForkRowBody({ row }: { row: ForkRow }) {
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
			{row.attachments && <FileNames files={row.attachments} />}
			<ResultLine>
				<span>{changes || t("forkUnchanged")}</span>
				{parentLink?.(row)}
			</ResultLine>
		</RowFrame>
	);
}
