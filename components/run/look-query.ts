import { filterOf, one, type Query, writeFilter } from "./filter-query";
import type { RowFilter } from "./row-filter";

/**
 * How a reader looks at a run: which rows, what is looked for in them, whether runs of one tool are folded, and whether
 * the past that a fork shares with its parent is not.
 */
export type Look = { filter: RowFilter; find: string; isGrouped: boolean; isPastOpen: boolean };

/** Reads a look from the query of an address; what it does not understand is left out. */
export const lookOf = (query: Query): Look => ({
	filter: filterOf(query),
	find: one(query.find),
	isGrouped: one(query.group) === "1",
	isPastOpen: one(query.past) === "1",
});

/** Writes a look into a query, so that `lookOf` reads the same. */
export function writeLook({ filter, find, isGrouped, isPastOpen }: Look, query: URLSearchParams): void {
	writeFilter(filter, query);
	if (find.trim()) query.set("find", find.trim());
	if (isGrouped) query.set("group", "1");
	if (isPastOpen) query.set("past", "1");
}
