"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/problem";
import { REDACTION_KINDS } from "@/lib/trajectory/redaction-kinds";
import type { PublishPreview } from "@/lib/trajectory/snapshot";
import { useRunWords } from "./use-run-words";
import type { SharePreviewing } from "./use-share-preview";

/** What would leave with this choice, and what is taken out of it: seen before there is a link. */
export function SharePreview({ preview, problem, again }: SharePreviewing) {
	const t = useTranslations("sharing");
	if (problem !== undefined) {
		return (
			<div>
				<Problem text={problem} />
				<Button size="sm" onClick={again} className="mt-2">
					{t("lookAgain")}
				</Button>
			</div>
		);
	}
	return (
		<section
			aria-label={t("preview")}
			aria-busy={!preview}
			className="rounded-md border border-line bg-sunk px-3.5 py-3"
		>
			{preview ? <Preview preview={preview} /> : <p className="text-[13px]/5 text-ink-3">{t("looking")}</p>}
		</section>
	);
}

function Preview({ preview }: { preview: PublishPreview }) {
	const t = useTranslations("sharing");
	const { format } = useRunWords();
	const { counts, examples, calls, pages, bytes, isOver } = preview;
	const found = REDACTION_KINDS.filter((kind) => counts[kind] > 0);
	return (
		<>
			<p className="text-[13px]/5">
				{t("leaves", { pages, size: format.number(bytes / 1000, { maximumFractionDigits: 0 }), calls })}
			</p>
			{!isOver && <p className="text-[13px]/5 text-warn">{t("stillGoing")}</p>}
			<p className="mt-1 text-[13px]/5 text-ink-2" role="status">
				{found.length === 0
					? t("nothingFound")
					: t("found", { list: found.map((kind) => t(`counts.${kind}`, { n: counts[kind] })).join(" · ") })}
			</p>
			{found.length > 0 && (
				<ul className="mt-2 grid max-h-40 gap-1 overflow-y-auto text-[12px]/[18px]">
					{found
						.flatMap((kind) => examples[kind])
						.map(({ text, marker, times }) => (
							<li key={marker} className="flex min-w-0 gap-2 font-mono">
								<span className="w-24 flex-none text-ink-3">{marker}</span>
								<s className="min-w-0 truncate text-ink-2">{text}</s>
								{times > 1 && <span className="flex-none text-ink-3">×{times}</span>}
							</li>
						))}
				</ul>
			)}
			<p className="mt-2 text-[12px]/4 text-ink-3">{t("staysHere")}</p>
		</>
	);
}
