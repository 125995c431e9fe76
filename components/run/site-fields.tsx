"use client";
import { useTranslations } from "next-intl";
import { TextField } from "@/components/ui/field";
import type { AskChoice } from "./ask-set-up";

type Sites = Pick<AskChoice, "onlySites" | "neverSites">;
type Props = {
	sites: Sites;
	onChange: (part: Partial<Sites>) => void;
	problemAt?: (field: keyof Sites) => string | undefined;
};

/** Sites of the web that a run is bound to, and sites it keeps away from, as they are typed. */
export function SiteFields({ sites, onChange, problemAt }: Props) {
	const t = useTranslations("sites");
	const shared = {
		placeholder: t("placeholder"),
		autoCapitalize: "none",
		spellCheck: false,
		inputMode: "url",
	} as const;
	return (
		<>
			<TextField
				{...shared}
				label={t("onlyLabel")}
				hint={t("onlyHint")}
				error={problemAt?.("onlySites")}
				value={sites.onlySites}
				onChange={(onlySites) => onChange({ onlySites })}
			/>
			<TextField
				{...shared}
				label={t("neverLabel")}
				hint={t("neverHint")}
				error={problemAt?.("neverSites")}
				value={sites.neverSites}
				onChange={(neverSites) => onChange({ neverSites })}
			/>
		</>
	);
}
