import { plainText } from "./language";
import { type Finding, massOf, type Notebook, type OpenedPage, termNumbers } from "./notebook";

/** A passage of an opened page, with what it is worth as evidence. */
export type Quote = { page: OpenedPage; finding: Finding; text: string; score: number };

/** A chapter of a page that bears on the question: its passages in order, code among them. */
export type Chapter = { page: OpenedPage; heading: string; findings: Finding[]; score: number };

const SHORTEST = 25;
const LONGEST = 600;
/** What a term still counts that a chosen quote already holds. */
const REPEATED = 0.35;
const SHARE_ABOVE = 0.6;
const SHARE_HEAD = 0.4;
const SHARE_NEAR = 0.3;
/** A quote's score, at least, as a share of the best one's. */
const LEAST_SHARE = 0.5;
const CHAPTER_CHARACTERS = 1600;

/** Passages that bear on the question, best first. What stands above, beside and in the page's title counts in part. */
export function quotesOf(notebook: Notebook): Quote[] {
	const quotes: Quote[] = [];
	for (const page of notebook.opened) {
		const whole = massOf(notebook, page.terms);
		page.findings.forEach((finding, index) => {
			if (finding.terms.length === 0 || finding.kind === "heading" || finding.kind === "code") return;
			const text = plainText(finding.text);
			if (text.length < SHORTEST) return;
			const near = [page.findings[index - 1], page.findings[index + 1]].flatMap((other) => other?.terms ?? []);
			const score = massAround(notebook, page, finding, near) * (0.3 + whole);
			quotes.push({ page, finding, text, score });
		});
	}
	return quotes.sort((a, b) => b.score - a.score || a.page.index - b.page.index || a.finding.at - b.finding.at);
}

/** The question's share in a passage, and parts of the shares of what stands around it. */
function massAround(notebook: Notebook, page: OpenedPage, finding: Finding, near: readonly number[]): number {
	const shares = new Map<number, number>();
	const enter = (terms: readonly number[], share: number) => {
		for (const term of terms) shares.set(term, Math.max(share, shares.get(term) ?? 0));
	};
	enter(near, SHARE_NEAR);
	enter(page.head, SHARE_HEAD);
	enter(finding.above, SHARE_ABOVE);
	enter(finding.terms, 1);
	let mass = 0;
	for (const [term, share] of shares) mass += share * (notebook.weights[term] ?? 0);
	return mass;
}

const MOST_ROWS = 6;
const ABSENT_NAME = 0.4;

/** The chapter that holds most of the question in its best passage and around it, on a page about the question's names. */
export function bestChapter(notebook: Notebook, quotes: readonly Quote[]): Chapter | undefined {
	let best: Chapter | undefined;
	for (const { page, finding, score } of quotes.slice(0, 60)) {
		const section = page.findings.filter((other) => other.section === finding.section);
		const terms = new Set([...page.head, ...finding.above, ...section.flatMap((other) => other.terms)]);
		const whole = score * (1 + massOf(notebook, [...terms])) * namesHeld(notebook, terms);
		if (whole <= (best?.score ?? 0)) continue;
		best = { ...chapterOf({ page, finding }), score: whole };
	}
	return best;
}

/** The chapter a quote stands in. */
export function chapterOf({ page, finding }: Pick<Quote, "page" | "finding">): Chapter {
	const section = page.findings.filter((other) => other.section === finding.section);
	const heading = plainText(section.find(({ kind }) => kind === "heading")?.text ?? "");
	const findings = section.filter(({ kind }) => kind !== "heading");
	return { page, heading, score: 0, findings: around(findings, finding) };
}

function namesHeld({ question }: Notebook, terms: ReadonlySet<number>): number {
	let factor = 1;
	for (const { text } of question.names) {
		if (!termNumbers(question, text).every((term) => terms.has(term))) factor *= ABSENT_NAME;
	}
	return factor;
}

/** A table's telling rows; of prose the chapter from its beginning, or from just before its best passage when that stands far down. */
function around(findings: readonly Finding[], best: Finding): Finding[] {
	if (best.kind === "row") {
		return findings.filter((row) => row.kind === "row" && 2 * row.terms.length > best.terms.length).slice(0, MOST_ROWS);
	}
	const place = findings.indexOf(best);
	const first = sizeOf(findings.slice(0, place + 1)) <= CHAPTER_CHARACTERS / 2 ? 0 : Math.max(0, place - 1);
	const chosen: Finding[] = [];
	for (const finding of findings.slice(first)) {
		const follows = chosen.length === 0 || finding.at - (chosen.at(-1)?.at ?? 0) <= 2;
		const fits = chosen.length < 2 || sizeOf([...chosen, finding]) <= CHAPTER_CHARACTERS;
		if (!(follows && fits)) break;
		chosen.push(finding);
	}
	return chosen;
}

const sizeOf = (findings: readonly Finding[]): number => findings.reduce((sum, { text }) => sum + text.length, 0);

/** A few quotes that together cover as much of the question as they can, in the order of choice. */
export function chooseQuotes(notebook: Notebook, quotes: readonly Quote[], most: number): Quote[] {
	const left = notebook.weights.map(() => 1);
	const pool = quotes.slice(0, 200).filter(({ score }) => score >= LEAST_SHARE * (quotes[0]?.score ?? 0));
	const chosen: Quote[] = [];
	while (chosen.length < most && pool.length > 0) {
		const gains = pool.map(({ finding, score }) => {
			const fresh = finding.terms.reduce((sum, term) => sum + (notebook.weights[term] ?? 0) * (left[term] ?? 0), 0);
			return fresh * score;
		});
		const [quote] = pool.splice(gains.indexOf(Math.max(...gains)), 1);
		if (!quote || chosen.some(({ text }) => text === quote.text)) continue;
		chosen.push(quote);
		for (const term of quote.finding.terms) left[term] = (left[term] ?? 0) * REPEATED;
	}
	return chosen;
}

/** The quote as it is printed: cut at a word when it is very long. */
export function printed(text: string): string {
	if (text.length <= LONGEST) return text;
	const cut = text.slice(0, LONGEST);
	return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), LONGEST / 2))} …`;
}
