"use client";
import Link from "next/link";
import type { ForkRow } from "@/lib/trajectory/row";
import { useRunWords } from "./use-run-words";

/** To the run that this one was forked from, at the call where it leaves it. */
export function ParentLink({ row }: { row: ForkRow }) {
	const { t } = useRunWords();
	return (
		<Link href={`/runs/${row.parent.runId}?call=${Math.max(1, row.afterCall)}`} className="underline">
			{t("toParent")}
		</Link>
	);
}
