"use client";
import { Ellipsis, FolderOpen, Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { PageLink } from "@/components/ui/page-link";
import type { Collection } from "@/lib/trajectory/library-view";
import { shelfAddress } from "./shelf-query";

const ICON = { size: 15, strokeWidth: 1.5 } as const;

/** What can be done with a collection. */
export type CollectionDeeds = { rename(name: string): void; remove(name: string): void };
type Props = { collections: readonly Collection[]; deeds: CollectionDeeds };

/** The collections by name, with how many documents each holds. */
export function CollectionsList({ collections, deeds }: Props) {
	const t = useTranslations("library");
	return (
		<ul aria-label={t("all")} className="border-t border-line-2">
			{collections.map(({ name, documents }) => (
				<li
					key={name}
					className="relative flex items-center gap-3 border-b border-line py-2.5 pr-1 pl-2 hover:bg-hover/60 max-desk:py-3"
				>
					<div className="min-w-0 flex-1">
						<PageLink
							href={shelfAddress({ collection: name })}
							dir="auto"
							className="block font-medium wrap-anywhere after:absolute after:inset-0"
						>
							{name}
						</PageLink>
					</div>
					<span className="flex-none text-[13px] text-ink-2 tabular-nums">{t("documents", { n: documents })}</span>
					<CollectionMenu name={name} deeds={deeds} isOpen={false} />
				</li>
			))}
		</ul>
	);
}

export function CollectionMenu({ name, deeds, isOpen }: { name: string; deeds: CollectionDeeds; isOpen: boolean }) {
	const t = useTranslations("library");
	const router = useRouter();
	const open = {
		key: "open",
		label: t("open"),
		icon: <FolderOpen {...ICON} />,
		onSelect: () => router.push(shelfAddress({ collection: name })),
	};
	return (
		<span className="relative z-1 flex-none">
			<Menu
				trigger={
					<Button variant="ghost" size="icon-sm" aria-label={t("actions", { name })}>
						<Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" />
					</Button>
				}
				groups={[
					[
						...(isOpen ? [] : [open]),
						{ key: "rename", label: t("rename"), icon: <Pencil {...ICON} />, onSelect: () => deeds.rename(name) },
					],
					[
						{
							key: "remove",
							label: t("remove"),
							icon: <Trash2 {...ICON} />,
							danger: true,
							onSelect: () => deeds.remove(name),
						},
					],
				]}
			/>
		</span>
	);
}
