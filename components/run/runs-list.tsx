"use client";
import { Plus, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { UndoBar } from "@/components/shell/undo-bar";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { cn } from "@/components/ui/cn";
import { NoRuns } from "./no-runs";
import type { RunsDoors } from "./runs-actions";
import { RunsFilterBar } from "./runs-filter";
import type { RunsFilter, RunsPage, TagCount } from "./runs-page";
import { RunsRoom } from "./runs-room";
import { useRuns } from "./use-runs";

type Props = { first: RunsPage; tags: TagCount[]; filter: RunsFilter; doors: RunsDoors; size: number };

/** The library of runs: how many there are, what to look for, the table. */
export function RunsList({ first, tags: firstTags, filter, doors, size }: Props) {
	const t = useTranslations("runs");
	const { page, isLost, more, refresh } = useRuns(first, { filter, load: doors.load, size });
	const [tags, setTags] = useState(firstTags);
	useEffect(() => setTags(firstTags), [firstTags]);
	const [isSearching, startSearch] = useTransition();
	const [isLoading, startLoading] = useTransition();
	const { runs, matching, total, going } = page;
	const isFiltered = filter.archived === true || Boolean(filter.search || filter.state || filter.tag || filter.marks);
	const changed = () => {
		void refresh();
		void doors.loadTags().then(setTags);
	};
	return (
		<div className="mx-auto max-w-[1376px] px-8 pt-8 pb-16 max-desk:px-4 max-desk:pt-5 max-desk:pb-12">
			<div className="mb-5 flex items-end gap-4">
				<div className="flex-1">
					<h1 className="text-[22px]/7">{t("title")}</h1>
					<p className="mt-0.5 text-ink-2">{t("count", { total, going })}</p>
				</div>
				<ButtonLink href="/" variant="primary">
					<Plus size={16} strokeWidth={1.75} aria-hidden="true" />
					{t("new")}
				</ButtonLink>
			</div>
			{(total > 0 || isFiltered) && <RunsFilterBar filter={filter} tags={tags} startSearch={startSearch} />}
			{isLost && (
				<p
					role="status"
					className="mb-3 flex items-center gap-2 rounded-md bg-warn-tint px-3 py-2 text-[13px] text-warn"
				>
					<TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
					<span>
						<strong className="font-semibold">{t("lost")}</strong> {t("lostDetail")}
					</span>
				</p>
			)}
			<div className={cn("transition-opacity duration-160", isSearching && "opacity-60")} aria-busy={isSearching}>
				{runs.length > 0 ? (
					<RunsRoom runs={runs} tags={tags} doors={doors} onChanged={changed} />
				) : (
					<NoRuns filter={filter} total={total} />
				)}
			</div>
			{runs.length > 0 && (
				<p className="mt-4 flex items-center gap-2 text-[13px] text-ink-3">
					<span role="status">{t("showing", { shown: runs.length, total: matching })}</span>
					{runs.length < matching && (
						<Button size="sm" disabled={isLoading} onClick={() => startLoading(more)}>
							{t("more")}
						</Button>
					)}
				</p>
			)}
			<UndoBar restore={{ runs: doors.restore }} onRestored={changed} />
		</div>
	);
}
