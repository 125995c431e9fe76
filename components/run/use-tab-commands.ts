"use client";
import { useTranslations } from "next-intl";
import { useCommand } from "@/components/shell/use-commands";
import { useRunPage } from "./use-run-page";

/** The panes by name in the palette; `c` goes to what the model saw, and back. */
export function useTabCommands(): void {
	const t = useTranslations("run.tabs");
	const context = useTranslations("context");
	const { tab, openTab } = useRunPage();
	const pane = { group: "run" } as const;
	useCommand({ ...pane, id: "pane timeline", label: t("timeline"), run: () => openTab("timeline") });
	useCommand({ ...pane, id: "pane report", label: t("report"), run: () => openTab("report") });
	useCommand({ ...pane, id: "pane sources", label: t("sources"), run: () => openTab("sources") });
	useCommand({ ...pane, id: "pane metrics", label: t("metrics"), run: () => openTab("metrics") });
	useCommand({
		...pane,
		id: "pane context",
		label: context("open"),
		keys: ["c"],
		run: () => openTab(tab === "context" ? "timeline" : "context"),
	});
}
