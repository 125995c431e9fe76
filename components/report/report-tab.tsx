"use client";
import { Copy, Hourglass } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, use } from "react";
import { endingOf } from "@/components/run/ending";
import { FollowUp } from "@/components/run/follow-up";
import { hostLabel } from "@/components/run/row-facts";
import { TextLink } from "@/components/run/show-more";
import { useRunDesk, useRunView } from "@/components/run/use-run";
import { useRunPage } from "@/components/run/use-run-page";
import { useRunWords } from "@/components/run/use-run-words";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/problem";
import { useCopied } from "@/components/ui/use-copied";
import { type Report, withReferences } from "@/lib/trajectory/report";
import { Draft } from "./draft";
import { ExportMenu } from "./export-menu";
import { useExport } from "./export-room";
import { NoAnswer } from "./no-answer";
import { RENDERED } from "./rendered";
import { ReportMarkdown } from "./report-markdown";
import { ShareReport } from "./share-report";
import { ThreadBefore } from "./thread";
import { useReport } from "./use-report";
import { SupportContext, useSupport } from "./use-support";

/** The answer of the run, with citations that open what they rest on. */
export function ReportTab() {
	const report = useReport();
	return (
		<div className="h-full desk:overflow-y-auto">
			<article data-print className="mx-auto max-w-[800px] px-4 pt-5 pb-16 desk:px-14 desk:pt-7 desk:pb-24">
				<ThreadBefore />
				{report ? <Answer report={report} /> : <Draft fallback={<NoAnswer />} />}
				<FollowUp />
			</article>
		</div>
	);
}

function Answer({ report }: { report: Report }) {
	const t = useTranslations("report");
	const { view } = useRunView();
	const boxed = view.answer?.boxed;
	const support = useSupport(report);
	return (
		<SupportContext value={support}>
			<p className="mb-2 hidden text-[22px]/7 font-semibold [overflow-wrap:anywhere] print:block">{view.title}</p>
			<Byline report={report} />
			{boxed !== undefined && (
				<p className="mb-6 border-l-2 border-ink pl-4 text-[20px]/7 font-medium [overflow-wrap:anywhere]">
					<span className="block text-[12px]/4 font-normal text-ink-3">{t("shortAnswer")}</span>
					{boxed}
				</p>
			)}
			<ReportMarkdown markdown={report.markdown} citations={report.citations} />
			{report.markdown.length > RENDERED && <p className="mt-4 text-[13px]/5 text-ink-3">{t("cutShort")}</p>}
			<References report={report} />
		</SupportContext>
	);
}

function Byline({ report }: { report: Report }) {
	const t = useTranslations("report");
	const { store } = useRunDesk();
	const { view } = useRunView();
	const { format } = useRunWords();
	const { uncited, far } = use(SupportContext);
	const { problem } = useExport();
	const ending = view.outcome && endingOf(view.outcome, true);
	return (
		<div className="mb-4 flex items-start gap-x-4 gap-y-2 border-b border-line pb-3 text-[13px]/5 text-ink-3 max-desk:flex-col">
			<div className="flex flex-1 flex-wrap items-center gap-x-4 gap-y-1 pt-[3px]">
				{ending?.tone === "capped" && (
					<span className="inline-flex items-center gap-1.5 rounded-[4px] bg-warn-tint px-1.5 font-medium text-warn">
						<Hourglass size={13} strokeWidth={1.75} aria-hidden="true" />
						{t("forced")}
					</span>
				)}
				<span>{t("cited", { n: report.citations.length })}</span>
				{report.dropped > 0 && <span className="text-warn">{t("dropped", { n: report.dropped })}</span>}
				{uncited > 0 && <span className="text-warn">{t("uncited", { n: uncited })}</span>}
				{far.size > 0 && <span className="text-warn">{t("far", { n: far.size })}</span>}
				<span>{store.summary.preset}</span>
				{view.endedAt !== undefined && <span>{format.dateTime(view.endedAt, { dateStyle: "medium" })}</span>}
			</div>
			<div className="flex-none print:hidden">
				<div className="flex justify-end gap-1 max-desk:-ml-2 max-desk:justify-start">
					<CopyReport report={report} />
					<ExportMenu />
					<ShareReport />
				</div>
				<div className="max-w-[320px]">
					<Problem text={problem} />
				</div>
			</div>
		</div>
	);
}

function CopyReport({ report }: { report: Report }) {
	const t = useTranslations("report");
	const [copied, copy] = useCopied();
	return (
		<Button size="sm" variant="ghost" onClick={() => copy(withReferences(report, t("references")))}>
			<Copy size={13} strokeWidth={1.75} aria-hidden="true" />
			<span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
		</Button>
	);
}

function References({ report }: { report: Report }) {
	const t = useTranslations("report");
	const { view } = useRunView();
	const { openSource, openTab, goToCall } = useRunPage();
	if (report.citations.length === 0) return;
	return (
		<section className="mt-10 border-t border-line pt-4" aria-label={t("references")}>
			<h2 className="mb-2 text-[14px]/5 font-semibold">{t("references")}</h2>
			<ol className="grid gap-2.5 text-[13px]/5">
				{report.citations.map(({ n, url, title }) => {
					const call = view.sources.get(url)?.openedCall;
					return (
						<Reference key={n} n={n}>
							<button
								type="button"
								className="cursor-pointer text-left underline decoration-line-2 underline-offset-[3px] [overflow-wrap:anywhere] hover:decoration-ink"
								onClick={() => openSource(url)}
							>
								{title || url}
							</button>
							<span className="hidden text-[12px]/5 text-ink-3 [overflow-wrap:anywhere] print:block">{url}</span>
							<span className="flex flex-wrap gap-x-3 text-[12px]/5 text-ink-3 print:hidden">
								{hostLabel(url)}
								{call !== undefined && (
									<TextLink
										onClick={() => {
											openTab("timeline");
											goToCall(call);
										}}
									>
										{t("readAt", { n: call })}
									</TextLink>
								)}
							</span>
						</Reference>
					);
				})}
			</ol>
		</section>
	);
}

function Reference({ n, children }: { n: number; children: ReactNode }) {
	return (
		<li className="grid grid-cols-[28px_minmax(0,1fr)]">
			<span className="tabular-nums text-ink-3">{n}</span>
			<span className="min-w-0">{children}</span>
		</li>
	);
}
