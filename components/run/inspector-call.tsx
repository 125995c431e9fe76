"use client";
import { cn } from "@/components/ui/cn";
import type { CallRow } from "@/lib/trajectory/row";
import { FoundPartText } from "./found-text";
import { Facts, Section } from "./inspector-section";
import { addressLabel, hostLabel, plain } from "./row-facts";
import { useRunSlots } from "./run-slots";
import { TextLink } from "./show-more";
import { ToolGlyph } from "./tool-glyph";
import { useRunView } from "./use-run";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

export function ArgumentsSection({ row }: { row: CallRow }) {
	const { t } = useRunWords();
	const { callPart } = useRunSlots();
	const facts = Object.entries(row.call.args).map(
		([name, value]) =>
			[
				name,
				<span key={name} className="font-mono text-[12.5px]/5 whitespace-pre-wrap">
					<FoundPartText text={plain(value)} seq={row.replySeq} part="arguments" />
				</span>,
			] as const,
	);
	return (
		<Section name={t("arguments")} aside={callPart?.(row, "arguments")}>
			{facts.length > 0 ? <Facts facts={facts} /> : <p className="text-[13px]/5 text-ink-3">{t("noArguments")}</p>}
		</Section>
	);
}

/** The pages this call brought or read. */
export function SourcesSection({ row }: { row: CallRow }) {
	const { t } = useRunWords();
	const { openSource } = useRunPage();
	const { view } = useRunView();
	const sources = [...new Map(row.sources.map((source) => [source.url, source])).values()];
	if (sources.length === 0) return;
	return (
		<Section name={t("sourcesOfCall", { n: sources.length })}>
			<ul className="grid gap-2 text-[13px]/[18px]">
				{sources.map((source) => (
					<li key={source.url} className="grid grid-cols-[8px_minmax(0,1fr)] gap-x-1.5">
						<span
							className={cn("mt-[7px] size-[5px] rounded-full", source.firstSeen ? "bg-ink" : "bg-transparent")}
							title={source.firstSeen ? t("firstSeen") : undefined}
						/>
						<span className="min-w-0">
							{view.sources.get(source.url)?.openedSeq === undefined ? (
								<span className="line-clamp-2">{source.title || addressLabel(source.url)}</span>
							) : (
								<button
									type="button"
									className="line-clamp-2 cursor-pointer text-left underline decoration-line-2 underline-offset-[3px] hover:decoration-ink"
									onClick={() => openSource(source.url)}
								>
									{source.title || addressLabel(source.url)}
								</button>
							)}
							<span className="block truncate text-[12px]/4 text-ink-3">
								{hostLabel(source.url)}
								{source.date ? ` · ${source.date}` : ""}
							</span>
						</span>
					</li>
				))}
			</ul>
		</Section>
	);
}

/** How a page was found: the search that first brought it, then this call. */
export function WaySection({ row }: { row: CallRow }) {
	const { t, count } = useRunWords();
	const { goToCall } = useRunPage();
	const { view } = useRunView();
	const [source] = row.sources;
	const known = source?.opened ? view.sources.get(source.url) : undefined;
	if (!known || row.n === undefined || known.firstCall >= row.n) return;
	const { firstCall, query } = known;
	return (
		<Section name={t("howItGotHere")}>
			<ol className="relative text-[13px]/[18px]">
				<li className="relative grid grid-cols-[20px_minmax(0,1fr)] gap-2.5 pb-3 before:absolute before:top-5 before:bottom-0 before:left-[9.5px] before:border-l before:border-line-2">
					<ToolGlyph glyph={query === undefined ? "read" : "search"} />
					<span className="min-w-0 [overflow-wrap:anywhere]">
						{query === undefined ? t("foundByLink") : `“${query}”`}
						<span className="block">
							<TextLink onClick={() => goToCall(firstCall)}>{t("callNumber", { n: count(firstCall) })}</TextLink>
						</span>
					</span>
				</li>
				<li className="grid grid-cols-[20px_minmax(0,1fr)] gap-2.5">
					<ToolGlyph glyph="read" />
					<span className="min-w-0 [overflow-wrap:anywhere]">
						{addressLabel(known.url)}
						<span className="block text-[12px]/4 text-ink-3">{t("thisCall")}</span>
					</span>
				</li>
			</ol>
		</Section>
	);
}
