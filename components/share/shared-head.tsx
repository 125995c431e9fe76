import { Hourglass } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { endingOf } from "@/components/run/ending";
import { Status } from "@/components/ui/status";
import type { Snapshot } from "@/lib/trajectory/snapshot";

/** What run this is, who answered, and as of when. "Forced" is said wherever an answer was. */
export function SharedHead({ snapshot }: { snapshot: Snapshot }) {
	const t = useTranslations("share");
	const words = useTranslations("run.outcomes");
	const format = useFormatter();
	const { title, takenAt, outcome, model, preset, calls, budget, report } = snapshot;
	const ending = outcome && endingOf(outcome, report !== undefined);
	return (
		<>
			<h1
				dir="auto"
				className="text-[22px]/7 font-semibold tracking-[-0.02em] text-balance [overflow-wrap:anywhere] desk:text-[26px]/[33px]"
			>
				{title}
			</h1>
			<p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px]/5 text-ink-3">
				{ending?.tone === "capped" ? (
					<span className="inline-flex items-center gap-1.5 rounded-[4px] bg-warn-tint px-1.5 font-medium text-warn">
						<Hourglass size={13} strokeWidth={1.75} aria-hidden="true" />
						{words(ending.word)}
					</span>
				) : (
					ending && <Status tone={ending.tone}>{words(ending.word)}</Status>
				)}
				<span>{model === "extractive" ? t("builtIn") : model}</span>
				<span>{t("preset", { preset })}</span>
				<span className="tabular-nums">
					{t("calls", { calls: format.number(calls), budget: format.number(budget) })}
				</span>
				<time dateTime={new Date(takenAt).toISOString()}>
					{t("stoodAt", { date: format.dateTime(takenAt, { dateStyle: "medium" }) })}
				</time>
			</p>
		</>
	);
}
