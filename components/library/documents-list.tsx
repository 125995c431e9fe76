"use client";
import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { PageLink } from "@/components/ui/page-link";
import type { ShelvedDocument } from "@/lib/trajectory/library-view";
import { documentAddress } from "./shelf-query";

type Props = { documents: readonly ShelvedDocument[]; collection: string; onRemove(key: string): void };

/** One page of a collection's documents, by title. */
export function DocumentsList({ documents, collection, onRemove }: Props) {
	const t = useTranslations("library");
	return (
		<ul aria-label={t("documentsHead")} className="border-t border-line-2">
			{documents.map(({ key, docId, title, url, date }) => (
				<li
					key={key}
					className="relative flex items-center gap-3 border-b border-line py-2 pr-1 pl-2 hover:bg-hover/60"
				>
					<div className="min-w-0 flex-1">
						<PageLink
							href={documentAddress(collection, docId)}
							dir="auto"
							className="block truncate font-medium after:absolute after:inset-0 max-desk:line-clamp-3 max-desk:whitespace-normal max-desk:wrap-anywhere"
						>
							{title}
						</PageLink>
						<span className="block truncate text-[12px]/4 text-ink-3">{url}</span>
					</div>
					{date && <span className="flex-none text-[12px] text-ink-3 tabular-nums max-desk:hidden">{date}</span>}
					<span className="relative z-1 flex-none">
						<Button
							variant="ghost"
							size="icon-sm"
							aria-label={t("removeDocument", { title })}
							title={t("remove")}
							onClick={() => onRemove(key)}
						>
							<Trash2 size={15} strokeWidth={1.5} aria-hidden="true" />
						</Button>
					</span>
				</li>
			))}
		</ul>
	);
}
