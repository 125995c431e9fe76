"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRunDesk, useRunView } from "@/components/run/use-run";
import { useCommand } from "@/components/shell/use-commands";
import { compareHref } from "./compare-href";

/** `d` on a run's page: compares a fork with the run it came from, any other run with one that is chosen. */
export function CompareCommand() {
	const t = useTranslations("compare.command");
	const router = useRouter();
	const { store } = useRunDesk();
	const { parent } = useRunView().view;
	const href = parent ? compareHref(parent.runId, store.runId) : compareHref(store.runId);
	const label = t(parent ? "withParent" : "withAnother");
	useCommand({ id: "compare-run", label, group: "run", keys: ["d"], run: () => router.push(href) });
	return null;
}
