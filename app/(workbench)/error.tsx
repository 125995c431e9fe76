"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyPage } from "@/components/ui/empty-page";
import { InkLink } from "@/components/ui/ink-link";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
	const t = useTranslations("shell");
	const ways = (
		<>
			<Button variant="ink" onClick={reset}>
				{t("tryAgain")}
			</Button>
			<InkLink href="/runs">{t("toRuns")}</InkLink>
		</>
	);
	return (
		<EmptyPage title={t("broken")} action={ways}>
			{t("brokenDetail")}
			{error.digest && (
				<p className="mt-2 text-[12px]/4 text-ink-3">
					{t("errorNumber")} <code className="font-mono">{error.digest}</code>
				</p>
			)}
		</EmptyPage>
	);
}
