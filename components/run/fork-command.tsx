"use client";
import { useTranslations } from "next-intl";
import { useCommand } from "@/components/shell/use-commands";
import { useForkDesk } from "./fork-desk";
import { forkableCall } from "./row-facts";
import { useRow, useRunDesk } from "./use-run";
import { useRunCursor, useRunPage } from "./use-run-page";

/** The key that forks at the cursor. */
export const FORK_KEY = "f";

/** Forks at the cursor by a key, wherever the inspector has got to. */
export function ForkCommand() {
	const t = useTranslations("commands");
	const { openFork } = useForkDesk();
	const { store } = useRunDesk();
	const { chosen, tab } = useRunPage();
	const call = forkableCall(useRow(useRunCursor().index ?? -1));
	const run = () => {
		const here = forkableCall(store.row(chosen() ?? -1));
		if (here !== undefined) openFork(here);
	};
	const command = { id: "fork", group: "run", label: t("fork"), keys: [FORK_KEY], run } as const;
	useCommand(tab === "timeline" && call !== undefined ? command : undefined);
	return null;
}
