"use client";
import { Tab, TabList } from "@/components/ui/tabs";
import type { RunTab } from "./place";
import { useRunDesk, useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";

/** The panes of a run, with their counts. */
export function RunTabs({ tabs }: { tabs: readonly RunTab[] }) {
	const { store } = useRunDesk();
	const { view } = useRunView();
	const { t, count } = useRunWords();
	const isHere = store.isCaughtUp || view.state === "ended";
	const counts: Partial<Record<RunTab, number>> = {
		...(isHere && view.rows.length > 0 && { timeline: view.rows.length }),
		...(view.sources.size > 0 && { sources: view.sources.size }),
	};
	return (
		<TabList
			aria-label={t("panes")}
			className="mt-3 flex items-center gap-5 max-desk:-mx-4 max-desk:gap-3.5 max-desk:overflow-x-auto max-desk:px-4 max-desk:[scrollbar-width:none]"
		>
			{tabs.map((tab) => (
				<Tab
					key={tab}
					value={tab}
					className="cursor-pointer border-b-2 border-transparent pt-2 pb-2.5 whitespace-nowrap text-ink-2 hover:text-ink focus-visible:outline-offset-[-2px] aria-selected:border-ink aria-selected:font-medium aria-selected:text-ink"
				>
					{t(`tabs.${tab}`)}{" "}
					{counts[tab] !== undefined && (
						<span className="ml-0.5 text-[11px] font-normal tabular-nums text-ink-3">{count(counts[tab])}</span>
					)}
					{tab === "report" && view.answer && view.state !== "ended" && (
						<span className="ml-1.5 inline-block size-1.5 rounded-full bg-accent align-middle" aria-hidden="true" />
					)}
				</Tab>
			))}
		</TabList>
	);
}
