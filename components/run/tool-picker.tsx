"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import { SelectTrigger } from "@/components/ui/select";
import { sitesIn } from "@/lib/trajectory/site-names";
import type { AskChoice } from "./ask-set-up";
import { SiteFields } from "./site-fields";

type Choice = Pick<AskChoice, "withoutTools" | "approval" | "onlySites" | "neverSites">;
type Props = {
	tools: readonly string[];
	choice: Choice;
	onChange(part: Partial<Choice>): void;
	/** What the run may use besides these, and how that is said in a few words. */
	more: ReactNode;
	moreSaid: string;
};

const toggled = (names: readonly string[], name: string, isIn: boolean) =>
	isIn ? [...names, name] : names.filter((known) => known !== name);

/** Which tools the run may call, which of them wait for a person's word each time, and to which sites it is bound. */
export function ToolPicker({ tools, choice, onChange, more, moreSaid }: Props) {
	const t = useTranslations("ask");
	const siteWords = useTranslations("sites");
	const { withoutTools, approval, onlySites, neverSites } = choice;
	const sites = sitesIn(onlySites).length + sitesIn(neverSites).length;
	const on = tools.filter((name) => !withoutTools.includes(name));
	const asking = on.filter((name) => approval.includes(name)).length;
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
				{tools.map((name) => {
					const isOn = on.includes(name);
					return (
						<li key={name} className="flex min-h-8 items-center justify-between gap-3 max-desk:min-h-10">
							<Checkbox
								checked={isOn}
								disabled={isOn && on.length === 1}
								onChange={(checked) => onChange({ withoutTools: toggled(withoutTools, name, !checked) })}
								className="min-w-0"
							>
								<span className="font-mono text-[12.5px]/5 [overflow-wrap:anywhere]">{name}</span>
							</Checkbox>
							<Checkbox
								label={t("asksFirstOf", { name })}
								checked={isOn && approval.includes(name)}
								disabled={!isOn}
								onChange={(checked) => onChange({ approval: toggled(approval, name, checked) })}
							/>
						</li>
					);
				})}
			</ul>
			<p className="mt-3 text-[12px]/[18px] text-ink-3">{t("asksFirstDetail")}</p>
			{more}
			<div className="mt-3 grid gap-3 border-t border-line pt-3">
				<SiteFields sites={choice} onChange={onChange} />
			</div>
		</Popover>
	);
}
