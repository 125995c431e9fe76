"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Popover } from "@/components/ui/popover";
import { SelectTrigger } from "@/components/ui/select";
import { sitesIn } from "@/lib/trajectory/site-names";
import type { AskChoice } from "./ask-set-up";
import { SiteFields } from "./site-fields";
import { ToolRow } from "./tool-row";

type Choice = Pick<AskChoice, "withoutTools" | "approval" | "onlySites" | "neverSites">;
type Props = {
	tools: readonly string[];
	choice: Choice;
	onChange(part: Partial<Choice>): void;
	/** What the run may use besides these, and how that is said in a few words. */
	more: ReactNode;
	moreSaid: string;
	/** How many of the more ask first. */
	moreAsking: number;
};

/** Which tools the run may call, which of them wait for a person's word each time, and to which sites it is bound. */
export function ToolPicker({ tools, choice, onChange, more, moreSaid, moreAsking }: Props) {
	const t = useTranslations("ask");
	const siteWords = useTranslations("sites");
	const { withoutTools, approval, onlySites, neverSites } = choice;
	const sites = sitesIn(onlySites).length + sitesIn(neverSites).length;
	const on = tools.filter((name) => !withoutTools.includes(name));
	const asking = on.filter((name) => approval.includes(name)).length + moreAsking;
	const chosen =
		on.length === tools.length
			? t("allTools", { n: on.length })
			: t("someTools", { n: on.length, total: tools.length });
	return (
		<Popover
			title={t("tools")}
			align="end"
			trigger={
				<SelectTrigger label={t("tools")}>
					{chosen}
					{moreSaid && <span> · {moreSaid}</span>}
					{asking > 0 && <span className="text-ink-3"> · {t("toolsAsk", { n: asking })}</span>}
					{sites > 0 && <span className="text-ink-3"> · {siteWords("count", { n: sites })}</span>}
				</SelectTrigger>
			}
		>
			<ul className="grid gap-1">
				<li className="flex justify-between text-[12px]/4 text-ink-3" aria-hidden="true">
					<span>{t("mayCall")}</span>
					<span>{t("asksFirst")}</span>
				</li>
				{tools.map((name) => (
					<ToolRow key={name} name={name} choice={choice} isLast={on.length === 1} onChange={onChange} />
				))}
			</ul>
			<p className="mt-3 text-[12px]/[18px] text-ink-3">{t("asksFirstDetail")}</p>
			{more}
			<div className="mt-3 grid gap-3 border-t border-line pt-3">
				<SiteFields sites={choice} onChange={onChange} />
			</div>
		</Popover>
	);
}
