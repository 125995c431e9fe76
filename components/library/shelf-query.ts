import type { Route } from "next";

/** What an address of the library asks for: a search, a collection, a page of either (from 1). */
export type ShelfQuery = { search: string; collection: string; page: number };

const MOST_SEARCH_CHARS = 500;
const MOST_PAGE = 1_000_000;

/** What an address says; what it does not understand is left out. */
export function shelfQueryOf(query: Record<string, string | string[] | undefined>): ShelfQuery {
	const text = (name: string) => {
		const value = query[name];
		return typeof value === "string" ? value : "";
	};
	const page = Number(text("page"));
	return {
		search: text("q").slice(0, MOST_SEARCH_CHARS).trim(),
		collection: text("in"),
		page: Number.isInteger(page) && page >= 1 ? Math.min(page, MOST_PAGE) : 1,
	};
}

/** The address of a view of the library. */
export function shelfAddress({ search, collection, page }: Partial<ShelfQuery>): Route {
	const query = new URLSearchParams();
	if (collection) query.set("in", collection);
	if (search) query.set("q", search);
	if (page !== undefined && page > 1) query.set("page", String(page));
	return (query.size > 0 ? `/library?${query}` : "/library") as Route;
}

/** The address of a document of a collection; `part` of its text, from 1. */
export function documentAddress(collection: string, docId: string, part = 1): Route {
	const query = new URLSearchParams({ in: collection, id: docId, ...(part > 1 && { part: String(part) }) });
	return `/library/document?${query}` as Route;
}
