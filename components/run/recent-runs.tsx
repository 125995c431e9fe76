"use client";
import { useTranslations } from "next-intl";
import { InkLink } from "@/components/ui/ink-link";
import { PageLink } from "@/components/ui/page-link";
import { LineStrip } from "./line-strip";
import { Outcome } from "./outcome";
import { scaleOf } from "./run-scale";
import type { LoadRuns, RunsPage } from "./runs-page";
import { useRunWords } from "./use-run-words";
import { useRuns } from "./use-runs";

const EVERY = { search: "", state: "" };

type Props = { first: RunsPage; load: LoadRuns; size: number };

/** The newest runs, their lines on one scale. */
export function RecentRuns({ first, load, size }: Props) {
	const t = useTranslations("ask");
	const { count } = useRunWords();
	const { page } = useRuns(first, { filter: EVERY, load, size });
	const runs = page.runs.slice(0, size);
	const scale = scaleOf(runs);
	return (
		<section className="mt-10" aria-labelledby="recent">
			<div className="mb-2.5 flex items-baseline gap-3">
				<h2 id="recent" className="text-[14px]/5">
					{t("recent")}
				</h2>
				<span className="flex-1 text-[12px] text-ink-3 max-desk:invisible">{t("oneScale", { calls: scale })}</span>
				<InkLink href="/runs">{t("allRuns", { count: page.total })}</InkLink>
			</div>
			<ul className="border-t border-line-2">
				{runs.map((run) => (
					<li key={run.id}>
						<PageLink
							href={`/runs/${run.id}`}
							className="group grid min-h-[59px] grid-cols-[minmax(0,1fr)_232px_116px_84px] items-center gap-5 border-b border-line py-[9px] max-desk:grid-cols-[minmax(0,1fr)_auto] max-desk:gap-x-3 max-desk:gap-y-1 max-desk:py-3"
						>
							<span
								dir="auto"
								className="line-clamp-2 font-medium wrap-anywhere text-pretty decoration-line-3 underline-offset-3 group-hover:underline max-desk:col-span-2"
							>
								{run.title}
							</span>
							<LineStrip run={run} width={232} scale={scale} />
							<Outcome run={run} />
							<span className="text-right text-[12px] tabular-nums text-ink-2 max-desk:hidden">
								{count(run.calls)} <span className="text-ink-3">/ {count(run.budget)}</span>
							</span>
						</PageLink>
					</li>
				))}
			</ul>
		</section>
	);
}
