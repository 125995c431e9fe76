import { ChevronRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { markedParts } from "@/components/report/marked-parts";
import { findPassage } from "@/components/report/passage";
import { CitedPassage } from "@/components/report/passage-view";
import { statementsOf } from "@/components/report/statements";
import { addressLabel, hostLabel } from "@/components/run/row-facts";
import type { Snapshot, SnapshotSource } from "@/lib/trajectory/snapshot";
import { sourceId } from "./source-anchor";

/** Characters of a page's text that stand on the page. */
const SHOWN = 40_000;

/** Texts of the cited pages as they were read, by the number of the source. */
export type SourceTexts = ReadonlyMap<number, string>;

/** The list that the report's citations lead to; with the texts, each page as it was read, its nearest passage marked. */
export function SharedSources({ snapshot, texts }: { snapshot: Snapshot; texts?: SourceTexts }) {
	const t = useTranslations("report");
	const { report, sources } = snapshot;
	const claims = useMemo(
		() => (report ? statementsOf(report.markdown, new Set(report.citations.map(({ n }) => n))) : []),
		[report],
	);
	/** The sentences first, then all that they may cover. */
	const claimsOf = (n: number) => {
		const own = claims.filter((stated) => stated.n === n).map(({ claims }) => claims);
		return [...own.flatMap(([claim = ""]) => claim), ...own.flatMap(([, before = ""]) => before)];
	};
	const citations = report?.citations ?? [];
	if (citations.length === 0) return null;
	return (
		<section className="mt-10 border-t border-line pt-4" aria-label={t("references")}>
			<h2 className="mb-2 text-[14px]/5 font-semibold">{t("references")}</h2>
			<ol className="grid text-[13px]/5">
				{citations.map(({ n, url, title }) => {
					const text = texts?.get(n);
					return (
						<Listed
							key={n}
							n={n}
							url={url}
							title={title}
							source={sources.find((source) => source.n === n)}
							text={text !== undefined && <SourceText text={text} claims={claimsOf(n)} />}
						/>
					);
				})}
			</ol>
		</section>
	);
}

type ListedProps = { n: number; url: string; title: string; source: SnapshotSource | undefined; text: ReactNode };

function Listed({ n, url, title, source, text }: ListedProps) {
	const t = useTranslations("share");
	return (
		<li
			id={sourceId(n)}
			className="grid scroll-mt-4 grid-cols-[28px_minmax(0,1fr)] border-line py-2 not-first:border-t target:bg-accent-tint"
		>
			<span className="tabular-nums text-ink-3">{n}</span>
			<div className="min-w-0">
				<Address url={url} title={title} />
				<p className="flex flex-wrap gap-x-3 text-[12px]/5 text-ink-3">
					<span>{hostLabel(url)}</span>
					{source?.date && <span>{source.date}</span>}
					{source?.openedCall !== undefined && <span>{t("readAt", { n: source.openedCall })}</span>}
					{source?.query && <span className="[overflow-wrap:anywhere]">{t("foundWith", { query: source.query })}</span>}
				</p>
				{text}
			</div>
		</li>
	);
}

/** Library documents have no address that a browser could open. */
function Address({ url, title }: { url: string; title: string }) {
	const label = title || addressLabel(url);
	if (!/^https?:/i.test(url)) return <span className="[overflow-wrap:anywhere]">{label}</span>;
	return (
		<a
			href={url}
			target="_blank"
			rel="noopener noreferrer nofollow ugc"
			className="underline decoration-line-2 underline-offset-[3px] [overflow-wrap:anywhere] hover:decoration-ink"
		>
			{label}
		</a>
	);
}

function SourceText({ text, claims }: { text: string; claims: readonly string[] }) {
	const t = useTranslations("share");
	const format = useFormatter();
	const passage = useMemo(() => findPassage(text, claims), [text, claims]);
	const chars = format.number(text.length);
	return (
		<>
			{passage.isClose && (
				<div className="mt-2 rounded-md bg-sunk px-3 py-2.5 text-ink-2">
					<p className="mb-1 text-[12px]/4 text-ink-3">{t("nearest")}</p>
					<CitedPassage passage={passage} />
				</div>
			)}
			<details className="group mt-1.5">
				<summary className="inline-flex cursor-pointer list-none items-center gap-1 py-0.5 text-[12px]/5 text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
					<ChevronRight
						size={13}
						strokeWidth={1.75}
						aria-hidden="true"
						className="transition-transform duration-90 group-open:rotate-90 motion-reduce:transition-none"
					/>
					{t("textAsRead", { n: chars })}
				</summary>
				<div className="mt-1 max-h-[70dvh] overflow-y-auto rounded-md border border-line bg-surface px-3 py-2.5 text-[14px]/[22px] whitespace-pre-wrap [overflow-wrap:anywhere]">
					{markedParts(text, claims).flatMap(({ start, text: part, isHit }) => {
						if (start >= SHOWN) return [];
						const shown = part.slice(0, SHOWN - start);
						return isHit ? (
							<mark key={start} className="rounded-[2px] bg-mark px-px text-ink">
								{shown}
							</mark>
						) : (
							<span key={start}>{shown}</span>
						);
					})}
				</div>
				{text.length > SHOWN && (
					<p className="mt-1 text-[12px]/4 text-ink-3">{t("textCut", { shown: format.number(SHOWN), n: chars })}</p>
				)}
			</details>
		</>
	);
}
