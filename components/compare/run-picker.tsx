"use client";
import { TriangleAlert } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type TransitionStartFunction, useEffect, useState, useTransition } from "react";
import { LineStrip } from "@/components/run/line-strip";
import { Outcome } from "@/components/run/outcome";
import { RunAge } from "@/components/run/run-age";
import { scaleOf } from "@/components/run/run-scale";
import { useRunWords } from "@/components/run/use-run-words";
import { ButtonLink } from "@/components/ui/button-link";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { InkLink } from "@/components/ui/ink-link";
import { PageLink } from "@/components/ui/page-link";
import { SearchBox } from "@/components/ui/search-box";
import type { RunSummary } from "@/lib/trajectory/packet";
import { compareHref } from "./compare-href";

/** The side that is known already, the one that is chosen now, what is wrong with what the address named. */
export type Picking = {
	known?: { side: "a" | "b"; run: RunSummary };
	problem?: { kind: "unknown" | "same"; id: string };
	search: string;
	runs: RunSummary[];
	matching: number;
	total: number;
};

const TYPING_MS = 250;

/** Chooses what to compare: the first run, then the second. */
export function RunPicker({ known, problem, search, runs, matching, total }: Picking) {
	const t = useTranslations("compare");
	const [isSearching, startSearch] = useTransition();
	const { count } = useRunWords();
	if (total < 2) {
		return (
			<EmptyState heading="h1" title={t("pick.title")} action={<ButtonLink href="/">{t("pick.ask")}</ButtonLink>}>
				{t("pick.noRuns")}
			</EmptyState>
		);
	}
	return (
		<>
			<h1 className="text-[22px]/7">{t("pick.title")}</h1>
			<p className="mt-0.5 mb-4 text-ink-2">{t(known ? "pick.second" : "pick.first")}</p>
			{problem && (
				<p role="alert" className="mb-4 flex gap-2 rounded-md bg-warn-tint px-3 py-2 text-[13px]/5 text-warn">
					<TriangleAlert size={14} strokeWidth={1.75} className="mt-[3px] flex-none" aria-hidden="true" />
					{t(`pick.${problem.kind}`, { id: problem.id })}
				</p>
			)}
			{known && <KnownRun {...known} />}
			<SearchField key={known?.run.id} search={search} known={known} startSearch={startSearch} />
			<div className={cn("transition-opacity duration-160", isSearching && "opacity-60")} aria-busy={isSearching}>
				<Choices runs={runs} known={known} />
			</div>
			{runs.length === 0 && (
				<p className="border-y border-line py-6 text-ink-2">
					{t("pick.noMatch", { search })} <InkLink href={addressOf("", known)}>{t("pick.clear")}</InkLink>
				</p>
			)}
			{runs.length < matching && (
				<p className="mt-3 text-[13px]/5 text-ink-3">
					{t("pick.showing", { n: count(runs.length), total: count(matching) })}
				</p>
			)}
		</>
	);
}

function KnownRun({ side, run }: Known) {
	const t = useTranslations("compare");
	return (
		<p className="mb-4 flex min-w-0 items-center gap-2.5 border-y border-line py-2.5">
			<span className="grid size-[26px] flex-none place-items-center rounded-[4px] border border-ink text-[12px] font-semibold">
				{t(`sides.${side}`)}
			</span>
			<span className="min-w-0 flex-1 truncate font-medium">{run.title}</span>
			<span className="flex-none text-[12px]/4 text-ink-3">
				{run.preset} · <RunAge at={run.createdAt} />
			</span>
		</p>
	);
}

type Known = NonNullable<Picking["known"]>;
type FieldProps = { search: string; known: Known | undefined; startSearch: TransitionStartFunction };

function SearchField({ search, known, startSearch }: FieldProps) {
	const t = useTranslations("compare");
	const router = useRouter();
	const [text, setText] = useState(search);
	useEffect(() => {
		if (text.trim() === search) return;
		const timer = setTimeout(
			() => startSearch(() => router.replace(addressOf(text.trim(), known), { scroll: false })),
			TYPING_MS,
		);
		return () => clearTimeout(timer);
	}, [text, search, known, router, startSearch]);
	return <SearchBox label={t("pick.search")} value={text} onChange={setText} className="mb-3 w-[340px]" />;
}

function addressOf(search: string, known: Picking["known"]): Route {
	const query = new URLSearchParams();
	if (known) query.set(known.side, known.run.id);
	if (search) query.set("q", search);
	return `/compare?${query}`;
}

function hrefOf(id: string, known: Picking["known"]): Route {
	if (!known) return compareHref(id);
	return known.side === "a" ? compareHref(known.run.id, id) : compareHref(id, known.run.id);
}

function Choices({ runs, known }: { runs: readonly RunSummary[]; known: Known | undefined }) {
	const { count } = useRunWords();
	const scale = scaleOf(runs);
	return (
		<ul className={cn(runs.length > 0 && "border-t border-line-2")}>
			{runs.map((run) => (
				<li key={run.id}>
					<PageLink
						href={hrefOf(run.id, known)}
						className="group grid min-h-[56px] grid-cols-[minmax(0,1fr)_232px_132px_96px] items-center gap-5 border-b border-line py-2 max-desk:grid-cols-[minmax(0,1fr)_auto] max-desk:gap-x-3 max-desk:gap-y-1"
					>
						<span className="min-w-0 max-desk:col-span-2">
							<span className="block truncate font-medium decoration-line-3 underline-offset-3 group-hover:underline max-desk:line-clamp-2 max-desk:whitespace-normal">
								{run.title}
							</span>
							<span className="block truncate text-[12px]/4 text-ink-3">
								{run.preset}, {run.model} · <RunAge at={run.createdAt} />
							</span>
						</span>
						<span className="max-desk:hidden">
							<LineStrip run={run} width={232} scale={scale} />
						</span>
						<Outcome run={run} />
						<span className="text-right text-[12px] tabular-nums text-ink-2">
							{count(run.calls)} <span className="text-ink-3">/ {count(run.budget)}</span>
						</span>
					</PageLink>
				</li>
			))}
		</ul>
	);
}
