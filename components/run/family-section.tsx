"use client";
import { Scale } from "lucide-react";
import { useTranslations } from "next-intl";
import { compareHref } from "@/components/compare/compare-href";
import { PageLink } from "@/components/ui/page-link";
import type { Parent } from "@/lib/trajectory/event";
import type { Kin } from "@/lib/trajectory/family";
import { useForkDesk } from "./fork-desk";
import { Section } from "./inspector-section";
import { LineStrip } from "./line-strip";
import { Outcome } from "./outcome";
import { callAtSeq } from "./row-facts";
import { scaleOf } from "./run-scale";
import { useRunDesk, useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";

const STRIP = 200;

/** The family tree: where the run came from, what else came from there, what came from it, on one scale. */
export function FamilySection() {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const { family } = useForkDesk();
	if (!family) return;
	const { ancestors, siblings, children } = family;
	if (ancestors.length + siblings.length + children.length === 0) return;
	const scale = scaleOf([...ancestors, ...siblings, ...children].map(({ run }) => run).concat(store.summary));
	return (
		<Section name={t("family")}>
			<KinList name={t("cameFrom")} kin={ancestors} scale={scale} />
			<KinList name={t("siblings")} kin={siblings} scale={scale} />
			<KinList name={t("forksOf", { n: children.length })} kin={children} scale={scale} />
		</Section>
	);
}

function KinList({ name, kin, scale }: { name: string; kin: readonly Kin[]; scale: number }) {
	if (kin.length === 0) return;
	return (
		<div className="not-first:mt-3">
			<h3 className="text-[12px]/4 font-normal tracking-normal text-ink-3">{name}</h3>
			<ul>
				{kin.map((one) => (
					<KinRow key={one.run.id} kin={one} scale={scale} />
				))}
			</ul>
		</div>
	);
}

function KinRow({ kin: { run, changes, followUp }, scale }: { kin: Kin; scale: number }) {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const compare = compareHref(store.runId, run.id);
	return (
		<li className="border-b border-line py-2 last:border-b-0 last:pb-0">
			<div className="flex items-start gap-2">
				<PageLink
					href={`/runs/${run.id}`}
					className="line-clamp-2 min-w-0 flex-1 text-[13px]/[18px] font-medium decoration-line-3 underline-offset-3 [overflow-wrap:anywhere] hover:underline"
				>
					{followUp ?? run.title}
				</PageLink>
				<PageLink
					href={compare}
					aria-label={t("compareWith", { title: run.title })}
					title={t("compare")}
					className="grid size-[26px] flex-none place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
				>
					<Scale size={14} strokeWidth={1.5} aria-hidden="true" />
				</PageLink>
			</div>
			<div className="mt-1.5">
				<LineStrip run={run} width={STRIP} scale={scale} />
			</div>
			<p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-[12px]/5 text-ink-3">
				<Outcome run={run} />
				{run.parent && <Change changes={changes} parent={run.parent} />}
			</p>
		</li>
	);
}

/** What a run does differently, and from which call on, as far as its past is shared with the run on this page. */
function Change({ changes, parent }: { changes: Kin["changes"]; parent: Parent }) {
	const t = useTranslations("fork");
	const { t: words, forkChanges } = useRunWords();
	const { view } = useRunView();
	const call = callAtSeq(view.rows, parent.seq);
	const said = forkChanges(changes) || words("forkUnchanged");
	return <span>{call > 0 && parent.seq <= view.lastSeq ? t("changeAt", { change: said, n: call }) : said}</span>;
}
