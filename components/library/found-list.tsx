"use client";
import { useFormatter, useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { InkLink } from "@/components/ui/ink-link";
import { PageLink } from "@/components/ui/page-link";
import type { FoundDocument, FoundPage } from "@/lib/trajectory/library-view";
import { documentAddress, type ShelfQuery, shelfAddress } from "./shelf-query";

/** What a search found, with what put each document where it stands. */
export function FoundList({ found, query }: { found: FoundPage; query: ShelfQuery }) {
	const t = useTranslations("library.result");
	const format = useFormatter();
	const { search, collection } = query;
	const missing = format.list(found.unmatched, { type: "unit", style: "short" });
	return (
		<>
			<p role="status" className="text-[13px]/5 text-ink-2 wrap-anywhere">
				{collection
					? t("countIn", { total: found.total, search, name: collection })
					: t("count", { total: found.total, search })}{" "}
				{found.unmatched.length > 0 && t("unmatched", { words: missing })}
			</p>
			<ol className="mt-3 border-t border-line-2">
				{found.found.map((document) => (
					<Found key={`${document.collection} ${document.docId}`} document={document} />
				))}
			</ol>
		</>
	);
}

function Found({ document }: { document: FoundDocument }) {
	const t = useTranslations("library.result");
	const { rank, score, title, url, collection, docId, snippet, terms } = document;
	return (
		<li className="grid grid-cols-[36px_minmax(0,1fr)] border-b border-line py-3">
			<span className="text-[13px]/5 text-ink-3 tabular-nums">
				<span className="sr-only">{t("rank", { rank })}</span>
				<span aria-hidden="true">{rank}</span>
			</span>
			<div className="min-w-0">
				<PageLink
					href={documentAddress(collection, docId)}
					dir="auto"
					className="font-medium underline decoration-line-2 underline-offset-3 wrap-anywhere hover:decoration-ink"
				>
					{title}
				</PageLink>
				<p className="truncate text-[12px]/4 text-ink-3">
					{collection} · {url}
				</p>
				<p dir="auto" className="mt-1 max-w-[88ch] text-ink-2 wrap-anywhere">
					{snippet.map(({ text, isHit }, index) => {
						const key = `${index} ${text}`;
						return isHit ? (
							<mark key={key} className="rounded-[2px] bg-mark text-ink">
								{text}
							</mark>
						) : (
							<span key={key}>{text}</span>
						);
					})}
				</p>
				<p className="mt-1 flex flex-wrap gap-x-3 text-[12px]/4 text-ink-3 tabular-nums">
					<span title={t("scoreTitle")}>{t("score", { score })}</span>
					{terms.map(({ term, documents }) => (
						<span key={term}>{t("term", { term, n: documents })}</span>
					))}
				</p>
			</div>
		</li>
	);
}

/** Why a search found nothing, and what else could be tried. */
export function FoundNothing({ found, query, holds }: { found: FoundPage; query: ShelfQuery; holds: boolean }) {
	const t = useTranslations("library.result");
	const format = useFormatter();
	const { search, collection } = query;
	const words = format.list(
		found.words.map((word) => `“${word}”`),
		{ type: "unit", style: "short" },
	);
	const isElsewhere = collection !== "" && found.unmatched.length < found.words.length;
	const why = () => {
		if (!holds) return t("emptyLibrary");
		if (found.words.length === 0) return t("noWords");
		return isElsewhere ? t("elsewhere", { name: collection }) : t("noneHold", { n: found.words.length, words });
	};
	return (
		<div className="border-y border-line py-12">
			<EmptyState
				title={t("none", { search })}
				action={isElsewhere && <InkLink href={shelfAddress({ search })}>{t("searchAll")}</InkLink>}
			>
				{why()}
			</EmptyState>
		</div>
	);
}
