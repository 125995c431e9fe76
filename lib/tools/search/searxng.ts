import "server-only";
import { z } from "zod";
import type { WebQuery } from "../../agent/tool";
import type { SearchProvider } from "./provider";
import { notTaken, recencyOf, withSites } from "./query";

const answerSchema = z.looseObject({
	results: z.array(
		z.looseObject({
			url: z.string(),
			title: z.string().nullish(),
			content: z.string().nullish(),
			publishedDate: z.string().nullish(),
		}),
	),
	/** The engines it asked that failed: with no result at all, nobody was really asked. */
	unresponsive_engines: z.array(z.unknown()).optional(),
});

/** SearXNG's JSON API (docs.searxng.org, search API). Its `json` format must be enabled in its settings. */
export function searxng(baseUrl: string): SearchProvider {
	const address = new URL("search", baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
	address.searchParams.set("format", "json");
	return {
		id: "searxng",
		name: "SearXNG",
		setting: "SEARXNG_URL",
		paceMs: 0,
		prepare(query) {
			const url = new URL(address);
			const notes = putQuestion(url, query);
			return { request: { url }, notes: [...notes, ...notTaken(query, ["gl", "location", "autocorrect"])] };
		},
		read(answer) {
			const parsed = answerSchema.safeParse(answer);
			return parsed.data?.results.map(({ url, title, content, publishedDate }) => ({
				url,
				title: title ?? "",
				snippet: content ?? "",
				...(publishedDate && { date: publishedDate.slice(0, 10) }),
			}));
		},
		faultOf(status, answer) {
			if (status === 403) return "unauthorized";
			const { results, unresponsive_engines: silent = [] } = answerSchema.safeParse(answer).data ?? {};
			return results?.length === 0 && silent.length > 0 ? "server" : undefined;
		},
		words: { unauthorized: "SearXNG refuses JSON. Add json to search.formats in its settings.yml." },
		// Without a query it answers 400 where JSON is on, 403 where it is off, and searches nothing.
		probe: { request: { url: address }, isWell: (status) => status === 200 || status === 400 },
	};
}

function putQuestion(url: URL, query: WebQuery): string[] {
	const { page, hl, tbs } = query;
	url.searchParams.set("q", withSites(query));
	url.searchParams.set("pageno", String(page));
	if (hl) url.searchParams.set("language", hl);
	const recency = tbs && recencyOf(tbs);
	if (!recency || !("span" in recency)) return tbs ? [`tbs left out, "${tbs}" has no counterpart`] : [];
	url.searchParams.set("time_range", recency.span === "hour" ? "day" : recency.span);
	return recency.span === "hour" ? ["the last day instead of the last hour"] : [];
}
