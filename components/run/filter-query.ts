import { ROLLBACK_REASONS } from "@/lib/trajectory/rollback";
import {
	CALL_STATUSES,
	type CallRange,
	ERRORS,
	ROLLED_BACK,
	ROW_MARKS,
	ROW_REMARKS,
	type RowFilter,
	toolKey,
} from "./row-filter";

export type Query = Record<string, string | string[] | undefined>;

const MOST_CHARS = 200;
const MOST_TOOLS = 40;

/** Reads a filter from the query of an address; what it does not understand is left out. */
export function filterOf(query: Query): RowFilter {
	const tools = all(query.tool).slice(0, MOST_TOOLS).map(toolKey);
	const chips = [...tools, ...(query.errors ? [ERRORS] : []), ...(query.rolled ? [ROLLED_BACK] : [])];
	const range = rangeOf(one(query.calls));
	return {
		chips: [...new Set(chips)],
		...optional("status", known(CALL_STATUSES, query.status)),
		...optional("domain", one(query.domain) || undefined),
		...optional("cause", known(ROLLBACK_REASONS, query.cause)),
		...optional("seconds", numberOf(query.seconds)),
		...optional("tokens", numberOf(query.tokens)),
		...optional("mark", known(ROW_MARKS, query.mark)),
		...optional("remark", known(ROW_REMARKS, query.remark)),
		...optional("range", range),
	};
}

/** Writes a filter into a query, so that `filterOf` reads the same. */
export function writeFilter(filter: RowFilter, query: URLSearchParams): void {
	const { chips, range, ...rest } = filter;
	for (const chip of chips) {
		if (chip === ERRORS) query.set("errors", "1");
		else if (chip === ROLLED_BACK) query.set("rolled", "1");
		else query.append("tool", chip.slice(toolKey("").length));
	}
	for (const [name, value] of Object.entries(rest)) query.set(name, String(value));
	if (range) query.set("calls", `${range.from}-${range.to}`);
}

const all = (value: string | string[] | undefined): string[] =>
	(typeof value === "string" ? [value] : (value ?? [])).map((text) => text.slice(0, MOST_CHARS)).filter(Boolean);

export const one = (value: string | string[] | undefined): string => all(value)[0] ?? "";

const known = <T extends string>(names: readonly T[], value: string | string[] | undefined): T | undefined =>
	names.find((name) => name === one(value));

const optional = <K extends string, V>(name: K, value: V | undefined) =>
	(value === undefined ? {} : { [name]: value }) as { [P in K]?: V };

/** A number of at least 0 in plain digits. */
function numberOf(value: string | string[] | undefined): number | undefined {
	const text = one(value);
	return /^\d{1,9}(?:\.\d{1,3})?$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

function rangeOf(text: string): CallRange | undefined {
	const [, from = "", to = ""] = /^(\d{1,7})-(\d{1,7})$/.exec(text) ?? [];
	const ends = [Number(from), Number(to)].sort((a, b) => a - b);
	const [low = 0, high = 0] = ends;
	return low > 0 ? { from: low, to: high } : undefined;
}
