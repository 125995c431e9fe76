"use client";
import { Rows3 } from "lucide-react";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { FilterChips } from "./filter-chips";
import { MoreFilters } from "./more-filters";
import { chipsOf } from "./row-filter";
import { useRunSlots } from "./run-slots";
import { useLook } from "./use-look";
import { useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";

/** Above the rows: what is looked for, which rows are shown, whether they are folded. */
export function TimelineTools() {
	const { t } = useRunWords();
	const { find, findNote } = useRunSlots();
	const { view, version } = useRunView();
	const { filter, setFilter, isGrouped, setGrouped } = useLook();
	// biome-ignore lint/correctness/useExhaustiveDependencies: the rows grow in place; `version` says when.
	const chips = useMemo(() => chipsOf(view.rows), [view.rows, version]);
	return (
		<div className="flex-none">
			<div className="flex flex-wrap items-center gap-x-2 gap-y-2 border-b border-line px-4 py-2 desk:px-6">
				{find}
				<span className="flex-1 max-desk:hidden" />
				<Button
					size="sm"
					aria-pressed={isGrouped}
					title={t("group.hint")}
					className={isGrouped ? "border-ink" : ""}
					onClick={() => setGrouped(!isGrouped)}
				>
					<Rows3 size={14} strokeWidth={1.75} aria-hidden="true" />
					{t("group.toggle")}
				</Button>
				<MoreFilters />
			</div>
			<FilterChips chips={chips} filter={filter} onFilter={setFilter} />
			{findNote}
		</div>
	);
}
