"use client";
import { lazy, Suspense } from "react";
import type { CallRow } from "@/lib/trajectory/row";
import { useNewest } from "./use-run";

const AskedCall = lazy(async () => ({ default: (await import("./asked-call")).AskedCall }));

/** Where a call is put to a person, while one waits. Its keys come with it: what is not shown cannot be allowed. */
export function ApprovalBar() {
	const { view, state } = useNewest();
	const row =
		state === "ended" || view.asking === undefined
			? undefined
			: view.rows.findLast((known): known is CallRow => known.kind === "call" && known.call.id === view.asking);
	return (
		row && (
			<Suspense key={row.call.id}>
				<AskedCall row={row} />
			</Suspense>
		)
	);
}
