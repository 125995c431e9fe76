"use client";
import { useTranslations } from "next-intl";
import { useRunWords } from "@/components/run/use-run-words";
import type { ComparisonBrief } from "./brief";

/** The five figures that say most. */
export function KeyFigures({ found }: { found: ComparisonBrief }) {
	const t = useTranslations("compare");
	const { count } = useRunWords();
	const { evidence, costs } = found;
	const { both, onlyA, onlyB } = evidence;
	const figures = [
		[count(both.count), t("kpi.both", { n: both.count })],
		[count(onlyA.count), t("kpi.only", { side: t("sides.a"), cited: count(onlyA.cited) })],
		[count(onlyB.count), t("kpi.only", { side: t("sides.b"), cited: count(onlyB.cited) })],
		[`${count(costs.a.wasted)} / ${count(costs.b.wasted)}`, t("kpi.wasted")],
		[usePlace(found), t("kpi.divergence")],
	];
	return (
		<dl className="grid grid-cols-5 border-y border-line-2 max-desk:grid-cols-2">
			{figures.map(([value, name]) => (
				<div
					key={name}
					className="flex flex-col-reverse justify-end border-line px-4 py-3 not-first:border-l first:pl-0 max-desk:border-l-0! max-desk:px-0 max-desk:py-2 max-desk:pr-4"
				>
					<dt className="text-[12px]/4 text-pretty text-ink-3">{name}</dt>
					<dd className="text-[20px]/7 font-semibold tracking-[-0.011em] tabular-nums">{value}</dd>
				</div>
			))}
		</dl>
	);
}

/** Where the runs part, by the number of the call in A, else in B. */
function usePlace({ divergence, rows, calls }: ComparisonBrief): string {
	const t = useTranslations("compare");
	if (divergence.kind === "none") return t("kpi.none");
	if (divergence.kind === "answer") return t("kpi.end");
	const [a, b] = rows[divergence.row] ?? [-1, -1];
	const n = calls.a[a]?.n ?? calls.b[b]?.n;
	return n === undefined ? t("kpi.end") : t("kpi.callOf", { n });
}
