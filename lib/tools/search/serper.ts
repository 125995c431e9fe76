import "server-only";
import { z } from "zod";
import type { SearchProvider } from "./provider";
import { withSites } from "./query";

const answerSchema = z.looseObject({
	organic: z.array(
		z.looseObject({
			title: z.string().nullish(),
			link: z.string(),
			snippet: z.string().nullish(),
			date: z.string().nullish(),
		}),
	),
});
const errorSchema = z.looseObject({ message: z.string() });

/** Google's results through serper.dev: the API whose arguments MiroThinker's models send, so all of them are taken. */
export function serper(apiKey: string, baseUrl: string): SearchProvider {
	const root = baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`;
	const headers = { "x-api-key": apiKey };
	return {
		id: "serper",
		name: "Serper",
		setting: "SERPER_API_KEY",
		// The smallest plan allows 50 requests a second.
		paceMs: 20,
		prepare(query) {
			const { gl, hl, location, num, tbs, page, autocorrect } = query;
			const body = { q: withSites(query), gl, hl, location, num, tbs, page, autocorrect };
			return { request: { url: new URL("search", root), method: "POST", headers, body }, notes: [] };
		},
		read(answer) {
			const parsed = answerSchema.safeParse(answer);
			return parsed.data?.organic.map(({ link, title, snippet, date }) => ({
				url: link,
				title: title ?? "",
				snippet: snippet ?? "",
				...(date && { date }),
			}));
		},
		/** A spent account is told with status 400. */
		faultOf(status, answer) {
			const said = errorSchema.safeParse(answer).data?.message ?? "";
			return status >= 400 && /credits/i.test(said) ? "quota" : undefined;
		},
		probe: { request: { url: new URL("account", root), headers } },
	};
}
