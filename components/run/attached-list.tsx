"use client";
import { useTranslations } from "next-intl";
import { useSize } from "@/components/library/use-size";
import { isPicture } from "@/lib/trajectory/attachments";
import type { Attachment } from "@/lib/trajectory/event";

type Props = { runId: string; attachments: readonly Attachment[] };

/** The files of a question, each with what was read of it and the way to save it. */
export function AttachedList({ runId, attachments }: Props) {
	const t = useTranslations("attach");
	const size = useSize();
	return (
		<ul aria-label={t("list")} className="grid gap-1.5 text-[13px]/5">
			{attachments.map((file) => (
				<li key={file.id} className="min-w-0">
					<a
						href={`/api/runs/${runId}/attachments/${file.id}`}
						aria-label={t("download", { name: file.name })}
						download={file.name}
						className="underline decoration-line-2 underline-offset-[3px] wrap-anywhere hover:decoration-ink"
					>
						<bdi>{file.name}</bdi>
					</a>{" "}
					<span className="text-[12px]/4 whitespace-nowrap text-ink-3 tabular-nums">
						{size(file.bytes)} · {isPicture(file) ? t("notText") : t("characters", { n: file.chars })}
					</span>
				</li>
			))}
		</ul>
	);
}
