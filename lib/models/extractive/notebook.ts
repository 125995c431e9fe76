import { addressKey } from "../../trajectory/address";
import { type Passage, termsOf } from "../../trajectory/rank";
import { dateInWords, nameKey } from "./language";
import type { Question } from "./question";
import type { SearchHit, ToolReading } from "./results";

/** A passage of an opened page with the numbers of the question's terms in it, and in the headings it stands under. */
export type Finding = Passage & { at: number; terms: number[]; section: number; above: number[] };

export type OpenedPage = {
	index: number;
	url: string;
	title: string;
	key: string;
	source: string;
	date: string;
	terms: number[];
	/** Terms in its title, source and date. */
	head: number[];
	/** Every passage when the page is short, else those that share a word with the question and their neighbours. */
	findings: Finding[];
};

/** A page that was seen and not yet opened. Links and mentions tell from which opened page, with the terms beside them and the link's rank on that page. */
export type Candidate = {
	url: string;
	start: number | undefined;
	title: string;
	key: string;
	titleTerms: number[];
	terms: number[];
	hits: { query: number; rank: number; ratio: number }[];
	links: { page: number; terms: number[]; rank: number }[];
	backLinks: number[];
	/** Turn of first sight: the earlier one wins a tie. */
	seen: number;
};

/** A name met in a good passage of an opened page, not in the question. */
export type NameSeen = { key: string; text: string; mentions: { page: number; terms: number[] }[]; asked: boolean };

export type AskedQuery = { tool: string; text: string; key: string; hits: number };

/** Ways to switch parts of the policy off, to measure what they bring. */
export type EngineOptions = { followLinks?: boolean; followUps?: boolean };

/** All the engine knows of a run: a fold of its messages. */
export type Notebook = {
	question: Question;
	options: EngineOptions;
	/** Weight of each term of the question, by how rare the collection says it is. */
	weights: number[];
	/** Documents that hold a term, as far as search results told. */
	documents: Map<number, number>;
	total: number;
	unmatched: Set<number>;
	queries: AskedQuery[];
	/** How many of them were made for earlier questions of the thread. */
	earlier: number;
	opened: OpenedPage[];
	/** Addresses that were asked for, read or not. */
	visited: Set<string>;
	candidates: Map<string, Candidate>;
	byTitle: Map<string, Candidate[]>;
	names: Map<string, NameSeen>;
	/** Outlets and sites that results came from. */
	sources: Set<string>;
	/** Hosts pages were asked of: how many could be read, how many not. */
	hosts: Map<string, { read: number; failed: number }>;
	calls: number;
};

/** Beyond this many waiting candidates the weakest are forgotten, so that a turn's cost stays flat. */
export const MAX_CANDIDATES = 400;

export function emptyNotebook(question: Question, options: EngineOptions): Notebook {
	const notebook: Notebook = {
		question,
		options,
		weights: [],
		documents: new Map(),
		total: 0,
		unmatched: new Set(),
		queries: [],
		earlier: 0,
		opened: [],
		visited: new Set(),
		candidates: new Map(),
		byTitle: new Map(),
		names: new Map(),
		sources: new Set(),
		hosts: new Map(),
		calls: 0,
	};
	weigh(notebook);
	return notebook;
}

/** Numbers of the question's terms that stand in a text, each once. */
export function termNumbers(question: Question, text: string): number[] {
	const found = new Set<number>();
	for (const term of termsOf(text)) {
		const number = question.numbers.get(term);
		if (number !== undefined) found.add(number);
	}
	return [...found];
}

export const massOf = (notebook: Notebook, terms: readonly number[]): number => {
	let mass = 0;
	for (const term of terms) mass += notebook.weights[term] ?? 0;
	return mass;
};

/** Shares of the question: rare terms weigh more, terms of names more than others, terms in no document nothing. */
function weigh(notebook: Notebook): void {
	const { question, documents } = notebook;
	const inNames = new Set(question.names.flatMap(({ text }) => termNumbers(question, text)));
	const known = [...documents.values()];
	const size = Math.max(1000, notebook.total, ...known) * 2;
	const common = known.length === 0 ? 1 : Math.max(...known);
	const raw = question.terms.map((_, term) => {
		if (notebook.unmatched.has(term)) return 0;
		const count = documents.get(term) ?? common;
		return Math.log(size / (count + 0.5)) * (inNames.has(term) ? 1.25 : 1);
	});
	const sum = raw.reduce((all, weight) => all + weight, 0) || 1;
	notebook.weights = raw.map((weight) => weight / sum);
}

export const hostOf = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? "";

export const queryKey = (text: string): string => text.toLowerCase().replace(/\s+/g, " ").trim();

/** Enters what a search brought. */
export function takeHits(notebook: Notebook, reading: Extract<ToolReading, { kind: "hits" }>, query: AskedQuery): void {
	notebook.queries.push(query);
	const asked = ` ${nameKey(query.text)} `;
	if (notebook.queries.length > 1) {
		for (const name of notebook.names.values()) name.asked ||= asked.includes(` ${name.key} `);
	}
	const number = notebook.queries.length - 1;
	learnCounts(notebook, reading);
	const top = reading.hits[0]?.score;
	reading.hits.forEach((hit, rank) => {
		const ratio = top && hit.score !== undefined ? hit.score / top : 1 / (1 + rank / 4);
		notebook.sources.add(nameKey(hit.source));
		const candidate = candidateFor(notebook, hit);
		if (!candidate) return;
		candidate.hits.push({ query: number, rank, ratio });
		const { question } = notebook;
		candidate.terms = merged(
			candidate.terms,
			termNumbers(question, `${hit.title} ${hit.snippet} ${hit.source} ${dateInWords(hit.date)}`),
		);
	});
}

function learnCounts(notebook: Notebook, { hits, unmatched, total }: Extract<ToolReading, { kind: "hits" }>): void {
	const { question, documents } = notebook;
	for (const { terms } of hits) {
		for (const [term, count] of Object.entries(terms)) {
			for (const number of termNumbers(question, term))
				documents.set(number, Math.max(count, documents.get(number) ?? 0));
		}
	}
	for (const term of unmatched) for (const number of termNumbers(question, term)) notebook.unmatched.add(number);
	for (const number of documents.keys()) notebook.unmatched.delete(number);
	notebook.total = Math.max(notebook.total, total ?? 0);
	weigh(notebook);
}

/**
 * The form under which two addresses are the same page. A search result's or back link's fragment is part of it: the
 * library tells documents of one page apart by it.
 */
export const placeKey = (url: string): string => {
	const hash = url.indexOf("#");
	return hash < 0 ? addressKey(url) : `${addressKey(url)}#${url.slice(hash + 1)}`;
};

export function candidateFor(
	notebook: Notebook,
	{ url, title }: Pick<SearchHit, "url" | "title">,
): Candidate | undefined {
	const address = placeKey(url);
	if (notebook.visited.has(address)) return undefined;
	const known = notebook.candidates.get(address);
	if (known) return known;
	return addCandidate(notebook, address, { url, title, start: undefined });
}

export function addCandidate(
	notebook: Notebook,
	address: string,
	{ url, title, start }: Pick<Candidate, "url" | "title" | "start">,
): Candidate {
	const titleTerms = termNumbers(notebook.question, title);
	const candidate: Candidate = {
		url,
		start,
		title,
		key: titleKeyOf(title),
		titleTerms,
		terms: titleTerms,
		hits: [],
		links: [],
		backLinks: [],
		seen: notebook.calls,
	};
	notebook.candidates.set(address, candidate);
	const alike = notebook.byTitle.get(candidate.key);
	if (alike) alike.push(candidate);
	else notebook.byTitle.set(candidate.key, [candidate]);
	return candidate;
}

/** A page's title as a name: what follows a dash or bar (a section, a site) is left out. */
export const titleKeyOf = (title: string): string => nameKey(title.split(/\s[–—|·-]\s/)[0] ?? title);

export const merged = (a: readonly number[], b: readonly number[]): number[] => [...new Set([...a, ...b])];

export function forget(notebook: Notebook, address: string): void {
	const candidate = notebook.candidates.get(address);
	if (!candidate) return;
	notebook.candidates.delete(address);
	const alike = notebook.byTitle.get(candidate.key)?.filter((other) => other !== candidate) ?? [];
	if (alike.length > 0) notebook.byTitle.set(candidate.key, alike);
	else notebook.byTitle.delete(candidate.key);
}
