"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyPage } from "@/components/ui/empty-page";

export default function SharedError({ reset }: { error: Error; reset: () => void }) {
	const t = useTranslations("shell");
	const words = useTranslations("share");
	const again = (
		<Button variant="ink" onClick={reset}>
			{t("tryAgain")}
		</Button>
	);
	return (
		<EmptyPage title={t("broken")} action={again}>
			{words("brokenDetail")}
		</EmptyPage>
	);
}
