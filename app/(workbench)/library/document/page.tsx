import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { cache } from "react";
import { documentAddress, shelfAddress } from "@/components/library/shelf-query";
import { buttonLooks } from "@/components/ui/button";
import { EmptyPage } from "@/components/ui/empty-page";
import { InkLink } from "@/components/ui/ink-link";
import { PageLink } from "@/components/ui/page-link";
import { ask } from "@/lib/library/library";

/** Characters of a text on one page of it. */
const PART_CHARS = 100_000;
const MOST_LINKS = 100;

type DocumentQuery = Awaited<PageProps<"/library/document">["searchParams"]>;
type Target = { url: string; title: string };

const openDocument = cache(async (collection: string, id: string) => ask("open", [collection], id));

const wordOf = (query: DocumentQuery, name: string): string => {
	const value = query[name];
	return typeof value === "string" ? value : "";
};

export async function generateMetadata({ searchParams }: PageProps<"/library/document">): Promise<Metadata> {
	const query = await searchParams;
	const document = await openDocument(wordOf(query, "in"), wordOf(query, "id"));
	return { title: document?.title ?? (await getTranslations("library"))("noDocument") };
}

/** A document of the library as it is stored. */
export default async function DocumentPage({ searchParams }: PageProps<"/library/document">) {
	const query = await searchParams;
	const [t, format] = await Promise.all([getTranslations("library"), getFormatter()]);
	const [collection, id] = [wordOf(query, "in"), wordOf(query, "id")];
	const document = await openDocument(collection, id);
	if (!document) {
		return (
			<EmptyPage title={t("noDocument")} action={<InkLink href="/library">{t("toLibrary")}</InkLink>}>
				{t("noDocumentDetail")}
			</EmptyPage>
		);
	}
	const { title, url, text, date, links, linkedFrom } = document;
	const parts = Math.max(1, Math.ceil(text.length / PART_CHARS));
	const part = Math.min(parts, Math.max(1, Math.trunc(Number(wordOf(query, "part"))) || 1));
	const shown = links.slice(0, MOST_LINKS);
	const held = await ask(
		"held",
		collection,
		shown.map((link) => link.url),
	);
	const to = (next: number) => documentAddress(collection, id, next);
	return (
		<article className="mx-auto max-w-[816px] px-8 pt-8 pb-16 max-desk:px-4 max-desk:pt-5">
			<p className="text-[13px]/5 text-ink-3">
				<InkLink href={shelfAddress({ collection })}>{collection}</InkLink>
			</p>
			<h1 dir="auto" className="text-[22px]/7 text-pretty wrap-anywhere">
				{title}
			</h1>
			<p className="mt-1 flex flex-wrap gap-x-3 text-[12px]/5 text-ink-3">
				<Outer url={url}>{url}</Outer>
				{date && <span>{date}</span>}
				<span>{t("document.chars", { n: text.length })}</span>
				{parts > 1 && <span>{t("document.part", { part: format.number(part), parts })}</span>}
			</p>
			<p className="mt-1 text-[12px]/4 text-ink-3">{t("document.asStored")}</p>
			<div dir="auto" className="mt-5 border-t border-line pt-5 text-[14px]/[22px] whitespace-pre-wrap wrap-anywhere">
				{text.slice((part - 1) * PART_CHARS, part * PART_CHARS)}
			</div>
			{parts > 1 && (
				<nav aria-label={t("document.parts")} className="mt-5 flex gap-2">
					{part > 1 && (
						<PageLink href={to(part - 1)} className={buttonLooks({})}>
							{t("previous")}
						</PageLink>
					)}
					{part < parts && (
						<PageLink href={to(part + 1)} className={buttonLooks({})}>
							{t("next")}
						</PageLink>
					)}
				</nav>
			)}
			<Links
				title={t("document.linkedFrom")}
				links={linkedFrom}
				collection={collection}
				held={linkedFrom.map((link) => link.url)}
			/>
			<Links title={t("document.links")} links={shown} collection={collection} held={held} />
		</article>
	);
}

type LinksProps = { title: string; links: readonly Target[]; collection: string; held: readonly string[] };

/** Leads to the document behind each address where the collection holds it, else to the address. */
function Links({ title, links, collection, held }: LinksProps) {
	if (links.length === 0) return null;
	return (
		<section className="mt-8 border-t border-line pt-4">
			<h2 className="text-[14px]/5">{title}</h2>
			<ul className="mt-2 grid gap-1 text-[13px]/5">
				{links.map(({ url, title: name }) => (
					<li key={url} className="min-w-0 wrap-anywhere">
						{held.includes(url) ? (
							<InkLink href={documentAddress(collection, url)}>{name || url}</InkLink>
						) : (
							<Outer url={url}>{name || url}</Outer>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}

/** An address of the web leaves the workbench; any other is told only. */
function Outer({ url, children }: { url: string; children: string }) {
	if (!/^https?:/i.test(url)) return <span className="wrap-anywhere">{children}</span>;
	return (
		<a href={url} target="_blank" rel="noreferrer" className="underline underline-offset-2 wrap-anywhere">
			{children}
		</a>
	);
}
