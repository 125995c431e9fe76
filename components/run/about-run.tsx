"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AttachedList } from "./attached-list";
import { Facts, Section } from "./inspector-section";
import { useRunSlots } from "./run-slots";
import { TextLink } from "./show-more";
import { useRunDesk, useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";

/** The run as it was asked: the question whole, and every setting that shapes it. */
export function AboutRun() {
	const { store } = useRunDesk();
	const { view } = useRunView();
	const { t, count, format } = useRunWords();
	const attach = useTranslations("attach");
	const { settings } = view;
	const before = view.thread.flatMap(({ attachments = [] }) => attachments);
	const { aboutRun } = useRunSlots();
	const asked = format.dateTime(store.summary.createdAt, { dateStyle: "medium", timeStyle: "short" });
	return (
		<>
			<Section name={t("question")}>
				<Question text={store.summary.question} />
			</Section>
			{view.plan && (
				<Section name={t("agreed")}>
					<p className="text-[13px]/5 whitespace-pre-wrap [overflow-wrap:anywhere]">{view.plan}</p>
				</Section>
			)}
			{view.attachments && (
				<Section name={attach("asked")}>
					<AttachedList runId={store.runId} attachments={view.attachments} />
				</Section>
			)}
			{before.length > 0 && (
				<Section name={attach("askedBefore")}>
					<AttachedList runId={store.runId} attachments={before} />
				</Section>
			)}
			<Section name={t("askedAs")}>
				<Facts
					facts={[
						[t("asked"), asked],
						[t("preset"), store.summary.preset],
						[t("model"), settings?.model.provider === "extractive" ? t("builtIn") : store.summary.model],
						[t("answerIs"), t(`answerModes.${store.summary.answerMode}`)],
						[t("budget"), t("callsMade", { n: store.summary.budget, count: count(store.summary.budget) })],
					]}
				/>
			</Section>
			{aboutRun}
			<p className="px-4 py-3 text-[12px]/[18px] text-ink-3">{t("chooseRow")}</p>
		</>
	);
}

/** Characters of a question that stand here without being asked for. */
const SHOWN = 700;

function Question({ text }: { text: string }) {
	const { t, count } = useRunWords();
	const [isWhole, setWhole] = useState(false);
	const isCut = text.length > SHOWN * 1.2 && !isWhole;
	return (
		<>
			<p dir="auto" className="text-[14px]/[21px] whitespace-pre-wrap [overflow-wrap:anywhere]">
				{isCut ? `${text.slice(0, SHOWN)}…` : text}
			</p>
			{isCut && <TextLink onClick={() => setWhole(true)}>{t("wholeQuestion", { n: count(text.length) })}</TextLink>}
		</>
	);
}
