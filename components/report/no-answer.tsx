"use client";
import { useTranslations } from "next-intl";
import { useRunDesk, useRunState, useRunView } from "@/components/run/use-run";
import { useRunPage } from "@/components/run/use-run-page";
import { useRunWords } from "@/components/run/use-run-words";
import { Button } from "@/components/ui/button";

/** Why there is no report: not yet, or not at all; and what is kept. */
export function NoAnswer() {
	const t = useTranslations("report");
	const { store } = useRunDesk();
	const { view } = useRunView();
	const { openTab } = useRunPage();
	const { count, recorded } = useRunWords();
	const state = useRunState();
	if (!store.isCaughtUp && view.state !== "ended")
		return <p className="pt-6 text-[12px]/4 text-ink-3">{t("opening")}</p>;
	const isOver = state === "ended";
	const kept = { calls: count(view.calls), sources: count(view.sources.size) };
	return (
		<div className="pt-6">
			<h2 className="text-[17px]/6 font-semibold">{isOver ? t("noAnswer") : t("notYet")}</h2>
			<p className="mt-1 max-w-[60ch] text-ink-2">
				{isOver ? `${recorded(view.detail)} ${t("kept", kept)}` : t("notYetDetail", kept)}
			</p>
			<Button className="mt-4" onClick={() => openTab("timeline")}>
				{t("seeTimeline")}
			</Button>
		</div>
	);
}
