"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
	const t = useTranslations("shell");
	return (
		<Notice
			title={t("broken")}
			action={
				<Button variant="ink" onClick={reset}>
					{t("tryAgain")}
				</Button>
			}
		>
			<p>{t("brokenDetail")}</p>
			{error.digest && <p className="mt-2 font-mono text-[12px] text-ink-3">{error.digest}</p>}
		</Notice>
	);
}
