"use client";
import { Check, Minus, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { useSentence } from "@/components/ui/use-sentence";
import type { TrialFinding } from "@/lib/trajectory/settings-view";
import type { TrialState } from "./use-trial";

/** What a trial has found, line by line: what is well, what is not, and what mends it. */
export function TrialFindings({ isGoing, trial }: Pick<TrialState, "isGoing" | "trial">) {
	const t = useTranslations("settings.trial");
	return (
		<div role="status" className="text-[13px]/5 not-empty:mt-3">
			{isGoing && <p className="text-ink-3">{t("going")}</p>}
			{trial && (
				<>
					<p className={cn("flex items-baseline gap-1.5 font-medium", trial.ok ? "text-ok" : "text-error")}>
						{t(trial.ok ? "works" : "fails")}
						<span className="font-normal text-ink-3 tabular-nums">{t("took", { ms: trial.ms })}</span>
					</p>
					<ul className="mt-1 grid gap-1">
						{trial.findings.map((finding) => (
							<Line key={finding.detail} {...finding} isBad={!(trial.ok || finding.ok)} />
						))}
					</ul>
				</>
			)}
		</div>
	);
}

function Line({ ok, detail, remedy, isBad }: TrialFinding & { isBad: boolean }) {
	const sentence = useSentence();
	const [Icon, hue] = isBad ? ([TriangleAlert, "text-error"] as const) : ([Minus, "text-ink-3"] as const);
	const Mark = ok ? Check : Icon;
	return (
		<li className="flex gap-2">
			<Mark size={14} strokeWidth={1.75} className={cn("mt-[3px] shrink-0", ok ? "text-ok" : hue)} aria-hidden="true" />
			<span className="min-w-0 wrap-anywhere">
				{sentence(detail)} {remedy && <span className="text-ink-2">{sentence(remedy)}</span>}
			</span>
		</li>
	);
}
