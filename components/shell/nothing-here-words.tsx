"use client";
import { useTranslations } from "next-intl";
import { EmptyPage } from "@/components/ui/empty-page";
import { InkLink } from "@/components/ui/ink-link";

/** Says that an address leads nowhere, and where one can go. */
export function NothingHereWords() {
	const t = useTranslations("shell");
	const ways = (
		<>
			<InkLink href="/runs">{t("toRuns")}</InkLink>
			<InkLink href="/">{t("toAsk")}</InkLink>
		</>
	);
	return (
		<EmptyPage title={t("notFound")} action={ways}>
			{t("notFoundDetail")}
		</EmptyPage>
	);
}
