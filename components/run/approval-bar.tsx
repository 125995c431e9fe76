"use client";
import { lazy, Suspense } from "react";
import type { CallRow } from "@/lib/trajectory/row";
import { useDecision } from "./use-decision";
import { useNewest } from "./use-run";

const AskedCall = lazy(async () => ({ default: (await import("./asked-call")).AskedCall }));

/** Where a call is put to a person, while one waits. */
export function ApprovalBar() {
	const { view, state } = useNewest();
	const row =
		state === "ended" || view.asking === undefined
			? undefined
			: view.rows.findLast((known): known is CallRow => known.kind === "call" && known.call.id === view.asking);
	return row && <Asking key={row.call.id} row={row} />;
}

function Asking({ row }: { row: CallRow }) {
	const decision = useDecision(row);
	return (
		<Suspense>
			<AskedCall row={row} decision={decision} />
		</Suspense>
	);
}
