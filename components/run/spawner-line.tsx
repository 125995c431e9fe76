"use client";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { InkLink } from "@/components/ui/ink-link";
import { useRunDesk } from "./use-run";

/** Over a sub-agent's run: the way to the run it works for. */
export function SpawnerLine() {
	const t = useTranslations("subAgent");
	const { store } = useRunDesk();
	const { spawnedBy } = store.summary;
	if (!spawnedBy) return;
	return (
		<p className="mt-1.5 flex gap-x-2 text-[12px]/5 text-ink-3">
			{t("worksFor")} <InkLink href={`/runs/${spawnedBy.runId}` as Route}>{t("askingRun")}</InkLink>
		</p>
	);
}
