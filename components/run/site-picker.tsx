"use client";
import { Globe } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Popover } from "@/components/ui/popover";
import { sitesIn } from "@/lib/trajectory/site-names";
import { AskRefusal, type Refusal } from "./ask-refusal";
import type { AskChoice } from "./ask-set-up";
import { useSitesLine } from "./use-sites-line";

type Sites = Pick<AskChoice, "onlySites" | "neverSites">;
type Props = { choice: Sites; onChange: (part: Partial<Sites>) => void; refusal: Refusal | undefined };

/** Which sites of the web a run is bound to, and which it keeps away from; what is set stands on the button. */
export function SitePicker({ choice, onChange, refusal }: Props) {
	const t = useTranslations("sites");
	const sitesLine = useSitesLine();
	const line = sitesLine({ only: sitesIn(choice.onlySites), never: sitesIn(choice.neverSites) });
	return (
		<div className="mt-1">
			<Popover
				title={t("title")}
				trigger={
					<Button variant="ghost" size="sm" className="-ml-2 max-w-full justify-start text-ink-2">
						<Globe size={14} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />
						<span className="truncate">{line ? t("set", { sites: line }) : t("any")}</span>
					</Button>
				}
			>
				<div className="grid gap-3">
					<SiteFields sites={choice} onChange={onChange} />
				</div>
			</Popover>
			<AskRefusal refusal={refusal} of="onlySites" className="mt-1.5" />
			<AskRefusal refusal={refusal} of="neverSites" className="mt-1.5" />
		</div>
	);
}

type FieldsProps = {
	sites: Sites;
	onChange: (part: Partial<Sites>) => void;
	problemAt?: (field: keyof Sites) => string | undefined;
};

/** The two lists of sites, as they are typed. */
export function SiteFields({ sites, onChange, problemAt }: FieldsProps) {
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
