import { plainText } from "./language";
import { type Finding, massOf, type Notebook, type OpenedPage } from "./notebook";
import { scaleOf } from "./worth";

/** A passage of an opened page, with what it is worth as evidence. */
export type Quote = { page: OpenedPage; finding: Finding; text: string; score: number };

const SHORTEST = 25;
const LONGEST = 600;
/** What a term still counts that a chosen quote already holds. */
const REPEATED = 0.35;

/** Passages that bear on the question, best first. The better the page as a whole, the more its passages count. */
export function quotesOf(notebook: Notebook): Quote[] {
	const { relevance } = scaleOf(notebook);
	const quotes: Quote[] = [];
	for (const page of notebook.opened) {
		for (const finding of page.findings) {
			const own = massOf(notebook, finding.terms);
			if (own === 0 || finding.kind === "heading" || finding.kind === "code") continue;
			const text = plainText(finding.text);
			if (text.length < SHORTEST) continue;
			const near = neighbourMass(notebook, page, finding);
			const lead = finding.at < 2 ? 0.05 : 0;
			quotes.push({ page, finding, text, score: (own + 0.3 * near + lead) * (0.3 + (relevance[page.index] ?? 0)) });
		}
	}
	return quotes.sort((a, b) => b.score - a.score || a.page.index - b.page.index || a.finding.at - b.finding.at);
}

/** The heading above and the passages next to a finding tell what it speaks of. */
function neighbourMass(notebook: Notebook, page: OpenedPage, finding: Finding): number {
	const own = new Set(finding.terms);
	const near = new Set<number>();
	for (const other of page.findings) {
		const heading = other.kind === "heading" && other.at < finding.at && finding.at - other.at < 8;
		if (!heading && Math.abs(other.at - finding.at) !== 1) continue;
		for (const term of other.terms) if (!own.has(term)) near.add(term);
	}
	return massOf(notebook, [...near]);
}

/** A few quotes that together cover as much of the question as they can, in the order of choice. */
export function chooseQuotes(notebook: Notebook, quotes: readonly Quote[], most: number): Quote[] {
	const left = notebook.weights.map(() => 1);
	const pool = quotes.slice(0, 200);
	const chosen: Quote[] = [];
	while (chosen.length < most && pool.length > 0) {
		const gains = pool.map(({ finding, score }) => {
			const fresh = finding.terms.reduce((sum, term) => sum + (notebook.weights[term] ?? 0) * (left[term] ?? 0), 0);
			return fresh * score;
		});
		const best = gains.indexOf(Math.max(...gains));
		const [quote] = pool.splice(best, 1);
		if (!quote || (gains[best] ?? 0) < 0.01 * (quotes[0]?.score ?? 0)) break;
		if (chosen.some(({ text }) => text === quote.text)) continue;
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

/** The block of code that follows a passage, when the passage leads up to it. */
export function codeAfter({ page, finding }: Quote): string | undefined {
	const next = page.findings.find(({ at }) => at === finding.at + 1);
	return next?.kind === "code" && next.text.length <= 1200 ? next.text : undefined;
}
