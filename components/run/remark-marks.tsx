"use client";
import { StickyNote, ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Judgement } from "@/lib/trajectory/notes";

/** What people said of something, as small signs with words for those who do not see them. Nothing when nothing was. */
export function RemarkMarks({ label, notes }: { label: Judgement | undefined; notes: number }) {
	const t = useTranslations("fork");
	if (!label && notes === 0) return;
	return (
		<span className="inline-flex items-center gap-1.5 text-[12px]/4 text-ink-3">
			{label && (
				<span className={label === "good" ? "text-ok" : "text-error"} title={t(`marked.${label}`)}>
					{label === "good" ? (
						<ThumbsUp size={13} strokeWidth={1.75} aria-hidden="true" />
					) : (
						<ThumbsDown size={13} strokeWidth={1.75} aria-hidden="true" />
					)}
					<span className="sr-only">{t(`marked.${label}`)}</span>
				</span>
			)}
			{notes > 0 && (
				<span className="inline-flex items-center gap-0.5 tabular-nums" title={t("noteCount", { n: notes })}>
					<StickyNote size={13} strokeWidth={1.5} aria-hidden="true" />
					<span aria-hidden="true">{notes}</span>
					<span className="sr-only">{t("noteCount", { n: notes })}</span>
				</span>
			)}
		</span>
	);
}
