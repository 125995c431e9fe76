"use client";
import { useTranslations } from "next-intl";
import { isShelfOfRun } from "@/lib/trajectory/attachments";
import { Facts, Section } from "./inspector-section";
import { useSeenResults } from "./use-policy-name";
import { useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";
import { useSitesLine } from "./use-sites-line";

/** What the run was allowed, and how much of it the model sees. Not part of what is passed on of a run. */
export function WhatItMayUse() {
	const { t, compact } = useRunWords();
	const { settings } = useRunView().view;
	const seenResults = useSeenResults();
	const ask = useTranslations("ask");
	const sites = useTranslations("sites");
	const line = useSitesLine()(settings?.sites);
	if (!settings) return;
	const asking = settings.approval ?? [];
	const collections = settings.collections.filter((name) => !isShelfOfRun(name));
	return (
		<Section name={t("whatItMayUse")}>
			<Facts
				facts={[
					[t("toolsName"), settings.tools.map(({ name }) => name).join(", ") || t("none")],
					...(asking.length > 0 ? ([[ask("asksFirst"), asking.join(", ")]] as const) : []),
					...(collections.length > 0 ? ([[t("collections"), collections.join(", ")]] as const) : []),
					...(line ? ([[sites("title"), line]] as const) : []),
					[t("sees"), seenResults(settings.retention)],
					...(settings.model.provider === "extractive"
						? []
						: ([[t("context"), t("tokensCount", { n: compact(settings.contextTokens) })]] as const)),
				]}
			/>
		</Section>
	);
}
