"use client";
import { useTranslations } from "next-intl";
import { EmptyPage } from "@/components/ui/empty-page";
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
		<EmptyPage title={t("notFound")} action={ways}>
			{t("notFoundDetail")}
		</EmptyPage>
	);
}
