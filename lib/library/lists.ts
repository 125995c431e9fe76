import "server-only";
import type { Sqlite } from "../db/sqlite";
import type { Collection, DocumentsPage, ShelvedDocument } from "../trajectory/library-view";
import { KEPT } from "./removal";

/** Collections that hold what was attached to a run; no list shows them. */
const OF_RUN = "name glob 'run:*'";

/** Their names. */
export const runShelvesOf = (sqlite: Sqlite): string[] =>
	sqlite
		.prepare<[], { name: string }>(`select name from collections where ${OF_RUN}`)
		.all()
		.map(({ name }) => name);

/** Every collection that is there, by name. */
export function collectionsOf(sqlite: Sqlite): Collection[] {
	return sqlite
		.prepare<[], Collection>(
			`select name, (select count(*) from documents where collection = name)
			 - (select count(*) from removed join documents on documents.id = removed.document where collection = name) as documents
			 from collections where removed_at is null and not (${OF_RUN}) order by name collate nocase`,
		)
		.all();
}

type Page = { offset: number; limit: number };
type ShelfRow = Omit<ShelvedDocument, "date" | "source"> & { date: string | null; source: string | null };

const COLUMNS = "cast(id as text) as key, doc_id as docId, url, title, date, source";

const shelved = ({ date, source, ...row }: ShelfRow): ShelvedDocument => ({
	...row,
	...(date && { date }),
	...(source && { source }),
});

/** Documents of a collection by title. The index has the order, so a late page costs as much as its rows. */
export function documentsOf(sqlite: Sqlite, collection: string, { offset, limit }: Page): DocumentsPage {
	const total = collectionsOf(sqlite).find(({ name }) => name === collection)?.documents ?? 0;
	const order = "order by collection, title collate nocase, id limit ? offset ?";
	const documents = sqlite
		.prepare<[string, number, number], ShelfRow>(
			`select ${COLUMNS} from documents where id in (select id from documents where collection = ? and ${KEPT} ${order})
			 order by collection, title collate nocase, id`,
		)
		.all(collection, limit, offset);
	return { documents: total === 0 ? [] : documents.map(shelved), total };
}

/** Of these addresses those that a collection holds. */
export function heldOf(sqlite: Sqlite, collection: string, addresses: readonly string[]): string[] {
	const held = sqlite.prepare(`select 1 from documents where collection = ? and url = ? and ${KEPT}`);
	return addresses.filter((address) => held.get(collection, address) !== undefined);
}
