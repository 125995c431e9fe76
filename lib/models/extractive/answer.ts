import { bestChapter, type Chapter, chapterOf, chooseQuotes, printed, type Quote, quotesOf } from "./evidence";
import { plainText } from "./language";
import { type Finding, massOf, type Notebook, type OpenedPage, termNumbers } from "./notebook";
import { phrasesFor } from "./phrases";
import { type ShortAnswer, shortAnswer } from "./short-answer";

const MOST_QUOTES = 7;
const MOST_RELATED = 4;
/** Share of the question that one page, and all quotes together, must hold; else the sources do not answer. */
const LEAST_PAGE = 0.3;
const LEAST_TOGETHER = 0.5;

/** The final answer: a report of cited quotes, led by a short answer where the question has one; boxed on demand. */
export function answerText(notebook: Notebook, boxed: boolean): string {
	const quotes = quotesOf(notebook);
	const phrases = phrasesFor(notebook.question.text);
	const answers = answersAtAll(notebook, quotes);
	const short = answers ? shortAnswer(notebook, quotes) : undefined;
	const references = new References();
	const lines = answers ? answerLines(notebook, { quotes, short, references }) : [phrases.unanswered];
	if (!answers && quotes.length > 0) {
		lines.push(phrases.closest, ...quoteLines(chooseQuotes(notebook, quotes, MOST_QUOTES), references));
	}
	const missing = missingNames(notebook);
	if (missing.length > 0) lines.push(phrases.missing(missing.join(", ")));
	if (boxed) lines.push(boxFor(answers ? (short?.text ?? quotes[0]?.text) : undefined, phrases.insufficient));
	if (references.lines.length > 0) lines.push(`## References\n\n${references.lines.join("\n")}`);
	return lines.join("\n\n");
}

const boxFor = (text: string | undefined, none: string): string =>
	`\\boxed{${printed(text ?? none).replace(/[{}\\]/g, " ")}}`;

type Found = { quotes: readonly Quote[]; short: ShortAnswer | undefined; references: References };

/** The short answer, then its quotes; the chapter that answers instead of quotes in a manual, or when there is none. */
function answerLines(notebook: Notebook, { quotes, short, references }: Found): string[] {
	const phrases = phrasesFor(notebook.question.text);
	const told = short && (short.sure || notebook.question.kind !== "what") ? short : undefined;
	const lines = told ? [lead(told, phrases.likely, references)] : [];
	const chapter = told ? chapterOf(told.quote) : bestChapter(notebook, quotes);
	if (!chapter || (told && !chapter.findings.some(({ kind }) => kind === "code"))) {
		const chosen = chooseQuotes(notebook, quotes, MOST_QUOTES);
		if (told && !chosen.includes(told.quote)) chosen.unshift(told.quote);
		return [...lines, phrases.found, ...quoteLines(chosen, references)];
	}
	lines.push(...chapterLines(chapter, references));
	const shown = new Set(chapter.findings);
	const rest = quotes.filter(({ finding }) => !shown.has(finding));
	const chosen = chooseQuotes(notebook, rest, MOST_RELATED);
	return chosen.length === 0 ? lines : [...lines, phrases.more, ...quoteLines(chosen, references)];
}

const lead = ({ text, sure, quote }: ShortAnswer, likely: string, references: References): string =>
	`${sure ? "" : `${likely} `}**${text}** ${references.mark(quote.page)}`;

/** Numbers pages in order of first use. */
class References {
	readonly lines: string[] = [];
	private readonly numbers = new Map<string, number>();

	mark({ url, title }: OpenedPage): string {
		const known = this.numbers.get(url);
		if (known !== undefined) return `[${known}]`;
		const number = this.numbers.size + 1;
		this.numbers.set(url, number);
		this.lines.push(`[${number}] ${title} — ${url}`);
		return `[${number}]`;
	}
}

/** The chapter as it stands: paragraphs quoted and cited, code kept as code, rows as a list. */
function chapterLines({ page, heading, findings }: Chapter, references: References): string[] {
	const mark = references.mark(page);
	const lines = [`*${[page.title, heading].filter((part, at, all) => part && all.indexOf(part) === at).join(" › ")}*`];
	for (const same of Map.groupBy(findings, ({ paragraph, kind }) => `${kind} ${paragraph}`).values()) {
		const [first] = same;
		if (first?.kind === "code") lines.push(`\`\`\`\n${first.text}\n\`\`\``);
		else if (first?.kind === "row") lines.push(same.map(({ text }) => `- ${plainText(text)} ${mark}`).join("\n"));
		else lines.push(...prose(same, mark));
	}
	return lines;
}

function prose(findings: readonly Finding[], mark: string): string[] {
	const text = findings.map((finding) => plainText(finding.text.replace(/^[-*+]\s+/, ""))).join(" ");
	return text.trim() ? [`> ${printed(text.trim())} ${mark}`] : [];
}

/** Quotes grouped by page, pages in order of choice, each with its mark. */
const quoteLines = (chosen: readonly Quote[], references: References): string[] => [
	[...Map.groupBy(chosen, ({ page }) => page).values()]
		.flatMap((quotes) =>
			quotes
				.sort((a, b) => a.finding.at - b.finding.at)
				.map(({ text, page }) => `- “${printed(text.replace(/^[-*+]\s+/, ""))}” ${references.mark(page)}`),
		)
		.join("\n"),
];

function answersAtAll(notebook: Notebook, quotes: readonly Quote[]): boolean {
	const together = new Set(quotes.slice(0, 2 * MOST_QUOTES).flatMap(({ finding }) => finding.terms));
	const best = Math.max(0, ...notebook.opened.map(({ terms }) => massOf(notebook, terms)));
	return best >= LEAST_PAGE && massOf(notebook, [...together]) >= LEAST_TOGETHER;
}

/** Names of the question of which no word stands on an opened page. */
function missingNames({ question, opened }: Notebook): string[] {
	const seen = new Set(opened.flatMap(({ terms }) => terms));
	return question.names
		.map(({ text }) => text)
		.filter((name) => {
			const numbers = termNumbers(question, name);
			return numbers.length > 0 && !numbers.some((number) => seen.has(number));
		});
}
