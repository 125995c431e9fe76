"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useDeed } from "@/components/run/use-deed";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { InkLink } from "@/components/ui/ink-link";
import { Problem } from "@/components/ui/problem";
import { type CollectionDeeds, CollectionsList } from "./collections-list";
import { DocumentsList } from "./documents-list";
import { FoundList, FoundNothing } from "./found-list";
import type { LibraryDoors } from "./library-doors";
import type { Shelf } from "./shelf";
import { ShelfPages } from "./shelf-pages";

type Props = { shelf: Shelf; deeds: CollectionDeeds; doors: LibraryDoors; onRemoveDocument(key: string): void };

/** Results, documents or collections, whichever the address asks for; or why there are none. */
export function ShelfView({ shelf, deeds, doors, onRemoveDocument }: Props) {
	const { query, size, collections, found, documents } = shelf;
	const { collection } = query;
	if (collection && !collections.some(({ name }) => name === collection)) return <NoCollection name={collection} />;
	if (found) {
		const holds = collections.some((each) => each.documents > 0);
		if (found.found.length === 0) return <FoundNothing found={found} query={query} holds={holds} />;
		return (
			<>
				<FoundList found={found} query={query} />
				<ShelfPages query={query} size={size} total={found.total} />
			</>
		);
	}
	if (documents) {
		if (documents.documents.length === 0) return <EmptyCollection name={collection} />;
		return (
			<>
				<DocumentsList documents={documents.documents} collection={collection} onRemove={onRemoveDocument} />
				<ShelfPages query={query} size={size} total={documents.total} />
			</>
		);
	}
	return collections.length > 0 ? <CollectionsList collections={collections} deeds={deeds} /> : <Empty doors={doors} />;
}

function NoCollection({ name }: { name: string }) {
	const t = useTranslations("library");
	return (
		<div className="border-y border-line py-12">
			<EmptyState title={t("noCollection", { name })} action={<InkLink href="/library">{t("toLibrary")}</InkLink>}>
				{t("noCollectionDetail")}
			</EmptyState>
		</div>
	);
}

function EmptyCollection({ name }: { name: string }) {
	const t = useTranslations("library");
	return (
		<div className="border-y border-line py-12">
			<EmptyState title={t("emptyCollection", { name })}>{t("emptyCollectionDetail")}</EmptyState>
		</div>
	);
}

function Empty({ doors }: { doors: LibraryDoors }) {
	const t = useTranslations("library");
	const router = useRouter();
	const { act, isBusy, setback } = useDeed();
	return (
		<div className="border-y border-line py-12">
			<EmptyState
				title={t("empty")}
				action={
					<>
						<Button disabled={isBusy} onClick={() => act(doors.addInstalled, () => router.refresh())}>
							{t(isBusy ? "adding" : "addInstalled")}
						</Button>
						<span className="text-[13px]/5 text-ink-3">{t("installedDetail")}</span>
						<Problem text={setback?.message} />
					</>
				}
			>
				{t("emptyDetail")}
			</EmptyState>
		</div>
	);
}
