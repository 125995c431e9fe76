"use client";
import { useTranslations } from "next-intl";

/** Stands where a citation would stand, behind a statement that has none. */
export function UncitedMark({ claim }: { claim: string }) {
	const t = useTranslations("report");
	return (
		<span
			role="img"
			aria-label={t("uncitedClaim")}
			title={`${t("uncitedClaim")}: ${claim.slice(0, 200)}`}
			className="mr-0.5 ml-1.5 cursor-help rounded-[4px] border border-dashed border-warn px-[5px] py-px align-[3px] text-[11px]/4 font-medium whitespace-nowrap text-warn"
		>
			{t("noSource")}
		</span>
	);
}
