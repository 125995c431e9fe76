"use client";
import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import type { CallRow, Row } from "@/lib/trajectory/row";
import type { ForkPart } from "./fork-draft";
import { ForkForm } from "./fork-form";
import { rowOfCall } from "./row-facts";
import { useNewest } from "./use-run";

type Props = { place: { call: number; part: ForkPart } | undefined; onClose(): void };

/** Edits a call, or what comes after it, and starts the run that goes on from there. */
export function ForkDialog({ place, onClose }: Props) {
	const t = useTranslations("fork");
	const { view } = useNewest();
	const row = place && callRow(view.rows[rowOfCall(view.rows, place.call) ?? -1]);
	if (!place || !row)
		return (
			<Dialog open={false} onClose={onClose} title={t("fork")} closeLabel={t("close")}>
				{null}
			</Dialog>
		);
	return (
		<ForkForm key={`${place.call} ${place.part}`} row={row} call={place.call} part={place.part} onClose={onClose} />
	);
}

const callRow = (row: Row | undefined): CallRow | undefined =>
	row?.kind === "call" && row.resultSeq !== undefined ? row : undefined;
