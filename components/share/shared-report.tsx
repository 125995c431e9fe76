import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RENDERED, ReportProse } from "@/components/report/report-prose";
import { REDACTION_KINDS } from "@/lib/trajectory/redaction-kinds";
import type { Snapshot } from "@/lib/trajectory/snapshot";
import { SourceAnchor } from "./source-anchor";

/** The question, the answer and what was taken out of them; `sources` stands below. Readable without a script. */
export function SharedReport({ snapshot, sources }: { snapshot: Snapshot; sources: ReactNode }) {
	const t = useTranslations("share");
	const { title, question, report } = snapshot;
	return (
		<>
			{question !== title && (
				<section aria-label={t("asked")} className="mb-6 border-l-2 border-line-2 pl-4 text-[14px]/[21px] text-ink-2">
					<p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
						{question}
					</p>
				</section>
			)}
			{report ? <Answer report={report} /> : <NoReport snapshot={snapshot} />}
			{sources}
			<Removed snapshot={snapshot} />
		</>
	);
}

function Answer({ report }: { report: NonNullable<Snapshot["report"]> }) {
	const t = useTranslations("share");
	const words = useTranslations("report");
	const { markdown, citations, dropped, boxed } = report;
	return (
		<>
			{boxed !== undefined && (
				<p className="mb-6 border-l-2 border-ink pl-4 text-[20px]/7 font-medium [overflow-wrap:anywhere]">
					<span className="block text-[12px]/4 font-normal text-ink-3">{words("shortAnswer")}</span>
					{boxed}
				</p>
			)}
			<ReportProse markdown={markdown} citations={citations} cite={SourceAnchor} />
			{markdown.length > RENDERED && <p className="mt-4 text-[13px]/5 text-ink-3">{t("cutShort")}</p>}
			{dropped > 0 && <p className="mt-4 text-[13px]/5 text-warn">{words("dropped", { n: dropped })}</p>}
		</>
	);
}

function NoReport({ snapshot: { outcome, detail, calls } }: { snapshot: Snapshot }) {
	const t = useTranslations("share");
	const format = useFormatter();
	return (
		<div>
			<h2 className="text-[17px]/6 font-semibold">{t("noReport")}</h2>
			<p className="mt-1 max-w-[60ch] text-ink-2">
				{outcome ? detail : t("noReportYet", { calls: format.number(calls) })}
			</p>
		</div>
	);
}

/** Says that something was taken out, and how much, not what. */
function Removed({ snapshot: { redacted } }: { snapshot: Snapshot }) {
	const t = useTranslations("share");
	const n = REDACTION_KINDS.reduce((sum, kind) => sum + redacted[kind], 0);
	if (n === 0) return null;
	return <p className="mt-8 border-t border-line pt-3 text-[12px]/5 text-ink-3">{t("removed", { n })}</p>;
}
