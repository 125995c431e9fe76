"use client";
import { ChevronRight } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { AttachedList } from "@/components/run/attached-list";
import { ShowMore } from "@/components/run/show-more";
import { useRunDesk, useRunView } from "@/components/run/use-run";
import { useTextParts } from "@/components/run/use-text-parts";
import { InkLink } from "@/components/ui/ink-link";
import { makeReport } from "@/lib/trajectory/report";
import { proseOf } from "@/lib/trajectory/row";
import { splitThink } from "@/lib/trajectory/think";
import type { AnswerView, ThreadPart } from "@/lib/trajectory/thread";
import { ReportMarkdown } from "./report-markdown";

/** The questions and answers that came before this run's own, folded, oldest first; then the question asked now. */
export function ThreadBefore() {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const { view } = useRunView();
	if (view.thread.length === 0) return;
	return (
		<section aria-label={t("thread")} className="mb-6">
			<ol className="border-y border-line">
				{view.thread.map((part, index) => (
					<li key={`${part.runId} ${part.question}`} className="border-line not-first:border-t">
						<Before part={part} n={index + 1} />
					</li>
				))}
			</ol>
			<h2 className="mt-5 text-[20px]/7 font-semibold text-pretty [overflow-wrap:anywhere]">{view.asked}</h2>
			{view.attachments && (
				<div className="mt-2">
					<AttachedList runId={store.runId} attachments={view.attachments} />
				</div>
			)}
		</section>
	);
}

function Before({ part, n }: { part: ThreadPart; n: number }) {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const [isOpen, setOpen] = useState(false);
	return (
		<details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
			<summary className="grid cursor-pointer list-none grid-cols-[16px_20px_minmax(0,1fr)] items-baseline gap-x-1.5 py-2.5 text-[14px]/5 hover:bg-hover/60 [&::-webkit-details-marker]:hidden">
				<ChevronRight
					size={14}
					strokeWidth={1.75}
					className="translate-y-0.5 text-ink-3 transition-transform duration-90 group-open:rotate-90 motion-reduce:transition-none"
					aria-hidden="true"
				/>
				<span className="text-[12px] tabular-nums text-ink-3">{n}</span>
				<span className="min-w-0 font-medium [overflow-wrap:anywhere] group-not-open:line-clamp-2">
					{part.question}
				</span>
			</summary>
			{isOpen && (
				<div className="pb-4 pl-[44px] max-desk:pl-4">
					{part.attachments && (
						<div className="mb-3">
							<AttachedList runId={store.runId} attachments={part.attachments} />
						</div>
					)}
					{part.answer ? <Answer answer={part.answer} /> : <p className="text-[13px]/5 text-ink-3">{t("noAnswer")}</p>}
					<p className="mt-2 text-[12px]/5 text-ink-3">
						<InkLink href={`/runs/${part.runId}?tab=report` as Route}>{t("openThatRun")}</InkLink>
					</p>
				</div>
			)}
		</details>
	);
}

/** An earlier answer, with its citations held against what had been opened. */
function Answer({ answer }: { answer: AnswerView }) {
	const { store, reading } = useRunDesk();
	const { view } = useRunView();
	const body = useTextParts(`answer ${answer.seq}`, (from) => reading.readBody(store.runId, answer.seq, from), true);
	const text = body.text ?? answer.content;
	const report = useMemo(
		() => makeReport(proseOf(splitThink(text).visible), view.sources.values()),
		[text, view.sources],
	);
	return (
		<>
			<ReportMarkdown markdown={report.markdown} citations={report.citations} />
			<ShowMore body={body} />
		</>
	);
}
