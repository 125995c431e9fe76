import "server-only";
import { z } from "zod";
import type { WebQuery, WebSearcher } from "../../agent/tool";
import { configuredFetch } from "../../web/configured-fetch";
import { WebError } from "../../web/web-error";

const answerSchema = z.looseObject({
	results: z
		.array(
			z.looseObject({
				url: z.string(),
				title: z.string().nullish(),
				content: z.string().nullish(),
				publishedDate: z.string().nullish(),
			}),
		)
		.default([]),
});

const TIME_RANGE: Record<string, string> = { "qdr:d": "day", "qdr:w": "week", "qdr:m": "month", "qdr:y": "year" };

/** SearXNG's JSON API (docs.searxng.org, search API). Its `json` format must be enabled in its settings. */
export function searxng(baseUrl: string): WebSearcher {
	return {
		async search(query, signal) {
			const response = await configuredFetch(addressOf(baseUrl, query), signal);
			if (response.status === 403) {
				throw new WebError("http_status", "SearXNG refuses JSON. Add json to search.formats in its settings.yml.", {
					status: 403,
				});
			}
			if (response.status === 429)
				throw new WebError("http_status", "SearXNG is limiting requests. Try again later.", { status: 429 });
			if (response.status >= 400)
				throw new WebError("http_status", `SearXNG answered ${response.status}.`, { status: response.status });
			const parsed = answerSchema.safeParse(jsonOf(response.text));
			if (!parsed.success) throw new WebError("unsupported_content", "SearXNG's answer could not be read.");
			return parsed.data.results.map(({ url, title, content, publishedDate }) => ({
				url,
				title: title ?? url,
				snippet: content ?? "",
				...(publishedDate && { date: publishedDate.slice(0, 10) }),
			}));
		},
	};
}

function addressOf(baseUrl: string, { q, page, hl, tbs }: WebQuery): URL {
	const url = new URL("search", baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
	url.searchParams.set("q", q);
	url.searchParams.set("format", "json");
	url.searchParams.set("pageno", String(page));
	if (hl) url.searchParams.set("language", hl);
	const range = tbs && TIME_RANGE[tbs];
	if (range) url.searchParams.set("time_range", range);
	return url;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
