"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function SharedError({ reset }: { error: Error; reset: () => void }) {
	const t = useTranslations("shell");
	const words = useTranslations("share");
	const again = (
		<Button variant="ink" onClick={reset}>
			{t("tryAgain")}
		</Button>
	);
	return (
		<div className="mx-auto max-w-[560px] px-6 py-24 max-desk:px-4 max-desk:py-14">
			<EmptyState heading="h1" title={t("broken")} action={again}>
				{words("brokenDetail")}
			</EmptyState>
		</div>
	);
}
