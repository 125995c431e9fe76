"use client";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { LineStrip } from "@/components/run/line-strip";
import { Outcome } from "@/components/run/outcome";
import { RunAge } from "@/components/run/run-age";
import { useLength } from "@/components/run/use-line";
import { useRunWords } from "@/components/run/use-run-words";
import { InkLink } from "@/components/ui/ink-link";
import { PageLink } from "@/components/ui/page-link";
import type { Costs } from "@/lib/trajectory/compare";
import type { RunSummary } from "@/lib/trajectory/packet";
import { compareHref } from "./compare-href";

type Props = { side: "a" | "b"; run: RunSummary; other: string; costs: Costs; scale: number };

/** One of the two runs: which it is, how it ended, what it cost, its line on the scale of both. */
export function RunHead({ side, run, other, costs, scale }: Props) {
	const t = useTranslations("compare");
	const { count, compact, duration } = useRunWords();
	const box = useRef<HTMLDivElement>(null);
	const width = useLength(box, "clientWidth");
	const facts = [
		[t("facts.calls"), count(costs.calls)],
		[t("facts.took"), duration(costs.ms)],
		...(costs.inputTokens > 0 ? [[t("facts.tokens"), compact(costs.inputTokens + costs.outputTokens)]] : []),
	];
	const change = side === "a" ? (`/compare?b=${other}` as Route) : compareHref(other);
	return (
		<section aria-label={t("runOf", { side: t(`sides.${side}`) })} className="min-w-0">
			<div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
				<span className="grid size-[26px] flex-none place-items-center rounded-[4px] border border-ink text-[12px] font-semibold">
					{t(`sides.${side}`)}
				</span>
				<PageLink
					href={`/runs/${run.id}` as Route}
					className="min-w-0 truncate font-medium underline decoration-line-2 underline-offset-3 hover:decoration-ink"
				>
					{run.preset}, {run.model}
				</PageLink>
				<Outcome run={run} />
				<span className="ml-auto text-[12px]/4 text-ink-3">
					<InkLink href={change}>{t("choose")}</InkLink>
				</span>
			</div>
			<dl className="mt-2 flex flex-wrap gap-x-4 text-[13px]/5 text-ink-3">
				{facts.map(([name, value]) => (
					<div key={name}>
						<dt className="mr-1.5 inline">{name}</dt>
						<dd className="inline tabular-nums text-ink">{value}</dd>
					</div>
				))}
				<div>
					<dt className="sr-only">{t("facts.asked")}</dt>
					<dd>
						<RunAge at={run.createdAt} />
					</dd>
				</div>
			</dl>
			<div ref={box} className="mt-2 h-11 overflow-hidden">
				{width > 0 && <LineStrip run={run} width={width} scale={scale} height={44} />}
			</div>
		</section>
	);
}
