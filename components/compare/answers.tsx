"use client";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { InkLink } from "@/components/ui/ink-link";
import type { Both } from "@/lib/trajectory/align";
import type { RunSummary } from "@/lib/trajectory/packet";
import type { AnswerLine } from "./answer-diff";
import type { ComparisonBrief } from "./brief";

type Props = { answers: NonNullable<ComparisonBrief["answers"]>; runs: Both<RunSummary> };

/** Both answers, with what only one of them says shaded. */
export function Answers({ answers, runs }: Props) {
	const t = useTranslations("compare");
	const differs = [...answers.a, ...answers.b].some(({ parts }) => parts.some(({ isOwn }) => isOwn));
	const isSame = answers.isMarked && !differs && answers.has.a && answers.has.b;
	const how = answers.isMarked ? t("answersDetail") : t("answersUnmarked");
	return (
		<>
			<p className="mb-3 text-[13px]/5 text-ink-3">
				{isSame ? t("sameAnswers") : how} {answers.cut && t("answersCut", { n: answers.cut })}
			</p>
			<div className="grid grid-cols-2 gap-x-10 gap-y-8 max-desk:grid-cols-1">
				{(["a", "b"] as const).map((side) => (
					<section key={side} aria-label={t("answerOf", { side: t(`sides.${side}`) })} className="min-w-0">
						<p className="mb-2 flex items-baseline justify-between border-b border-line pb-1 text-[12px]/4 text-ink-3">
							<span className="font-semibold text-ink">{t(`sides.${side}`)}</span>
							{answers.has[side] && (
								<InkLink href={`/runs/${runs[side].id}?tab=report` as Route}>{t("readWhole")}</InkLink>
							)}
						</p>
						{answers.has[side] ? (
							<Answer lines={answers[side]} />
						) : (
							<p className="text-ink-3">{t(runs[side].state === "ended" ? "noAnswer" : "answerGoing")}</p>
						)}
					</section>
				))}
			</div>
		</>
	);
}

function Answer({ lines }: { lines: readonly AnswerLine[] }) {
	return lines.map(({ kind, parts }, at) => {
		const text = parts.map(({ text, isOwn }, part) =>
			isOwn ? (
				// biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never change.
				<mark key={part} className="rounded-[2px] bg-mark text-ink">
					{text}
				</mark>
			) : (
				text
			),
		);
		const look = LOOKS[kind];
		// biome-ignore lint/suspicious/noArrayIndexKey: the lines of an answer never change.
		return <Line key={at} look={look} isHeading={kind === "heading"} text={text} />;
	});
}

const LOOKS: Record<AnswerLine["kind"], string> = {
	heading: "mt-5 mb-1.5 text-[15px]/6 font-semibold first:mt-0",
	item: "relative mt-1 pl-4 before:absolute before:left-1 before:content-['•'] before:text-ink-3",
	text: "mt-2.5 first:mt-0",
};

function Line({ look, isHeading, text }: { look: string; isHeading: boolean; text: ReactNode }) {
	const all = `text-[15px]/[25px] wrap-anywhere ${look}`;
	return isHeading ? <h3 className={all}>{text}</h3> : <p className={all}>{text}</p>;
}
