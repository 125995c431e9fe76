import "server-only";
import { z } from "zod";
import type { SearchFaultKind } from "../../agent/tool";
import type { SearchProvider } from "./provider";
import { notTaken } from "./query";

const answerSchema = z.looseObject({
	query: z.looseObject({
		search: z.array(z.looseObject({ title: z.string(), snippet: z.string().nullish() })),
	}),
});
const errorSchema = z.looseObject({ error: z.looseObject({ code: z.string() }) });

/** Wikimedia asks clients to say who they are. */
const headers = { "user-agent": "Soundings/0.1 (research workbench)" };
const MAX_OFFSET = 9999;

/**
 * Wikipedia's own full-text search (mediawiki.org, API:Search): no key, articles only, in the language of `hl`. `rootOf`
 * gives the address of a language's Wikipedia.
 */
export function wikipedia(rootOf = (language: string) => `https://${language}.wikipedia.org`): SearchProvider {
	return {
		id: "wikipedia",
		name: "Wikipedia",
		setting: "SEARCH_PROVIDERS",
		// Wikimedia's etiquette: one request after another.
		paceMs: 250,
		prepare(query) {
			const { q, num, page, hl, sites = [] } = query;
			const language = languageOf(hl);
			const root = rootOf(language);
			const host = new URL(root).hostname;
			if (sites.length > 0 && !sites.some((site) => isWithin(host, site))) {
				return { sitsOut: "is none of the sites that this run searches" };
			}
			const offset = (page - 1) * num;
			if (offset > MAX_OFFSET) return { sitsOut: "has no further pages" };
			const url = new URL("/w/api.php", root);
			const sent = { ...SEARCH, srsearch: q, srlimit: String(num), sroffset: String(offset) };
			for (const [name, value] of Object.entries(sent)) url.searchParams.set(name, value);
			return { request: { url, headers }, notes: notTaken(query, ["gl", "location", "tbs", "autocorrect"]) };
		},
		read(answer, { origin }) {
			const parsed = answerSchema.safeParse(answer);
			return parsed.data?.query.search.map(({ title, snippet }) => ({
				url: articleAt(origin, title),
				title,
				snippet: snippet ?? "",
			}));
		},
		faultOf: (_, answer) => kindOfCode(errorSchema.safeParse(answer).data?.error.code),
		probe: { request: { url: new URL("/w/api.php?action=query&meta=siteinfo&format=json", rootOf("en")), headers } },
	};
}

const SEARCH = { action: "query", list: "search", format: "json", formatversion: "2", srprop: "snippet" };

const languageOf = (hl = "en"): string => /^[a-z]{2,3}(?=[-_]|$)/i.exec(hl.trim())?.[0].toLowerCase() ?? "en";

const isWithin = (host: string, site: string): boolean => {
	const wanted = site.split("/")[0] ?? site;
	return host === wanted || host.endsWith(`.${wanted}`);
};

/** An article's address as Wikipedia itself writes it. */
const articleAt = (origin: string, title: string): string =>
	`${origin}/wiki/${encodeURIComponent(title.replaceAll(" ", "_")).replace(/%(2C|2F|3A)/gi, decodeURIComponent)}`;

/** MediaWiki tells its faults with status 200. */
function kindOfCode(code: string | undefined): SearchFaultKind | undefined {
	if (code === undefined) return undefined;
	if (code === "ratelimited") return "rate_limit";
	return /param|toolong|badvalue|srsearch/.test(code) ? "refused" : "server";
}
