import { isAttachedAddress } from "../../trajectory/attachments";
import { termsOf } from "../../trajectory/rank";
import { quotesOf } from "./evidence";
import { isStopWord } from "./language";
import { type Candidate, massOf, type NameSeen, type Notebook, queryKey, termNumbers } from "./notebook";
import type { Question } from "./question";
import { type Scale, scaleOf, strengthOf, type Weighed, weighCandidates } from "./worth";

export type Step =
	| { act: "search"; tool: string; q: string; why: string; names: string[]; worth: number }
	| { act: "open"; weighed: Weighed }
	| { act: "answer"; enough: boolean };

type QueryIdea = { q: string; worth: number; why: string; names: string[] };

/** The question counts as covered when the opened pages leave no more than this share of it open. */
const ENOUGH_OPEN = 0.1;
const ENOUGH_PAGES = 5;
/** So many pages in a row without anything new of the question: a manual's chapter then stands as the answer. */
const BARREN_PAGES = 5;
/** The chance of evidence that another page must promise, by whether the question is covered or a manual answers it. */
const ENOUGH_WORTH = 0.03;
const MANUAL_WORTH = 0.12;
const BEST_QUOTES = 5;
/** Below this chance nothing is worth another call. */
const LEAST_WORTH = 0.001;
/** What a search of each kind is worth, against the chance that the best waiting page holds evidence. */
const SEARCH_WORTH = { name: 0.2, clause: 0.4, mention: 0.1, open: 0.05 };
/** Searches that each opened page makes room for. */
const PACE = 0.35;
const NAMES_A_QUERY = 3;
const QUERY_WORDS = 8;
const CLAUSE_WORDS = 5;

/** The next step: the search or the page with the greatest expected gain, as far as the notebook tells. */
export function nextStep(notebook: Notebook, tools: readonly string[]): Step {
	const due = furtherSearch(notebook, tools);
	if (due) return due;
	const scale = scaleOf(notebook);
	const weighed = weighCandidates(notebook, scale);
	const attached = weighed.find(({ candidate }) => isBrought(notebook, candidate));
	if (attached) return { act: "open", weighed: attached };
	const [best] = weighed;
	const search = bestSearch(notebook, tools, scale);
	const worth = best?.worth ?? 0;
	const enough = scale.openMass < ENOUGH_OPEN && notebook.opened.length >= ENOUGH_PAGES;
	if (enough && worth < ENOUGH_WORTH) return { act: "answer", enough };
	const dry = scale.barren >= BARREN_PAGES && Math.max(worth, search?.worth ?? 0) < MANUAL_WORTH;
	if (dry && manualAnswers(notebook)) return { act: "answer", enough: true };
	if (search && search.worth > worth && search.worth >= LEAST_WORTH) return search;
	if (best && worth >= LEAST_WORTH) return { act: "open", weighed: best };
	return { act: "answer", enough };
}

/** A further question is looked up before anything else, whatever was found before: it may have come with new files. */
function furtherSearch({ question, queries, earlier }: Notebook, [tool]: readonly string[]): Step | undefined {
	if (earlier === 0 || queries.length > earlier || tool === undefined) return undefined;
	return { act: "search", tool, ...firstIdea(question) };
}

/** What a person attached and the question itself found is read before anything else. */
const isBrought = ({ earlier }: Notebook, { url, hits }: Candidate): boolean =>
	isAttachedAddress(url) && hits.some(({ query }) => query === earlier);

/** A manual tells the whole in one place, code beside it; other texts spread what belongs together over pages. */
function manualAnswers(notebook: Notebook): boolean {
	const best = quotesOf(notebook).slice(0, BEST_QUOTES);
	const manuals = best.filter(({ page }) => page.findings.some(({ kind }) => kind === "code"));
	return 2 * manuals.length > best.length;
}

function bestSearch(
	notebook: Notebook,
	tools: readonly string[],
	scale: Scale,
): Extract<Step, { act: "search" }> | undefined {
	const ideas: (QueryIdea | undefined)[] = [firstIdea(notebook.question)];
	if (notebook.options.followUps !== false && notebook.queries.length > 0) {
		ideas.push(
			...nameIdeas(notebook),
			...clauseIdeas(notebook),
			...mentionIdeas(notebook, scale),
			openIdea(notebook, scale),
		);
	}
	const patience = patienceFor(notebook);
	let best: Extract<Step, { act: "search" }> | undefined;
	for (const idea of ideas) {
		if (!idea) continue;
		const key = queryKey(idea.q);
		const tool = tools.find((name) => !notebook.queries.some((asked) => asked.tool === name && asked.key === key));
		if (tool === undefined) continue;
		const worth = idea.worth * (tool === tools[0] ? 1 : 0.7) * patience;
		if (!best || worth > best.worth) best = { act: "search", tool, ...idea, worth };
	}
	return best;
}

/** Searches that run ahead of the reading lose worth: what they found waits unopened. */
function patienceFor({ queries, opened }: Notebook): number {
	const ahead = queries.length - opened.length * PACE;
	return ahead > 0 ? 0.4 ** ahead : 1;
}

const firstIdea = (question: Question): QueryIdea => ({
	q: question.text,
	worth: 1,
	why: "first",
	names: [],
});

/** A name of the question that no page seen so far has for its title or source. */
function nameIdeas(notebook: Notebook): QueryIdea[] {
	return notebook.question.names
		.filter(({ key }) => !isSeen(notebook, key) && !notebook.sources.has(key))
		.map(({ text }) => {
			const mass = massOf(notebook, termNumbers(notebook.question, text));
			const worth = SEARCH_WORTH.name * Math.min(0.35, mass) * (/\s/.test(text) ? 1 : 0.4);
			return { q: text, worth, why: "name", names: [text] };
		});
}

const isSeen = (notebook: Notebook, key: string): boolean =>
	notebook.byTitle.has(key) || notebook.opened.some((page) => page.key === key);

const CLAUSE = /\s*[,;:?]\s+|\s+(?:while|whereas|and|but|or|who|which|that|whose|where|when|as|with|for|by)\s+/;

/** A long question asks for several things: its clauses, put together until each has enough words of its own. */
function clauseIdeas(notebook: Notebook): QueryIdea[] {
	const { question } = notebook;
	if (question.terms.length <= QUERY_WORDS) return [];
	const clauses: string[] = [];
	let open = "";
	for (const part of question.text.split(CLAUSE)) {
		open = open ? `${open} ${part}` : part;
		if (termNumbers(question, open).length < CLAUSE_WORDS) continue;
		clauses.push(open);
		open = "";
	}
	if (open && clauses.length > 0) clauses[clauses.length - 1] += ` ${open}`;
	if (clauses.length < 2) return [];
	return clauses.map((q) => ({
		q,
		worth: SEARCH_WORTH.clause * massOf(notebook, termNumbers(question, q)),
		why: "clause",
		names: [],
	}));
}

/** The names that good pages point to, a few at a time, with what is open of the question. */
function mentionIdeas(notebook: Notebook, scale: Scale): QueryIdea[] {
	const strong = unresolved(notebook)
		.map((name) => ({ name, strength: strengthOf(notebook, name, scale.relevance) }))
		.filter(({ strength }) => strength > 0.02)
		.sort((a, b) => b.strength - a.strength)
		.slice(0, NAMES_A_QUERY);
	if (strong.length === 0) return [];
	const names = strong.map(({ name }) => name.text);
	const words = names.join(" ").split(/\s+/).length;
	const rest = openWords(notebook, scale).slice(0, Math.max(2, QUERY_WORDS - words));
	const chance = strong.reduce((sum, { strength }) => sum + 1 / (1 + Math.exp(3.5 - 4.7 * strength)), 0);
	const worth = SEARCH_WORTH.mention * chance;
	return [{ q: [...names, ...rest].join(" "), worth: Math.min(0.6, worth), why: "mention", names }];
}

const unresolved = (notebook: Notebook): NameSeen[] =>
	[...notebook.names.values()].filter(({ key, asked }) => !asked && !isSeen(notebook, key));

/** What no good page covers yet, on its own. */
function openIdea(notebook: Notebook, scale: Scale): QueryIdea | undefined {
	if (notebook.opened.length < 2) return undefined;
	const words = openWords(notebook, scale).slice(0, QUERY_WORDS);
	if (words.length < 2) return undefined;
	return { q: words.join(" "), worth: SEARCH_WORTH.open * scale.openMass, why: "open", names: [] };
}

/** The question's own words whose terms are open, heaviest first. */
function openWords({ question }: Notebook, { open }: Scale): string[] {
	const words = new Map<number, string>();
	for (const word of question.text.split(/[^\p{L}\p{M}\p{N}]+/u)) {
		const number = question.numbers.get(termsOf(word)[0] ?? "") ?? -1;
		if (number >= 0 && !isStopWord(word) && !words.has(number)) words.set(number, word);
	}
	return [...words]
		.filter(([number]) => (open[number] ?? 0) > 0.01)
		.sort(([a], [b]) => (open[b] ?? 0) - (open[a] ?? 0))
		.map(([, word]) => word);
}
