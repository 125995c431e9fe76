"use client";
import { CircleDashed } from "lucide-react";
import type { OpenRow } from "@/lib/trajectory/row";
import { proseOf } from "@/lib/trajectory/row";
import { splitThink } from "@/lib/trajectory/think";
import { activityOf } from "./activity";
import { draftCallOf } from "./draft-call";
import type { LiveTurn } from "./live-turn";
import { ResultLine, RowFrame } from "./row-frame";
import { useRunClock, useRunDesk, useRunState, useRunValue } from "./use-run";
import { useRunWords } from "./use-run-words";

/** Characters of a growing text that a row shows: its end, where something moves. */
const TAIL = 420;

/** The open turn's text in the parts a person reads; a think block inside the text is thought. */
export function partsOf(live: LiveTurn): { thought: string; prose: string; call: string } {
	const split = splitThink(live.text);
	return { thought: live.reasoning + split.reasoning, prose: proseOf(split.visible), call: live.call };
}

/** The turn that is being written: what the model does, and its words as they come. */
export function OpenRowBody({ row, isSelected }: { row: OpenRow; isSelected: boolean }) {
	const { store } = useRunDesk();
	const state = useRunState();
	const live = useRunValue(({ live }) => (live?.turn === row.turn ? live : undefined));
	const { t, activity, duration } = useRunWords();
	const isUnderWay = state === "running";
	const now = useRunClock(isUnderWay);
	const doing = activityOf({ rows: store.rows, live });
	const waited = now === undefined ? undefined : duration(Math.max(0, now - row.startedAt));
	return (
		<RowFrame
			glyph={
				<span
					className="inline-grid size-5 place-items-center rounded-[4px] bg-accent/12 text-accent"
					aria-hidden="true"
				>
					<CircleDashed size={14} strokeWidth={1.75} />
				</span>
			}
			duration={isUnderWay ? waited : undefined}
			isLive={isUnderWay}
			isSelected={isSelected}
		>
			{live && <Written live={live} />}
			<ResultLine>
				{isUnderWay ? (
					<span className={doing.kind === "retry" ? "text-warn" : "text-accent"}>{activity(doing, now)}</span>
				) : (
					<span>{t("notWritten")}</span>
				)}
			</ResultLine>
		</RowFrame>
	);
}

/** At most three lines that show the end of the text, so that the row keeps its height while it streams. */
function Written({ live }: { live: LiveTurn }) {
	const { thought, prose, call } = partsOf(live);
	const draft = draftCallOf(call);
	const text = call === "" && prose !== "" ? prose : thought;
	return (
		<>
			{text !== "" && (
				<div className="mb-[3px] flex max-h-[3lh] max-w-[84ch] flex-col justify-end overflow-hidden text-[14px]/[21px] text-ink-2">
					<p className="[overflow-wrap:anywhere]">
						{tail(text)}
						{call === "" && <Caret />}
					</p>
				</div>
			)}
			{call !== "" && (
				<div className="flex max-h-10 flex-col justify-end overflow-hidden font-mono text-[13px]/5 text-ink-2">
					<p className="[overflow-wrap:anywhere]">
						<b className="font-medium text-ink">{draft.name}</b> {tail(draft.args)}
						<Caret />
					</p>
				</div>
			)}
		</>
	);
}

const tail = (text: string) => (text.length > TAIL ? `…${text.slice(-TAIL)}` : text);

export function Caret() {
	return (
		<span
			aria-hidden="true"
			className="ml-0.5 inline-block h-[15px] w-[7px] bg-accent align-[-2px] motion-safe:animate-[blink_1.06s_steps(1)_infinite]"
		/>
	);
}
