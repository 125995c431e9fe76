"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import type { RunSummary } from "@/lib/trajectory/packet";
import { stripLength } from "./line-strip";
import { RunRow, STRIP_WIDTH } from "./run-row";
import { scaleOf } from "./run-scale";
import type { RunsDeeds } from "./runs-actions";
import { chosenOf, type Selection, type SelectionMove } from "./selection";
import { useRunWords } from "./use-run-words";

type Props = { runs: RunSummary[]; selection: Selection; onMove(move: SelectionMove): void; deeds: RunsDeeds };

/** Runs one under another, their lines on one scale. On a phone each row becomes a block. */
export function RunsTable({ runs, selection, onMove, deeds }: Props) {
	const t = useTranslations("runs");
	const edit = useTranslations("runsEdit");
	const { count } = useRunWords();
	const scale = scaleOf(runs);
	const chosen = chosenOf(selection, runs).length;
	return (
		<table className="w-full table-fixed border-collapse text-[13px] max-desk:block">
			<thead className="max-desk:block max-desk:border-b max-desk:border-line-2">
				<tr className="border-b border-line-2 text-left text-[12px] text-ink-3 max-desk:flex max-desk:border-0 [&>th]:px-3 [&>th]:py-2 [&>th]:font-normal max-desk:[&>th:not(:first-child)]:sr-only">
					<th scope="col" className="w-11 pl-2! max-desk:w-auto">
						<Checkbox
							className="flex!"
							label={edit("selectAll")}
							checked={chosen === runs.length}
							mixed={chosen > 0 && chosen < runs.length}
							onChange={(isOn) => onMove({ kind: isOn ? "all" : "clear" })}
						/>
					</th>
					<th scope="col" className="pl-0!">
						{t("question")}
					</th>
					<th scope="col" className="w-[280px]">
						<span className="flex justify-between tabular-nums" style={{ width: stripLength(STRIP_WIDTH) }}>
							<span>0</span>
							<span>{t("depth")}</span>
							<span>{count(scale)}</span>
						</span>
					</th>
					<th scope="col" className="w-[148px]">
						{t("outcome")}
					</th>
					<th scope="col" className="w-[112px] text-right">
						{t("calls")}
					</th>
					<th scope="col" className="w-[76px] text-right">
						{t("sources")}
					</th>
					<th scope="col" className="w-[100px] text-right">
						{t("took")}
					</th>
					<th scope="col" className="w-10 p-0!">
						<span className="sr-only">{edit("actions", { title: "" })}</span>
					</th>
				</tr>
			</thead>
			<tbody className="max-desk:block">
				{runs.map((run) => (
					<RunRow
						key={run.id}
						run={run}
						scale={scale}
						isChosen={selection.chosen.has(run.id)}
						isAtCursor={selection.cursor === run.id}
						onMove={onMove}
						deeds={deeds}
					/>
				))}
			</tbody>
		</table>
	);
}
