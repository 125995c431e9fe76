"use client";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { addressLabel } from "@/components/run/row-facts";
import { PageLink } from "@/components/ui/page-link";
import type { Both } from "@/lib/trajectory/align";
import type { SharedSource } from "@/lib/trajectory/compare";
import type { ComparisonBrief, SourceGroup } from "./brief";

type Props = { evidence: ComparisonBrief["evidence"]; ids: Both<string> };

/** Sources only in one run, and those in both; each leads to the call that brought it. */
export function Evidence({ evidence, ids }: Props) {
	const t = useTranslations("compare");
	const { onlyA, onlyB, both } = evidence;
	return (
		<>
			<p className="mb-3 text-[13px]/5 text-ink-3">{t("evidenceDetail")}</p>
			<div className="grid grid-cols-3 gap-x-8 gap-y-7 max-desk:grid-cols-1">
				<Group title={t("onlyIn", { side: t("sides.a"), n: onlyA.count })} group={onlyA} ids={ids} />
				<Group title={t("inBoth", { n: both.count })} group={both} ids={ids} />
				<Group title={t("onlyIn", { side: t("sides.b"), n: onlyB.count })} group={onlyB} ids={ids} />
			</div>
		</>
	);
}

function Group({ title, group, ids }: { title: string; group: SourceGroup; ids: Both<string> }) {
	const t = useTranslations("compare");
	const rest = group.count - group.shown.length;
	return (
		<section className="min-w-0" aria-label={title}>
			<h3 className="border-b border-line-2 pb-1.5 text-[13px]/5">{title}</h3>
			{group.count === 0 && <p className="py-2 text-[13px]/5 text-ink-3">{t("noSources")}</p>}
			<ul className="max-h-[360px] overflow-y-auto [scrollbar-width:thin]">
				{group.shown.map((source) => (
					<SourceItem key={source.url} source={source} ids={ids} />
				))}
				{rest > 0 && <li className="py-2 text-[12px]/4 text-ink-3">{t("moreSources", { n: rest })}</li>}
			</ul>
		</section>
	);
}

function SourceItem({ source, ids }: { source: SharedSource; ids: Both<string> }) {
	const t = useTranslations("compare");
	const { a, b, url, title } = source;
	const isOpened = a?.openedCall !== undefined || b?.openedCall !== undefined;
	const state = a?.cited || b?.cited ? citedWords(source) : t(isOpened ? "opened" : "seen");
	function citedWords({ a: left, b: right }: SharedSource): string {
		if (!left || !right || (left.cited && right.cited)) return t("cited");
		return t("citedBy", { side: t(left.cited ? "sides.a" : "sides.b") });
	}
	return (
		<li className="border-b border-line py-1.5">
			<span className="block truncate text-[13px]/5">{title || addressLabel(url)}</span>
			<span className="flex gap-2 text-[12px]/4 text-ink-3">
				<span className="min-w-0 flex-1 truncate">{addressLabel(url)}</span>
				<span className="flex-none">{state}</span>
				{(["a", "b"] as const).map((side) => {
					const knowledge = source[side];
					const call = knowledge?.openedCall ?? knowledge?.firstCall;
					if (call === undefined) return null;
					const words = t("atCall", { side: t(`sides.${side}`), n: call });
					return (
						<PageLink
							key={side}
							href={`/runs/${ids[side]}?call=${call}` as Route}
							className="flex-none tabular-nums text-ink underline decoration-line-2 underline-offset-3 hover:decoration-ink"
						>
							{words}
						</PageLink>
					);
				})}
			</span>
		</li>
	);
}
