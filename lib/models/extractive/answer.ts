import { chooseQuotes, codeAfter, printed, type Quote, quotesOf } from "./evidence";
import { massOf, type Notebook } from "./notebook";
import { phrasesFor } from "./phrases";
import { shortAnswer } from "./short-answer";

const MOST_QUOTES = 8;
/** Share of the question that one page and all quotes together must hold, or the sources do not answer. */
const LEAST_PAGE = 0.3;
const LEAST_TOGETHER = 0.5;

/** The final answer: a report, or a short answer in a box. */
export function answerText(notebook: Notebook, boxed: boolean): string {
	const quotes = quotesOf(notebook);
	const answers = answersAtAll(notebook, quotes);
	const short = answers ? shortAnswer(notebook, quotes) : undefined;
	const chosen = chooseQuotes(notebook, quotes, MOST_QUOTES);
	if (short && !chosen.includes(short.quote)) chosen.unshift(short.quote);
	const phrases = phrasesFor(notebook.question.text);
	const lines: string[] = [];
	if (!answers) lines.push(phrases.unanswered);
	const references = new References();
	if (short) lines.push(`**${short.text}** ${references.mark(short.quote)}`);
	lines.push(...body(notebook, chosen, { references, heading: answers ? phrases.found : phrases.closest }));
	const missing = missingWords(notebook);
	if (missing.length > 0) lines.push(phrases.missing(missing.join(", ")));
	if (boxed) lines.push(`\\boxed{${short?.text ?? (answers ? printed(chosen[0]?.text ?? "") : phrases.insufficient)}}`);
	if (references.lines.length > 0) lines.push(`## References\n\n${references.lines.join("\n")}`);
	return lines.join("\n\n");
}

/** Numbers pages in order of first use. */
class References {
	readonly lines: string[] = [];
	private readonly numbers = new Map<string, number>();

	mark({ page }: Quote): string {
		const known = this.numbers.get(page.url);
		if (known !== undefined) return `[${known}]`;
		const number = this.numbers.size + 1;
		this.numbers.set(page.url, number);
		this.lines.push(`[${number}] ${page.title} — ${page.url}`);
		return `[${number}]`;
	}
}

type Frame = { references: References; heading: string };

/** The quotes, page by page in order of choice, each with its mark. */
function body(notebook: Notebook, chosen: readonly Quote[], { references, heading }: Frame): string[] {
	if (chosen.length === 0) return [];
	const lines: string[] = [];
	if (notebook.question.kind !== "how_to") lines.push(heading);
	const byPage = new Map<number, Quote[]>();
	for (const quote of chosen) {
		const known = byPage.get(quote.page.index);
		if (known) known.push(quote);
		else byPage.set(quote.page.index, [quote]);
	}
	for (const quotes of byPage.values()) {
		for (const quote of quotes.sort((a, b) => a.finding.at - b.finding.at)) {
			lines.push(`- “${printed(quote.text)}” ${references.mark(quote)}`);
			const code = codeAfter(quote);
			if (code !== undefined) lines.push(`\`\`\`\n${code}\n\`\`\``);
		}
	}
	return lines;
}

function answersAtAll(notebook: Notebook, quotes: readonly Quote[]): boolean {
	const together = new Set(quotes.slice(0, 2 * MOST_QUOTES).flatMap(({ finding }) => finding.terms));
	const best = Math.max(0, ...notebook.opened.map(({ terms }) => massOf(notebook, terms)));
	return best >= LEAST_PAGE && massOf(notebook, [...together]) >= LEAST_TOGETHER;
}

/** Names of the question that stand on no opened page. */
function missingWords({ question, opened }: Notebook): string[] {
	const seen = new Set(opened.flatMap(({ terms }) => terms));
	return question.names
		.filter(({ text }) => {
			const numbers = question.terms.flatMap((term, at) => (text.toLowerCase().includes(term) ? [at] : []));
			return numbers.length > 0 && !numbers.some((number) => seen.has(number));
		})
		.map(({ text }) => text);
}
