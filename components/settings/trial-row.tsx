"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { TrialOf } from "@/lib/trajectory/settings-view";
import { TrialFindings } from "./trial-findings";
import { useTrial } from "./use-trial";

type Props = { name: string; note?: string | undefined; of: TrialOf };

/** One of several that can be tried, with its button and what came of it. */
export function TrialRow({ name, note, of }: Props) {
	const t = useTranslations("settings");
	const trial = useTrial(t("lost"));
	return (
		<li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-line py-2 not-first:border-t">
			<p className="min-w-0 text-[13px]/5 wrap-anywhere">
				<span className="font-medium">{name}</span> {note && <span className="text-ink-3">{note}</span>}
			</p>
			<Button size="sm" disabled={trial.isGoing} onClick={() => void trial.take(of)} aria-label={t("testOf", { name })}>
				{t("test")}
			</Button>
			<div className="col-span-2">
				<TrialFindings {...trial} />
			</div>
		</li>
	);
}
