import type { Collection, DocumentsPage, FoundPage, Intakes } from "@/lib/trajectory/library-view";
import type { ShelfQuery } from "./shelf-query";

/** What the page shows: a search's results, a collection's documents, or neither: the collections. */
export type Shelf = {
	query: ShelfQuery;
	size: number;
	collections: Collection[];
	found: FoundPage | undefined;
	documents: DocumentsPage | undefined;
	intakes: Intakes;
};
