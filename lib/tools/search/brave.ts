import "server-only";
import { z } from "zod";
import type { SearchFaultKind, WebQuery } from "../../agent/tool";
import type { SearchProvider } from "./provider";
import { countryOf, notTaken, recencyOf, withSites } from "./query";

const answerSchema = z.looseObject({
	type: z.string(),
	web: z
		.looseObject({
			results: z.array(
				z.looseObject({
					title: z.string().nullish(),
					url: z.string(),
					description: z.string().nullish(),
					page_age: z.string().nullish(),
				}),
			),
		})
		.nullish(),
});
const problem = z.looseObject({ code: z.string().nullish() });
const errorSchema = z.looseObject({ error: problem.nullish(), errors: z.array(problem).nullish() });

const COUNTRIES = new Set(
	"AR AU AT BE BR CA CL DK FI FR DE GR HK IN ID IT JP KR MY MX NL NZ NO CN PL PT PH RU SA ZA ES SE CH TW TR GB US".split(
		" ",
	),
);
const LANGUAGES = new Set(
	"ar eu bn bg ca zh-hans zh-hant hr cs da nl en en-gb et fi fr gl de el gu he hi hu is it jp kn ko lv lt ms ml mr nb pl pt-br pt-pt pa ro ru sr sk sl es sv ta te th tr uk vi".split(
		" ",
	),
);
/** What others call a language that Brave calls otherwise. */
const SAME_LANGUAGE: Record<string, string> = {
	zh: "zh-hans",
	"zh-cn": "zh-hans",
	"zh-sg": "zh-hans",
	"zh-tw": "zh-hant",
	"zh-hk": "zh-hant",
	ja: "jp",
	no: "nb",
	pt: "pt-pt",
	iw: "he",
};
const FRESHNESS = { hour: "pd", day: "pd", week: "pw", month: "pm", year: "py" };

const MAX_CHARACTERS = 400;
const MAX_WORDS = 50;
const MAX_PAGE = 10;

type BraveOptions = { apiKey: string; baseUrl?: string; perSecond: number };

/** Brave's own index (api-dashboard.search.brave.com, web search). */
export function brave({ apiKey, baseUrl = "https://api.search.brave.com", perSecond }: BraveOptions): SearchProvider {
	const headers = { "x-subscription-token": apiKey };
	const address = new URL("/res/v1/web/search", baseUrl);
	return {
		id: "brave",
		name: "Brave",
		setting: "BRAVE_API_KEY",
		// A little more than the plan's share: the server's clock is not ours.
		paceMs: Math.ceil(1050 / perSecond),
		prepare(query) {
			if (query.page > MAX_PAGE) return { sitsOut: `gives at most ${MAX_PAGE} pages` };
			const url = new URL(address);
			const notes = putQuestion(url, query);
			return { request: { url, headers }, notes: [...notes, ...notTaken(query, ["location"])] };
		},
		read(answer) {
			const parsed = answerSchema.safeParse(answer);
			if (!parsed.success) return;
			return (parsed.data.web?.results ?? []).map(({ url, title, description, page_age: age }) => ({
				url,
				title: title ?? "",
				snippet: description ?? "",
				...(age && { date: age.slice(0, 10) }),
			}));
		},
		faultOf: (_, answer) => kindOfCode(codeOf(answer)),
		// An empty query costs nothing: with a good key it is the query that is refused.
		probe: {
			request: { url: address, headers },
			isWell: (status, answer) => status === 422 && !kindOfCode(codeOf(answer)),
		},
	};
}

/** Writes the query into the address; what could not be said comes back. */
function putQuestion(url: URL, query: WebQuery): string[] {
	const { num, page, autocorrect } = query;
	const put = (name: string, value: string) => url.searchParams.set(name, value);
	const whole = withSites(query).trim().split(/\s+/);
	const taken = whole.slice(0, MAX_WORDS).join(" ").slice(0, MAX_CHARACTERS);
	put("q", taken);
	put("count", String(Math.min(num, 20)));
	if (page > 1) put("offset", String(page - 1));
	if (autocorrect !== undefined) put("spellcheck", String(autocorrect));
	const isCut = taken.length < whole.join(" ").length;
	return [
		...(isCut ? [`the query was cut, at most ${MAX_CHARACTERS} characters and ${MAX_WORDS} words are taken`] : []),
		...putPlace(url, query),
		...putRecency(url, query),
	];
}

function putPlace(url: URL, { gl, hl }: WebQuery): string[] {
	const country = gl && countryOf(gl);
	const isKnown = country && COUNTRIES.has(country);
	if (isKnown) url.searchParams.set("country", country);
	const language = hl && languageOf(hl);
	if (language) url.searchParams.set("search_lang", language);
	return [
		...(gl && !isKnown ? [`gl left out, there is no country "${gl}"`] : []),
		...(hl && !language ? [`hl left out, there is no language "${hl}"`] : []),
	];
}

function putRecency(url: URL, { tbs }: WebQuery): string[] {
	const recency = tbs && recencyOf(tbs);
	if (!recency) return tbs ? [`tbs left out, "${tbs}" has no counterpart`] : [];
	const isSpan = "span" in recency;
	url.searchParams.set("freshness", isSpan ? FRESHNESS[recency.span] : `${recency.from}to${recency.to}`);
	return isSpan && recency.span === "hour" ? ["the last day instead of the last hour"] : [];
}

function languageOf(hl: string): string | undefined {
	const wanted = hl.trim().toLowerCase().replace("_", "-");
	const [base = ""] = wanted.split("-");
	return [SAME_LANGUAGE[wanted], wanted, SAME_LANGUAGE[base], base].find((code) => code && LANGUAGES.has(code));
}

function codeOf(answer: unknown): string {
	const { error, errors } = errorSchema.safeParse(answer).data ?? {};
	return error?.code ?? errors?.[0]?.code ?? "";
}

/** A wrong key and a wrong query both come with 422, a spent month and a busy second both with 429. */
function kindOfCode(code: string): SearchFaultKind | undefined {
	if (/^SUBSCRIPTION_|TOKEN/.test(code)) return "unauthorized";
	if (code === "QUOTA_LIMITED") return "quota";
	return code === "RATE_LIMITED" ? "rate_limit" : undefined;
}
