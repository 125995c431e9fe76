"use client";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useTranslations } from "next-intl";
import { PUBLISH_SCOPES, type PublishScope } from "@/lib/trajectory/snapshot";

type Props = { scope: PublishScope; hasAnswer: boolean; onScope(scope: PublishScope): void };

/** How much of the run a link shows, each said in full. */
export function ShareScopes({ scope, hasAnswer, onScope }: Props) {
	const t = useTranslations("sharing");
	return (
		<RadioGroup
			aria-label={t("scope")}
			value={scope}
			onValueChange={(next) => onScope(next as PublishScope)}
			className="grid grid-cols-3 gap-2 max-desk:grid-cols-1"
		>
			{PUBLISH_SCOPES.map((each) => (
				<Radio.Root
					key={each}
					value={each}
					disabled={each !== "trajectory" && !hasAnswer}
					nativeButton
					render={<button type="button" />}
					className="flex flex-col gap-1 rounded-md border border-line-2 px-3 py-2.5 text-left text-[13px]/5 text-ink-2 hover:border-line-3 data-checked:border-accent data-checked:bg-accent-tint data-disabled:opacity-50"
				>
					<span className="font-medium text-ink">{t(`scopes.${each}.name`)}</span>
					<span>{each !== "trajectory" && !hasAnswer ? t("noReportYet") : t(`scopes.${each}.shows`)}</span>
				</Radio.Root>
			))}
		</RadioGroup>
	);
}
