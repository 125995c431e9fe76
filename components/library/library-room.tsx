"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useDeed } from "@/components/run/use-deed";
import { UndoBar } from "@/components/shell/undo-bar";
import { leaveToUndo } from "@/components/shell/undo-store";
import { InkLink } from "@/components/ui/ink-link";
import { Problem } from "@/components/ui/problem";
import { AddFiles } from "./add-files";
import { type CollectionDeeds, CollectionMenu } from "./collections-list";
import { DropPlace } from "./drop-place";
import type { LibraryDoors } from "./library-doors";
import { LibrarySearch } from "./library-search";
import { LineSection } from "./line-section";
import { RenameCollection } from "./rename-collection";
import type { Shelf } from "./shelf";
import { shelfAddress } from "./shelf-query";
import { ShelfView } from "./shelf-view";
import { StagedDialog } from "./staged-dialog";
import { useDrop } from "./use-drop";
import { useIntakes } from "./use-intakes";
import { useStaged } from "./use-staged";

/** The library: what is in it, what comes in, what is found. */
export function LibraryRoom({ shelf, doors }: { shelf: Shelf; doors: LibraryDoors }) {
	const t = useTranslations("library");
	const router = useRouter();
	const { query, collections } = shelf;
	const line = useIntakes(shelf.intakes, doors.loadIntakes);
	const known = collections.map(({ name }) => name);
	const { choose, ...staged } = useStaged(query.collection, t("title"));
	const [renaming, setRenaming] = useState<string>();
	const { act, setback, isBusy, forget } = useDeed();
	const drop = useDrop(choose);
	const deeds: CollectionDeeds = {
		rename: (name) => {
			forget();
			setRenaming(name);
		},
		remove: (name) =>
			act(
				() => doors.removeCollection(name),
				() => {
					leaveToUndo("collections", [name]);
					if (query.collection === name) router.push("/library");
					else router.refresh();
				},
			),
	};
	const removeDocument = (key: string) =>
		act(
			() => doors.removeDocument(key),
			() => {
				leaveToUndo("documents", [key]);
				router.refresh();
			},
		);
	const rename = (to: string) =>
		renaming !== undefined &&
		act(
			() => doors.rename(renaming, to),
			() => {
				setRenaming(undefined);
				if (query.collection === renaming) router.replace(shelfAddress({ ...query, collection: to }));
				else router.refresh();
			},
		);
	return (
		<div className="mx-auto max-w-[1104px] px-8 pt-8 pb-20 max-desk:px-4 max-desk:pt-5">
			<div className="mb-5 flex items-end gap-4 max-desk:flex-col max-desk:items-stretch">
				<Heading shelf={shelf} deeds={deeds} />
				<AddFiles onChoose={choose} />
			</div>
			<LibrarySearch query={query} />
			<Problem text={renaming === undefined ? setback?.message : undefined} />
			<LineSection {...line} doors={doors} onlyMoving={query.search !== ""} />
			<ShelfView shelf={shelf} deeds={deeds} doors={doors} onRemoveDocument={removeDocument} />
			<DropPlace state={drop} into={query.collection} />
			<StagedDialog {...staged} known={known} />
			<RenameCollection
				key={renaming}
				name={renaming}
				problem={setback?.message}
				isBusy={isBusy}
				onClose={() => setRenaming(undefined)}
				onRename={rename}
			/>
			<UndoBar
				restore={{ collections: doors.restoreCollections, documents: doors.restoreDocuments }}
				onRestored={router.refresh}
			/>
		</div>
	);
}

function Heading({ shelf: { query, collections }, deeds }: { shelf: Shelf; deeds: CollectionDeeds }) {
	const t = useTranslations("library");
	const here = collections.find(({ name }) => name === query.collection);
	if (here) {
		return (
			<div className="min-w-0 flex-1">
				<p className="text-[13px]/5 text-ink-3">
					<InkLink href="/library">{t("back")}</InkLink>
				</p>
				<div className="flex items-start gap-2">
					<h1 dir="auto" className="min-w-0 text-[22px]/7 wrap-anywhere">
						{here.name}
					</h1>
					<CollectionMenu name={here.name} deeds={deeds} isOpen />
				</div>
				<p className="mt-0.5 text-ink-2">{t("documents", { n: here.documents })}</p>
			</div>
		);
	}
	const documents = collections.reduce((sum, collection) => sum + collection.documents, 0);
	return (
		<div className="min-w-0 flex-1">
			<h1 className="text-[22px]/7">{t("title")}</h1>
			<p className="mt-0.5 text-ink-2">{t("count", { collections: collections.length, documents })}</p>
		</div>
	);
}
