"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useDeferredValue } from "react";
import { partsOf } from "@/components/run/open-row";
import type { RunStore } from "@/components/run/run-store";
import { useRunDesk, useRunValue } from "@/components/run/use-run";
import { isTurnRow } from "@/lib/trajectory/row";
import { ReportMarkdown } from "./report-markdown";

const answering = ({ live, view }: RunStore) => {
	const row = view.rows[view.index.turn];
	return live && isTurnRow(row) && row.turn === live.turn && row.purpose === "answer" ? live : undefined;
};

/** The answer while it is being written; its citations are resolved when it is done. */
export function Draft({ fallback }: { fallback: ReactNode }) {
	const { store } = useRunDesk();
	const t = useTranslations("report");
	const live = useRunValue(answering);
	const markdown = useDeferredValue(live ? partsOf(live).prose : "");
	if (markdown === "" || store.state === "ended") return fallback;
	return (
		<>
			<p className="mb-4 border-b border-line pb-3 text-[13px]/5 text-accent">{t("writing")}</p>
			<ReportMarkdown markdown={markdown} citations={[]} />
		</>
	);
}
