"use client";
import { REPLY_HEAD } from "@/lib/trajectory/packet";
import { proseOf, type Row, type TurnRow } from "@/lib/trajectory/row";
import { splitThink } from "@/lib/trajectory/think";
import { toolKindOf } from "@/lib/trajectory/tool-kind";
import { AttachedList } from "./attached-list";
import { FoundPartText } from "./found-text";
import { Facts, Section } from "./inspector-section";
import { Caret, partsOf } from "./open-row";
import { ShowMore } from "./show-more";
import { useRunDesk, useRunValue } from "./use-run";
import { useRunWords } from "./use-run-words";
import { useTextParts } from "./use-text-parts";

/** A slim event holds about this much of a reply; a longer one is loaded when its row is looked at. */
const HEAD = REPLY_HEAD - 120;

const PROSE = "text-[14px]/[21px] whitespace-pre-wrap [overflow-wrap:anywhere]";

/** What the model wrote before it acted, whole; or what a row without a turn says. */
export function ThoughtSection({ row }: { row: Row }) {
	const { store } = useRunDesk();
	const { t, forkChanges, recorded } = useRunWords();
	switch (row.kind) {
		case "open":
			return <LiveThought turn={row.turn} />;
		case "call":
		case "reply":
			return <WholeThought row={row} />;
		case "attempt":
			return (
				<Section name={t("carriedOver")}>
					<p className={PROSE}>{row.carried ?? t("freshStart")}</p>
				</Section>
			);
		case "steer":
			return (
				<Section name={t("rowNames.steer")}>
					<p className={PROSE}>
						<FoundPartText text={row.text} seq={row.key} part="words" />
					</p>
				</Section>
			);
		case "fork":
			return (
				<Section name={t("forkedHere")}>
					<p className={PROSE}>{row.followUp ?? (forkChanges(row.changes) || t("forkUnchanged"))}</p>
					{row.attachments && (
						<div className="mt-2">
							<AttachedList runId={store.runId} attachments={row.attachments} />
						</div>
					)}
				</Section>
			);
		default:
			return (
				<Section name={t("detail")}>
					<p className={PROSE}>{recorded(row.detail)}</p>
				</Section>
			);
	}
}

function LiveThought({ turn }: { turn: number }) {
	const { t } = useRunWords();
	const live = useRunValue(({ live }) => (live?.turn === turn ? live : undefined));
	if (!live) return;
	const { thought, prose, call } = partsOf(live);
	return (
		<>
			<Section name={t("thought")}>
				<p className={PROSE}>
					{thought}
					{call === "" && prose === "" && <Caret />}
				</p>
			</Section>
			{prose !== "" && (
				<Section name={t("reply")}>
					<p className={PROSE}>{prose}</p>
				</Section>
			)}
			{call !== "" && (
				<Section name={t("callWritten")}>
					<p className="font-mono text-[12.5px]/5 [overflow-wrap:anywhere]">
						{call}
						<Caret />
					</p>
				</Section>
			)}
		</>
	);
}

function WholeThought({ row }: { row: TurnRow }) {
	const { store, reading } = useRunDesk();
	const { t, recorded } = useRunWords();
	const seq = row.replySeq ?? 0;
	const isCut = row.replySeq !== undefined && row.thought.length + row.text.length >= HEAD;
	const body = useTextParts(`reply ${seq}`, (from) => reading.readBody(store.runId, seq, from), isCut);
	const whole = body.text === undefined ? undefined : splitThink(body.text);
	const thought = longer(row.thought, whole?.reasoning.trim());
	const text = longer(row.text, whole && proseOf(whole.visible));
	return (
		<>
			{row.rolledBack && (
				<Section name={t("rowNames.rolledBack")}>
					<p className={PROSE}>{t("rolledBack", { detail: recorded(row.rolledBack.detail) })}</p>
				</Section>
			)}
			{thought !== "" && (
				<Section name={t("thought")}>
					<p className={PROSE}>
						<FoundPartText text={thought} seq={row.replySeq} part="thought" />
					</p>
				</Section>
			)}
			{text !== "" && (
				<Section name={t("reply")}>
					<p className={PROSE}>
						<FoundPartText text={text} seq={row.replySeq} part="reply" />
					</p>
					<ShowMore body={body} />
				</Section>
			)}
		</>
	);
}

const longer = (head: string, whole: string | undefined) => (whole && whole.length > head.length ? whole : head);

const BARS = { waiting: "bg-line-3", model: "bg-ink" } as const;
const TOOL_BARS = {
	search: "bg-tool-search",
	library: "bg-tool-library",
	read: "bg-tool-read",
	code: "bg-tool-code",
	other: "bg-tool-other",
};

/** Where the time went: waiting for the server, the model's reply, the tool. */
export function TimeSection({ row }: { row: TurnRow }) {
	const { t, duration, compact, count, percent } = useRunWords();
	const toolMs = row.kind === "call" ? (row.toolMs ?? 0) : 0;
	const modelMs = row.modelMs ?? 0;
	const total = Math.max((row.endedAt ?? row.startedAt) - row.startedAt, modelMs + toolMs);
	if (total <= 0) return;
	const waiting = Math.max(0, total - modelMs - toolMs);
	const tool = row.kind === "call" ? TOOL_BARS[toolKindOf(row.call.name)] : BARS.model;
	const parts = [
		{ name: t("time.waiting"), ms: waiting, hue: BARS.waiting },
		{ name: t("time.model"), ms: modelMs, hue: BARS.model },
		{ name: t("time.tool"), ms: toolMs, hue: tool },
	].filter(({ ms }) => ms / total > 0.004);
	const spoken = parts.map(({ name, ms }) => `${name} ${duration(ms)}`).join(", ");
	const usage = row.usage;
	const cached = usage?.cachedTokens
		? t("cachedOf", { share: percent(usage.cachedTokens / Math.max(1, usage.inputTokens)) })
		: "";
	return (
		<Section name={t("timeAndTokens")} aside={<span className="tabular-nums">{duration(total)}</span>}>
			<div role="img" aria-label={spoken} className="flex h-2 gap-px overflow-hidden rounded-[2px] bg-line">
				{parts.map(({ name, ms, hue }) => (
					<i key={name} className={hue} style={{ width: `${(100 * ms) / total}%` }} />
				))}
			</div>
			<div className="mt-1.5 mb-2.5 flex flex-wrap gap-x-3.5 text-[12px]/4 tabular-nums text-ink-3" aria-hidden="true">
				{parts.map(({ name, ms }) => (
					<span key={name}>{`${name} ${duration(ms)}`}</span>
				))}
			</div>
			<Facts
				facts={[
					...(usage && usage.inputTokens > 0
						? ([
								[t("prompt"), `${compact(usage.inputTokens)}${cached}`],
								[t("replyTokens"), count(usage.outputTokens)],
							] as const)
						: []),
					...(row.kind === "call" && row.resultChars > 0
						? ([[t("result"), t("characters", { n: count(row.resultChars) })]] as const)
						: []),
				]}
			/>
		</Section>
	);
}
