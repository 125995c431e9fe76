"use client";
import { Eye, GitFork } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { CallRow } from "@/lib/trajectory/row";
import { FORK_KEY } from "./fork-command";
import { useForkDesk } from "./fork-desk";
import { forkableCall } from "./row-facts";
import { useRunPage } from "./use-run-page";

/** What can be done from a call: fork, answer now, see what the model saw. */
export function CallActions({ row }: { row: CallRow }) {
	const t = useTranslations("fork");
	const { openFork, answerNow, isBusy } = useForkDesk();
	const { openTab } = useRunPage();
	const call = forkableCall(row);
	return (
		<div className="flex flex-wrap gap-1.5 border-b border-line px-4 py-2.5">
			{call !== undefined && (
				<>
					<Button size="sm" onClick={() => openFork(call)} title={t("forkHint")}>
						<GitFork size={13} strokeWidth={1.75} aria-hidden="true" />
						{t("fork")}
						<span className="inline-flex pointer-coarse:hidden" aria-hidden="true">
							<Kbd>{FORK_KEY}</Kbd>
						</span>
					</Button>
					<Button size="sm" disabled={isBusy} onClick={() => answerNow(call)} title={t("answerNowHint", { n: call })}>
						{isBusy ? t("starting") : t("answerNow")}
					</Button>
				</>
			)}
			<Button size="sm" onClick={() => openTab("context")}>
				<Eye size={13} strokeWidth={1.75} aria-hidden="true" />
				{t("whatItSaw")}
			</Button>
		</div>
	);
}
