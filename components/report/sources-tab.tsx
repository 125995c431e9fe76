"use client";
import { Quote } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { addressLabel, hostLabel } from "@/components/run/row-facts";
import type { CallRange } from "@/components/run/row-filter";
import { TextLink } from "@/components/run/show-more";
import { useLook } from "@/components/run/use-look";
import { useRunView } from "@/components/run/use-run";
import { useRunPage } from "@/components/run/use-run-page";
import { useRunWords } from "@/components/run/use-run-words";
import { Button } from "@/components/ui/button";
import type { SourceView } from "@/lib/trajectory/source-view";
import { useReport } from "./use-report";

const PAGE = 200;

/** Everything the run saw: what it opened first, then what it only saw in results. */
export function SourcesTab() {
	const t = useTranslations("report");
	const { view, version } = useRunView();
	const { count } = useRunWords();
	const report = useReport();
	const { range } = useLook().filter;
	const [limit, setLimit] = useState(PAGE);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the sources grow in place; `version` says when.
	const { opened, seen } = useMemo(() => sorted(view.sources.values(), range), [view.sources, range, version]);
	const cited = useMemo(() => new Set(report?.citations.map(({ url }) => url)), [report]);
	const shownSeen = seen.slice(0, Math.max(0, limit - opened.length));
	const rest = opened.length + seen.length - Math.min(opened.length, limit) - shownSeen.length;
	return (
		<div className="h-full desk:overflow-y-auto">
			<div className="mx-auto max-w-[960px] px-4 pt-5 pb-16 desk:px-6">
				{opened.length + seen.length === 0 && (
					<p className="pt-3 text-ink-2">{t(emptyWord(range !== undefined, view.state === "ended"))}</p>
				)}
				<SourceList
					name={t("openedSources", { n: count(opened.length) })}
					sources={opened.slice(0, limit)}
					cited={cited}
				/>
				<SourceList name={t("seenSources", { n: count(seen.length) })} sources={shownSeen} cited={cited} />
				{rest > 0 && (
					<Button className="mt-4" onClick={() => setLimit(limit + PAGE)}>
						{t("moreSources", { n: Math.min(PAGE, rest), rest: count(rest) })}
					</Button>
				)}
			</div>
		</div>
	);
}

function emptyWord(isNarrowed: boolean, isOver: boolean) {
	if (isNarrowed) return "noSourceInRange";
	return isOver ? "noSourceSeen" : "noSources";
}

/** A source belongs to a range of calls that first saw or opened it. */
const isIn = ({ firstCall, openedCall }: SourceView, range: CallRange | undefined): boolean =>
	!range || [firstCall, openedCall ?? 0].some((call) => call >= range.from && call <= range.to);

function sorted(
	sources: Iterable<SourceView>,
	range: CallRange | undefined,
): { opened: SourceView[]; seen: SourceView[] } {
	const opened: SourceView[] = [];
	const seen: SourceView[] = [];
	for (const source of sources) if (isIn(source, range)) (source.openedSeq === undefined ? seen : opened).push(source);
	opened.sort((a, b) => (a.openedCall ?? 0) - (b.openedCall ?? 0));
	seen.sort((a, b) => a.firstCall - b.firstCall);
	return { opened, seen };
}

type ListProps = { name: string; sources: readonly SourceView[]; cited: ReadonlySet<string> };

function SourceList({ name, sources, cited }: ListProps) {
	if (sources.length === 0) return;
	return (
		<section className="mb-8">
			<h2 className="mb-1 text-[14px]/5 font-semibold">{name}</h2>
			<ul>
				{sources.map((source) => (
					<SourceItem key={source.url} source={source} isCited={cited.has(source.url)} />
				))}
			</ul>
		</section>
	);
}

function SourceItem({ source, isCited }: { source: SourceView; isCited: boolean }) {
	const t = useTranslations("report");
	const { openSource, goToCall, openTab } = useRunPage();
	const { url, openedCall, firstCall } = source;
	const title = source.title || addressLabel(url);
	const goTo = (n: number) => {
		openTab("timeline");
		goToCall(n);
	};
	return (
		<li className="grid grid-cols-[minmax(0,1fr)_72px_136px_132px] items-baseline gap-x-4 gap-y-0.5 border-b border-line py-2.5 text-[13px]/5 [contain-intrinsic-size:auto_61px] [content-visibility:auto] max-desk:grid-cols-[auto_auto_minmax(0,1fr)] max-desk:[&>:first-child]:col-span-3">
			<div className="min-w-0">
				{source.openedSeq === undefined ? (
					<span className="line-clamp-2 text-[14px]/5 text-ink-2">{title}</span>
				) : (
					<button
						type="button"
						className="line-clamp-2 cursor-pointer text-left text-[14px]/5 font-medium decoration-line-3 underline-offset-[3px] hover:underline"
						onClick={() => openSource(url)}
					>
						{title}
					</button>
				)}
				<span className="block truncate text-[12px]/5 text-ink-3" title={url}>
					{[hostLabel(url), source.date].filter(Boolean).join(" · ")}
				</span>
			</div>
			<span className="text-[12px]/5 max-desk:empty:hidden">
				{isCited && (
					<span className="inline-flex items-center gap-1 text-ok">
						<Quote size={12} strokeWidth={2} aria-hidden="true" />
						{t("isCited")}
					</span>
				)}
			</span>
			<TextLink onClick={() => goTo(firstCall)}>{t("firstSeenAt", { n: firstCall })}</TextLink>
			{openedCall !== undefined && (
				<TextLink onClick={() => goTo(openedCall)}>{t("readAt", { n: openedCall })}</TextLink>
			)}
		</li>
	);
}
