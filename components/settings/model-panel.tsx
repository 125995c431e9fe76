"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Offered, SettingsView } from "@/lib/trajectory/settings-view";
import { Panel, PanelPart } from "./panel";
import { SectionForm } from "./section-form";
import { ServerMeters } from "./server-meters";
import type { SettingsDoors } from "./settings-doors";
import { TrialFindings } from "./trial-findings";
import { useTrial } from "./use-trial";

type Props = { which: "model" | "extraction"; view: SettingsView; offered: Offered; doors: SettingsDoors };

/** A model's server: where it is, what a probe finds of it, what it is doing. A save is tried out at once. */
export function ModelPanel({ which, view, offered, doors }: Props) {
	const t = useTranslations("settings");
	const trial = useTrial(t("lost"));
	const probe = () => void trial.take({ what: which, of: "" });
	const hasServer = which === "model" ? offered.hasModel : offered.hasExtraction;
	return (
		<Panel id={which} title={t(`sections.${which}.title`)} detail={t(`sections.${which}.detail`)}>
			<SectionForm
				states={view.sections[which]}
				keepsSecrets={view.keepsSecrets}
				doors={doors}
				onSaved={probe}
				beside={
					<Button disabled={trial.isGoing} onClick={probe}>
						{t(`sections.${which}.try`)}
					</Button>
				}
			/>
			<TrialFindings {...trial} />
			{hasServer && (
				<PanelPart>
					<ServerMeters of={which} />
				</PanelPart>
			)}
		</Panel>
	);
}
