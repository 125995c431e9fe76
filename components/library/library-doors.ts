import type { Restore } from "@/components/shell/undo-bar";
import type { Intakes } from "@/lib/trajectory/library-view";

type LibraryDeed = Promise<{ ok: true } | { ok: false; error: string }>;

/** The server actions of the library page. */
export type LibraryDoors = {
	loadIntakes(): Promise<Intakes>;
	retry(id: string): LibraryDeed;
	/** Takes files off the list; one that waits is not read any more. */
	dismiss(ids: string[]): LibraryDeed;
	rename(from: string, to: string): LibraryDeed;
	removeCollection(name: string): LibraryDeed;
	restoreCollections: Restore;
	removeDocument(key: string): LibraryDeed;
	restoreDocuments: Restore;
	addInstalled(): LibraryDeed;
};
