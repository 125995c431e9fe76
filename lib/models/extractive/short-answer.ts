import { isAttachedAddress } from "../../trajectory/attachments";
import { termsOf } from "../../trajectory/rank";
import type { Quote } from "./evidence";
import { isStopWord, nameKey, namesIn, quotedIn } from "./language";
import type { Notebook } from "./notebook";

/** The answer in a few words, and the quote it stands in. `sure`: it stands out enough to be said first in a report. */
export type ShortAnswer = { text: string; quote: Quote; sure: boolean };

const MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
const DATES = new RegExp(
	`\\b\\d{1,2}\\s+${MONTH}\\s*,?\\s*\\d{4}\\b|\\b${MONTH}\\s+\\d{1,2}\\s*,\\s*\\d{4}\\b|\\b${MONTH}\\s+\\d{4}\\b|\\b1[0-9]{3}\\b|\\b20\\d{2}\\b|\\d{4}\\s*年(?:\\s*\\d{1,2}\\s*月(?:\\s*\\d{1,2}\\s*日)?)?`,
	"g",
);
const AMOUNTS =
	/(?:[$€£¥]\s?)?\d[\d,]*(?:\.\d+)?(?:\s?%|\s?(?:million|billion|thousand|percent|km|miles|metres|meters|feet|inches|years|MB|KB|GB|seconds|minutes|hours|days)\b)?/g;
const MOST_QUOTES = 30;
/** How far the best expression must be ahead of the next one. */
const CLEAR = 1.25;

type Found = { text: string; score: number; quote: Quote };

/** What best answers a question of a few words; undefined for open questions (how, why, what does it do) and when nothing fits. */
export function shortAnswer(notebook: Notebook, quotes: readonly Quote[]): ShortAnswer | undefined {
	const { question } = notebook;
	const best = quotes.slice(0, MOST_QUOTES);
	const [top] = best;
	if (!top) return undefined;
	switch (question.kind) {
		case "open":
			return undefined;
		case "yes_no":
			return { text: yesOrNo(notebook, best), quote: top, sure: true };
		case "choice":
			return choose(notebook, best) ?? strongest(notebook, best, namesOf);
		case "when":
			return strongest(notebook, best, (text) => text.match(DATES) ?? []);
		case "how_many":
			return strongest(notebook, best, (text) => text.match(AMOUNTS) ?? []);
		default:
			return strongest(notebook, best, namesOf);
	}
}

const namesOf = (text: string): string[] => [...new Set([...quotedIn(text), ...namesIn(text)])];

/** Expressions of the best quotes, added up over the quotes that hold them; those of the question itself do not count. */
function strongest(
	{ question, opened }: Notebook,
	quotes: readonly Quote[],
	expressionsIn: (text: string) => string[],
): ShortAnswer | undefined {
	const found = new Map<string, Found>();
	const titles = new Set(opened.map(({ key }) => key));
	const top = quotes[0]?.score ?? 1;
	const enter = (text: string, share: number, quote: Quote) => {
		const key = nameKey(text);
		if (!key || question.key.includes(` ${key} `) || isStopWord(key)) return;
		const score = share * (titles.has(key) ? 1.3 : 1);
		const known = found.get(key);
		if (known) known.score += score;
		else found.set(key, { text, score, quote });
	};
	for (const quote of quotes) {
		const expressions = new Set(expressionsIn(quote.text));
		// What a file is called answers nothing.
		if (quote.finding.at < 2 && !isAttachedAddress(quote.page.url)) expressions.add(quote.page.title);
		for (const text of expressions) enter(text, (quote.score / top) ** 2 / Math.sqrt(expressions.size), quote);
	}
	const [best, second] = [...found.values()].sort((a, b) => b.score - a.score);
	return best && { text: best.text, quote: best.quote, sure: best.score >= CLEAR * (second?.score ?? 0) };
}

/** Of two alternatives: by year when the question compares times, else the one the better quotes speak of. */
function choose({ question, opened }: Notebook, quotes: readonly Quote[]): ShortAnswer | undefined {
	const sides = question.options.map((text) => {
		const key = nameKey(text);
		const about = quotes.filter((quote) => quote.page.key === key || nameKey(quote.text).includes(key));
		const page = opened.find((each) => each.key === key);
		const year = /\b1\d{3}\b|\b20\d{2}\b/.exec(
			page?.findings.map((finding) => finding.text).join(" ") ?? about[0]?.text ?? "",
		);
		return { text, quote: about[0], year: year ? Number(year[0]) : undefined, score: about[0]?.score ?? 0 };
	});
	const [a, b] = sides;
	if (!a || !b) return undefined;
	const earlier = /\b(?:first|earlier|older|oldest|before|sooner)\b/i.test(question.text);
	const later = /\b(?:later|younger|youngest|newer|last|latest|more recent(?:ly)?)\b/i.test(question.text);
	let chosen = a.score >= b.score ? a : b;
	if ((earlier || later) && a.year !== undefined && b.year !== undefined) chosen = a.year < b.year === earlier ? a : b;
	return chosen.quote && { text: chosen.text, quote: chosen.quote, sure: true };
}

/** "Yes" when the pages share what the question says they share, or when the quotes cover what it asserts. */
function yesOrNo({ question, opened, weights }: Notebook, quotes: readonly Quote[]): string {
	if (/\b(?:same|both)\b/i.test(question.text)) {
		const leads = question.names
			.map(({ key }) => opened.find((page) => page.key === key))
			.filter((page) => page !== undefined)
			.slice(0, 2)
			.map((page) => new Set(page.findings.slice(0, 2).flatMap(({ text }) => namesIn(text).map(nameKey))));
		const [a, b] = leads;
		if (a && b) return [...a].some((name) => b.has(name)) ? "Yes" : "No";
	}
	const covered = new Set(quotes.slice(0, 6).flatMap(({ text }) => termsOf(text)));
	const share = question.terms.reduce((sum, term, at) => sum + (covered.has(term) ? (weights[at] ?? 0) : 0), 0);
	return share >= 0.5 ? "Yes" : "No";
}
