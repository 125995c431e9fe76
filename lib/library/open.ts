import "server-only";
import type { PageLink, PageText } from "../agent/tool";
import type { Sqlite } from "../db/sqlite";
import { KEPT } from "./removal";

const MAX_LINKED_FROM = 50;

type DocumentRow = {
	id: number;
	doc_id: string;
	url: string;
	title: string;
	date: string | null;
	source: string | null;
	text: string;
};

/** Spellings of an address that mean the same page: without fragment, with or without the last slash, http or https. */
function variantsOf(address: string): string[] {
	const bare = address.replace(/#.*$/, "");
	const trimmed = bare.replace(/\/+$/, "");
	const decoded = decodeSafely(trimmed);
	const found = new Set<string>([address]);
	for (const base of [bare, trimmed, `${trimmed}/`, decoded]) {
		found.add(base);
		found.add(base.startsWith("https:") ? base.replace(/^https:/, "http:") : base.replace(/^http:/, "https:"));
	}
	return [...found];
}

function decodeSafely(address: string): string {
	return /%[0-9a-f]{2}/i.test(address)
		? address.replace(/%(?:[0-7][0-9a-f])/gi, (code) => decodeURIComponent(code))
		: address;
}

/** A document by address, id or exact title, with its links and what links to it; only from the given collections. */
export function open(sqlite: Sqlite, collections: readonly string[], address: string): PageText | undefined {
	const row = find(sqlite, collections, address.trim());
	if (!row) return undefined;
	const links = sqlite
		.prepare<[number], PageLink>("select url, title, context from links where document = ?")
		.all(row.id);
	return {
		url: row.url,
		title: row.title,
		text: row.text,
		docId: row.doc_id,
		...(row.date && { date: row.date }),
		...(row.source && { source: row.source }),
		links,
		linkedFrom: linkedFrom(sqlite, collections, row),
	};
}

function find(sqlite: Sqlite, collections: readonly string[], address: string): DocumentRow | undefined {
	if (!address || collections.length === 0) return undefined;
	const within = `collection in (${collections.map(() => "?").join(", ")}) and ${KEPT}`;
	const columns = "id, doc_id, url, title, date, source, text";
	const urls = variantsOf(address);
	const marks = urls.map(() => "?").join(", ");
	const byUrl = sqlite.prepare<unknown[], DocumentRow>(
		`select ${columns} from documents where url in (${marks}) and ${within} limit 1`,
	);
	const byId = sqlite.prepare<unknown[], DocumentRow>(
		`select ${columns} from documents where doc_id = ? and ${within} limit 1`,
	);
	const byTitle = sqlite.prepare<unknown[], DocumentRow>(
		`select ${columns} from documents where title = ? collate nocase and ${within} limit 1`,
	);
	const exact = sqlite.prepare<unknown[], DocumentRow>(
		`select ${columns} from documents where url = ? and ${within} limit 1`,
	);
	return (
		exact.get(address, ...collections) ??
		byUrl.get(...urls, ...collections) ??
		byId.get(address, ...collections) ??
		byTitle.get(address, ...collections)
	);
}

function linkedFrom(
	sqlite: Sqlite,
	collections: readonly string[],
	row: DocumentRow,
): { url: string; title: string }[] {
	const within = collections.map(() => "?").join(", ");
	return sqlite
		.prepare<unknown[], { url: string; title: string }>(
			`select distinct documents.url, documents.title from links l join documents on documents.id = l.document
			 where l.url = ? and documents.id <> ? and collection in (${within}) and ${KEPT} limit ${MAX_LINKED_FROM}`,
		)
		.all(row.url, row.id, ...collections);
}
