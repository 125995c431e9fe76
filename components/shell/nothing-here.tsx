"use client";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { InkLink } from "@/components/ui/ink-link";

/** Says that an address leads nowhere, and where one can go. In the browser's code, so that no page carries its links along. */
export function NothingHere() {
	const t = useTranslations("shell");
	const ways = (
		<>
			<InkLink href="/runs">{t("toRuns")}</InkLink>
			<InkLink href="/">{t("toAsk")}</InkLink>
		</>
	);
	return (
		<div className="mx-auto max-w-[560px] px-6 py-24 max-desk:px-4 max-desk:py-14">
			<EmptyState heading="h1" title={t("notFound")} action={ways}>
				{t("notFoundDetail")}
			</EmptyState>
		</div>
	);
}
