import type { Restore } from "@/components/shell/undo-bar";
import type { Intakes } from "@/lib/trajectory/library-view";

type Done = Promise<{ ok: true } | { ok: false; error: string }>;

/** The server actions of the library page. */
export type LibraryDoors = {
	loadIntakes(): Promise<Intakes>;
	retry(id: string): Done;
	/** Takes files off the list; one that waits is not read any more. */
	dismiss(ids: string[]): Done;
	rename(from: string, to: string): Done;
	removeCollection(name: string): Done;
	restoreCollections: Restore;
	removeDocument(key: string): Done;
	restoreDocuments: Restore;
	addInstalled(): Done;
};
