"use client";
import type { FindHit } from "@/lib/trajectory/find-hit";
import { useRunWords } from "./use-run-words";

const BEFORE_CHARS = 36;

/** Where in a row what is looked for stands, with what stands around it. */
export function FoundLine({ hits, current }: { hits: readonly FindHit[]; current: FindHit | undefined }) {
	const { t } = useRunWords();
	const hit = hits.find((each) => each === current) ?? hits[0];
	if (!hit) return;
	const count = hits.reduce((sum, each) => sum + each.count, 0);
	return (
		<p className="-mt-1 mb-2 flex min-w-0 items-baseline gap-2 pr-4 pl-[44px] text-[12px]/5 text-ink-3 desk:-mt-1.5 desk:pr-6 desk:pl-[98px]">
			<span className="flex-none">{t(`find.parts.${hit.part}`)}</span>
			<span className="min-w-0 truncate text-ink-2">
				{hit.before.length > BEFORE_CHARS ? `…${hit.before.slice(-BEFORE_CHARS)}` : hit.before}
				<mark className="rounded-[2px] bg-mark text-ink">{hit.match}</mark>
				{hit.after}
			</span>
			{count > 1 && <span className="ml-auto flex-none tabular-nums">{t("find.times", { n: count })}</span>}
		</p>
	);
}
