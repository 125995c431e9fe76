import type { Row } from "@/lib/trajectory/row";
import { type Look, writeLook } from "./look-query";
import { rowOfCall } from "./row-facts";

export const RUN_TABS = ["timeline", "report", "sources", "context", "metrics"] as const;
export type RunTab = (typeof RUN_TABS)[number];

/** What the address says: a call by number, a row without number by the event that made it, the event that is shown last. */
export type RunPlace = { tab: RunTab; call?: number; row?: number; at?: number };

/** Reads a place from the query of an address; what it does not understand is left out. */
export function placeOf(query: Record<string, string | string[] | undefined>): RunPlace {
	const tab = RUN_TABS.find((known) => known === query.tab) ?? "timeline";
	const call = count(query.call);
	const row = count(query.row);
	const at = count(query.at);
	return {
		tab,
		...(call !== undefined && { call }),
		...(row !== undefined && { row }),
		...(at !== undefined && { at }),
	};
}

const count = (text: string | string[] | undefined): number | undefined =>
	typeof text === "string" && /^\d{1,7}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;

type Shown = { tab: RunTab; row?: Row | undefined; at?: number | undefined; look?: Look };

/** The query that leads back to a place; empty for the run's beginning. */
export function queryOf({ tab, row, at, look }: Shown): string {
	const query = new URLSearchParams();
	if (row?.kind === "call" && row.n !== undefined) query.set("call", String(row.n));
	else if (row) query.set("row", String(Math.floor(row.key)));
	if (at !== undefined) query.set("at", String(at));
	if (tab !== "timeline") query.set("tab", tab);
	if (look) writeLook(look, query);
	return query.size > 0 ? `?${query}` : "";
}

/** The row a place means, when it is here. */
export const rowOfPlace = (rows: readonly Row[], { call, row }: RunPlace): number | undefined => {
	if (call !== undefined) return rowOfCall(rows, call);
	const at = row === undefined ? -1 : rows.findIndex(({ key }) => Math.floor(key) === row);
	return at < 0 ? undefined : at;
};
