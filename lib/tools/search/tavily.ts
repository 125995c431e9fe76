import "server-only";
import { z } from "zod";
import type { WebQuery } from "../../agent/tool";
import type { SearchProvider } from "./provider";
import { countryOf, notTaken, recencyOf } from "./query";

const answerSchema = z.looseObject({
	results: z.array(
		z.looseObject({
			title: z.string().nullish(),
			url: z.string(),
			content: z.string().nullish(),
			published_date: z.string().nullish(),
		}),
	),
});

const MAX_SITES = 300;
/** Plan spent, pay-as-you-go limit reached (help.tavily.com, errors code). */
const SPENT = new Set([432, 433]);

/** Tavily's search for language models (docs.tavily.com, search). It has no pages, and costs one credit a query. */
export function tavily(apiKey: string, baseUrl = "https://api.tavily.com"): SearchProvider {
	const headers = { authorization: `Bearer ${apiKey}` };
	return {
		id: "tavily",
		name: "Tavily",
		setting: "TAVILY_API_KEY",
		// A development key allows 100 requests a minute.
		paceMs: 600,
		prepare(query) {
			if (query.page > 1) return { sitsOut: "has one page of results only" };
			const notes = notTaken(query, ["hl", "location", "autocorrect"]);
			const body = { query: query.q, max_results: query.num, search_depth: "basic", ...wishes(query, notes) };
			return { request: { url: new URL("/search", baseUrl), method: "POST", headers, body }, notes };
		},
		read(answer) {
			const parsed = answerSchema.safeParse(answer);
			return parsed.data?.results.map(({ url, title, content, published_date: date }) => ({
				url,
				title: title ?? "",
				snippet: content ?? "",
				...(date && { date }),
			}));
		},
		faultOf: (status) => (SPENT.has(status) ? "quota" : undefined),
		probe: { request: { url: new URL("/usage", baseUrl), headers } },
	};
}

/** Sites, country and dates in Tavily's words; adds to `notes` what has none. */
function wishes({ sites = [], gl, tbs }: WebQuery, notes: string[]): Record<string, unknown> {
	const country = gl && countryName(gl);
	if (gl && !country) notes.push(`gl left out, there is no country "${gl}"`);
	const recency = tbs && recencyOf(tbs);
	if (tbs && !recency) notes.push(`tbs left out, "${tbs}" has no counterpart`);
	const hosts = [...new Set(sites.map((site) => site.split("/")[0] ?? site))];
	return {
		...(hosts.length > 0 && hosts.length <= MAX_SITES && { include_domains: hosts }),
		...(country && { country }),
		...(recency && "from" in recency && { start_date: recency.from, end_date: recency.to }),
		...(recency && "span" in recency && { time_range: spanOf(recency.span, notes) }),
	};
}

function spanOf(span: "hour" | "day" | "week" | "month" | "year", notes: string[]): string {
	if (span !== "hour") return span;
	notes.push("the last day instead of the last hour");
	return "day";
}

const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
/** Names that Tavily writes otherwise than the Unicode tables. */
const OWN_NAMES: Record<string, string> = {
	BA: "bosnia and herzegovina",
	CZ: "czech republic",
	MM: "myanmar",
	TR: "turkey",
	TT: "trinidad and tobago",
};

/** Tavily wants a country's English name in small letters; a name it may not know is left out rather than refused. */
function countryName(gl: string): string | undefined {
	const code = countryOf(gl);
	if (!/^[A-Z]{2}$/.test(code)) return undefined;
	const name = OWN_NAMES[code] ?? names.of(code)?.toLowerCase();
	return name && /^[a-z ]+$/.test(name) && !name.includes(" sar ") ? name : undefined;
}
