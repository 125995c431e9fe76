"use client";
import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { RunTab } from "./place";
import { withoutRange } from "./row-filter";
import { useLook } from "./use-look";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

/** An answer rests on all calls, and a request holds what came before it: a part of either would be no answer, no request. */
const WHOLE: ReadonlySet<RunTab> = new Set(["report", "context"]);

/** Says which calls the panes are narrowed to, where one is not, and takes it back. */
export function RangeNote() {
	const { t, count } = useRunWords();
	const { filter, setFilter } = useLook();
	const { tab } = useRunPage();
	if (!filter.range) return;
	const { from, to } = filter.range;
	return (
		<p className="flex items-center gap-2 border-b border-accent-line bg-accent-tint py-1 pr-2 pl-4 text-[12px]/5 text-ink desk:pl-6">
			<span role="status" className="tabular-nums">
				{t("range.label", { from: count(from), to: count(to), n: to - from + 1 })}
				{WHOLE.has(tab) && <span className="text-ink-2"> · {t("range.whole")}</span>}
			</span>
			<Button
				variant="ghost"
				size="icon-sm"
				aria-label={t("range.clear")}
				title={t("range.clear")}
				onClick={() => setFilter(withoutRange(filter))}
			>
				<X size={14} strokeWidth={1.75} aria-hidden="true" />
			</Button>
		</p>
	);
}
