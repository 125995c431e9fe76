"use client";
import type { ReactNode } from "react";
import { PageLink } from "@/components/ui/page-link";
import type { ForkRow } from "@/lib/trajectory/row";
import { useForkDesk } from "./fork-desk";
import { useRunWords } from "./use-run-words";

/** To the run that this one was forked from, at the call where it leaves it. */
export function ParentLink({ row }: { row: ForkRow }) {
	const { t } = useRunWords();
	return (
		<PageLink href={`/runs/${row.parent.runId}?call=${Math.max(1, row.afterCall)}`} className="underline">
			{t("toParent")}
		</PageLink>
	);
}

/** The title of the run that this one was forked from; `otherwise` until it is here, and when that run is gone. */
export function ParentTitle({ otherwise }: { otherwise: ReactNode }) {
	const { family } = useForkDesk();
	return family?.ancestors.at(-1)?.run.title ?? otherwise;
}
