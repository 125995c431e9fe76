"use client";
import { ArrowLeftRight, RotateCw, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useTransition } from "react";
import { scaleOf } from "@/components/run/run-scale";
import { useRunWords } from "@/components/run/use-run-words";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import type { Both } from "@/lib/trajectory/align";
import type { Incomparable } from "@/lib/trajectory/compare";
import type { RunSummary } from "@/lib/trajectory/packet";
import { AlignedRows } from "./aligned-rows";
import { Answers } from "./answers";
import type { ComparisonBrief } from "./brief";
import { compareHref } from "./compare-href";
import { Evidence } from "./evidence";
import { KeyFigures } from "./key-figures";
import { RunHead } from "./run-head";
import { CostTable, SettingTable } from "./tables";

type Props = { runs: Both<RunSummary>; found: ComparisonBrief };

/** Two runs side by side: what each did, found, said and cost. */
export function ComparisonView({ runs, found }: Props) {
	const t = useTranslations("compare");
	const { count } = useRunWords();
	const scale = scaleOf([runs.a, runs.b]);
	const ids = { a: runs.a.id, b: runs.b.id };
	return (
		<>
			<Heading runs={runs} />
			<Warnings runs={runs} reasons={found.incomparable} />
			<KeyFigures found={found} />
			<div className="mt-7 grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-[132px] gap-y-6 max-desk:grid-cols-1">
				<RunHead side="a" run={runs.a} other={ids.b} costs={found.costs.a} scale={scale} />
				<RunHead side="b" run={runs.b} other={ids.a} costs={found.costs.b} scale={scale} />
			</div>
			<p className="mt-1.5 text-[12px]/4 text-ink-3">{t("scale", { calls: count(scale) })}</p>
			<Section title={t("calls")}>
				<AlignedRows found={found} ids={ids} />
			</Section>
			{found.answers && (
				<Section title={t("answers")}>
					<Answers answers={found.answers} runs={runs} />
				</Section>
			)}
			<Section title={t("evidence")}>
				<Evidence evidence={found.evidence} ids={ids} />
			</Section>
			<div className="grid grid-cols-2 gap-x-10 max-desk:grid-cols-1">
				<Section title={t("costs")}>
					<CostTable costs={found.costs} />
				</Section>
				<Section title={t("settings")}>
					<SettingTable settings={found.settings} />
				</Section>
			</div>
		</>
	);
}

function Section({ title, children }: { title: string; children: ReactNode }) {
	return (
		<section className="mt-10 min-w-0" aria-label={title}>
			<h2 className="mb-1 text-[16px]/6">{title}</h2>
			{children}
		</section>
	);
}

function Heading({ runs }: { runs: Both<RunSummary> }) {
	const t = useTranslations("compare");
	const isOne = runs.a.question.trim() === runs.b.question.trim();
	return (
		<div className="mb-5 flex items-end gap-6 max-desk:flex-col max-desk:items-stretch max-desk:gap-3">
			<div className="min-w-0 flex-1">
				<h1 className="text-[22px]/7">{t(isOne ? "title" : "titleOther")}</h1>
				{isOne ? (
					<p className="mt-1 line-clamp-4 max-w-[110ch] text-pretty wrap-anywhere text-ink-2">{runs.a.question}</p>
				) : (
					<dl className="mt-1 max-w-[90ch] text-ink-2">
						{(["a", "b"] as const).map((side) => (
							<div key={side} className="flex gap-2">
								<dt className="w-3 flex-none font-semibold text-ink">{t(`sides.${side}`)}</dt>
								<dd className="line-clamp-3 min-w-0 text-pretty wrap-anywhere">{runs[side].question}</dd>
							</div>
						))}
					</dl>
				)}
			</div>
			<ButtonLink href={compareHref(runs.b.id, runs.a.id)}>
				<ArrowLeftRight size={14} strokeWidth={1.75} aria-hidden="true" />
				{t("swap")}
			</ButtonLink>
		</div>
	);
}

/** Why a difference may have another cause, and that a run still goes on. */
function Warnings({ runs, reasons }: { runs: Both<RunSummary>; reasons: readonly Incomparable[] }) {
	const t = useTranslations("compare");
	const { listed } = useRunWords();
	const causes = reasons.filter((reason) => reason !== "going");
	const going = goingSide(runs);
	return (
		<>
			{causes.length > 0 && (
				<p className="mb-3 flex gap-2 rounded-md bg-warn-tint px-3 py-2 text-[13px]/5 text-pretty text-warn">
					<TriangleAlert size={14} strokeWidth={1.75} className="mt-[3px] flex-none" aria-hidden="true" />
					<span>
						<strong className="font-semibold">
							{t("notComparable", { causes: listed(causes.map((cause) => t(`incomparable.${cause}`))) })}
						</strong>{" "}
						{t("notComparableDetail")}
					</span>
				</p>
			)}
			{going && <Going side={going} />}
		</>
	);
}

function goingSide({ a, b }: Both<RunSummary>): "a" | "b" | "both" | undefined {
	if (a.state !== "ended" && b.state !== "ended") return "both";
	if (a.state !== "ended") return "a";
	return b.state !== "ended" ? "b" : undefined;
}

function Going({ side }: { side: "a" | "b" | "both" }) {
	const t = useTranslations("compare");
	const router = useRouter();
	const [isLooking, startLooking] = useTransition();
	return (
		<div role="status" className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]/5 text-ink-2">
			{t(`going.${side}`)}
			<Button size="sm" disabled={isLooking} onClick={() => startLooking(() => router.refresh())}>
				<RotateCw size={14} strokeWidth={1.75} aria-hidden="true" />
				{t("refresh")}
			</Button>
		</div>
	);
}
