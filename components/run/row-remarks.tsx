"use client";
import { lazy, Suspense } from "react";
import { noteTarget, type Row } from "@/lib/trajectory/row";
import { useRunValue } from "./use-run";

const RemarkMarks = lazy(async () => ({ default: (await import("./remark-marks")).RemarkMarks }));

/** The marks of a row of the timeline; renders again only when something was said of this row. */
export function RowRemarks({ row }: { row: Row }) {
	const target = noteTarget(row);
	const label = useRunValue(({ newest }) => newest.remarks.labels.get(target));
	const notes = useRunValue(({ newest }) => newest.remarks.notes.get(target)?.length ?? 0);
	if (!label && notes === 0) return;
	return (
		<span className="absolute right-4 bottom-2 desk:right-6">
			<Suspense>
				<RemarkMarks label={label} notes={notes} />
			</Suspense>
		</span>
	);
}
