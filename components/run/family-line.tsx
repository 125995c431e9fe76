"use client";
import { GitFork } from "lucide-react";
import { useTranslations } from "next-intl";
import { PageLink } from "@/components/ui/page-link";
import type { ForkRow } from "@/lib/trajectory/row";
import { useForkDesk } from "./fork-desk";
import { TextLink } from "./show-more";
import { useRunView } from "./use-run";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

/** In one line: where the run was forked from, what it changed, and how many runs came from it. */
export function FamilyLine() {
	const t = useTranslations("fork");
	const { forkChanges } = useRunWords();
	const { view } = useRunView();
	const { family } = useForkDesk();
	const { select, openTab } = useRunPage();
	const at = view.rows.findLastIndex(({ kind }) => kind === "fork");
	const row = at < 0 ? undefined : (view.rows[at] as ForkRow);
	const forks = family?.children.length ?? 0;
	if (!row && forks === 0) return;
	const parent = family?.ancestors.at(-1)?.run;
	const changes = row && forkChanges(row.changes);
	return (
		<p className="mt-1.5 flex min-h-5 flex-wrap items-center gap-x-3 gap-y-0.5 text-[12px]/5 text-ink-3">
			{row && (
				<span className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5">
					<GitFork size={13} strokeWidth={1.5} aria-hidden="true" />
					{parent ? (
						<>
							{row.followUp === undefined ? t("forkedFrom") : t("askedFurther")}
							<PageLink
								href={`/runs/${parent.id}`}
								className="inline-block max-w-[44ch] truncate align-bottom text-ink underline decoration-line-2 underline-offset-3 hover:decoration-ink"
							>
								{parent.title}
							</PageLink>
						</>
					) : (
						family && t("parentGone")
					)}
					{row.afterCall > 0 && row.followUp === undefined && t("atCall", { n: row.afterCall })}
					{changes && row.followUp === undefined && <span>({changes})</span>}
				</span>
			)}
			{row && (
				<TextLink
					onClick={() => {
						openTab("timeline");
						select(at);
					}}
				>
					{t("ownPart")}
				</TextLink>
			)}
			{forks > 0 && (
				<TextLink
					onClick={() => {
						openTab("timeline");
						select(undefined);
					}}
				>
					{t("forkCount", { n: forks })}
				</TextLink>
			)}
		</p>
	);
}
