"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
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
		<div className="mx-auto max-w-[560px] px-6 py-24 max-desk:px-4 max-desk:py-14">
			<EmptyState heading="h1" title={t("broken")} action={ways}>
				{t("brokenDetail")}
				{error.digest && (
					<p className="mt-2 text-[12px]/4 text-ink-3">
						{t("errorNumber")} <code className="font-mono">{error.digest}</code>
					</p>
				)}
			</EmptyState>
		</div>
	);
}
