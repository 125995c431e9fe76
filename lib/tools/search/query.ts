import type { WebQuery } from "../../agent/tool";

/** A wish for recent pages, as Google's `tbs` says it: the last hour, day…, or from one day to another. */
export type Recency = { span: "hour" | "day" | "week" | "month" | "year" } | { from: string; to: string };

const SPANS = { h: "hour", d: "day", w: "week", m: "month", y: "year" } as const;
const DAYS = { h: 1 / 24, d: 1, w: 7, m: 30, y: 365 } as const;
const DAY_MS = 86_400_000;

/** Reads `qdr:d`, `qdr:w2` (the last two weeks) and `cdr:1,cd_min:1/31/2024,cd_max:…`; undefined for anything else. */
export function recencyOf(tbs: string, now = new Date()): Recency | undefined {
	const [, unit, times] = /^qdr:([hdwmy])(\d{1,4})?$/.exec(tbs) ?? [];
	if (unit) {
		const key = unit as keyof typeof SPANS;
		if (times === undefined || times === "1") return { span: SPANS[key] };
		return { from: dayOf(new Date(now.getTime() - Number(times) * DAYS[key] * DAY_MS)), to: dayOf(now) };
	}
	if (!/(^|,)cdr:1(,|$)/.test(tbs)) return undefined;
	const from = dateIn(tbs, "cd_min");
	const to = dateIn(tbs, "cd_max");
	return from || to ? { from: from ?? "1970-01-01", to: to ?? dayOf(now) } : undefined;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** Google writes month/day/year. */
function dateIn(tbs: string, name: string): string | undefined {
	const [, month = "", day = "", year] =
		new RegExp(`(?:^|,)${name}:(\\d{1,2})/(\\d{1,2})/(\\d{4})(?:,|$)`).exec(tbs) ?? [];
	return year && `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** One note on the arguments that were given and have no counterpart at a provider; none when none was given. */
export function notTaken(query: WebQuery, names: readonly (keyof WebQuery)[]): string[] {
	const given = names.filter((name) => query[name] !== undefined);
	return given.length > 0 ? [`${given.join(", ")} left out, there is no such setting`] : [];
}

/** Sites that fit into a query without making it too long for a search engine. */
const MAX_SITES = 8;

/** The query with its sites in the words of search engines; what does not fit is filtered from the results alone. */
export function withSites({ q, sites = [] }: WebQuery): string {
	if (sites.length === 0 || sites.length > MAX_SITES || /\bsite:/i.test(q)) return q;
	const asked = sites.map((site) => `site:${site}`).join(" OR ");
	return sites.length === 1 ? `${q} ${asked}` : `${q} (${asked})`;
}

/** ISO 3166 code of a country as Google's `gl` gives it. */
export function countryOf(gl: string): string {
	const code = gl.trim().toUpperCase();
	return code === "UK" ? "GB" : code;
}
