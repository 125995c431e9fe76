import { type Candidate, forget, MAX_CANDIDATES, massOf, type NameSeen, type Notebook } from "./notebook";

/** What makes a page worth opening, each from 0 to 1. */
export type Features = {
	/** Best place in a search for the question itself, and in any later search. */
	hit: number;
	first: number;
	later: number;
	/** Share of the question in title and excerpt; of its part no good page covers yet; in the title alone. */
	cover: number;
	fresh: number;
	title: number;
	/** The title, whole, is a name of the question, or its words stand in it in a row. */
	named: number;
	within: number;
	/** A good page links here: at all, and beside words of the question. */
	linked: number;
	beside: number;
	/** A good page names it, without a link. */
	mentioned: number;
	/** Its link stands in one of the best places of the page that holds it. */
	place: number;
	/** It links to a good page, and its title shares words with the question. */
	back: number;
	/** Two signs at once: found by search and pointed to by a good page. */
	both: number;
	/** Pointed to by a good page, and holding what is still open. */
	closing: number;
	/** Its title is much like that of a page already open. */
	twin: number;
};

/** Fitted by logistic regression on pages seen and opened, over encyclopedic, tabular and news collections alike. */
const WEIGHTS: Features = {
	hit: 0.9,
	first: 3.9,
	later: 2.7,
	cover: -0.5,
	fresh: 4.7,
	title: -0.3,
	named: 1.5,
	within: 1.3,
	linked: -1.3,
	beside: 1.4,
	place: 1.6,
	mentioned: 4.7,
	back: 4.5,
	both: -0.5,
	closing: -0.3,
	twin: -0.3,
};
const BIAS = -5.9;

/** What the weighing of one turn shares: how good each opened page is, and what is still open of the question. */
export type Scale = { relevance: number[]; open: number[]; openMass: number };

export function scaleOf(notebook: Notebook): Scale {
	const relevance = notebook.opened.map(({ terms }) => massOf(notebook, terms));
	const covered = notebook.weights.map(() => 0);
	notebook.opened.forEach(({ terms }, page) => {
		for (const term of terms) covered[term] = Math.max(covered[term] ?? 0, relevance[page] ?? 0);
	});
	const open = notebook.weights.map((weight, term) => weight * (1 - (covered[term] ?? 0)));
	return { relevance, open, openMass: open.reduce((sum, weight) => sum + weight, 0) };
}

/** Whether the question holds this key in a row; one common word alone says little. */
const holds = (notebook: Notebook, key: string): boolean =>
	key.length > 2 && notebook.question.key.includes(` ${key} `);

export function featuresOf(notebook: Notebook, candidate: Candidate, scale: Scale): Features {
	const { question } = notebook;
	const searched = searchSigns(candidate);
	const pointed = pointSigns(notebook, candidate, scale);
	const cover = massOf(notebook, candidate.terms);
	const title = massOf(notebook, candidate.titleTerms);
	const fresh = candidate.terms.reduce((sum, term) => sum + (scale.open[term] ?? 0), 0) / (scale.openMass || 1);
	return {
		...searched,
		cover,
		fresh: fresh * Math.min(1, scale.openMass * 2),
		title,
		named: question.names.some(({ key }) => key === candidate.key) ? 1 : 0,
		within: holds(notebook, candidate.key) ? Math.min(1, 3 * title) : 0,
		...pointed,
		both: Math.max(searched.hit, searched.later) * Math.max(pointed.linked, pointed.mentioned),
		closing: fresh * Math.max(pointed.linked, pointed.mentioned),
		twin: twinOf(notebook, candidate),
	};
}

/** Share of the title's words that an opened page's title has too. */
function twinOf({ opened }: Notebook, { key }: Candidate): number {
	const words = key.split(" ");
	let most = 0;
	for (const page of opened) {
		const others = page.key.split(" ");
		const shared = words.filter((word) => others.includes(word)).length;
		most = Math.max(most, shared / (words.length + others.length - shared));
	}
	return most;
}

function searchSigns(candidate: Candidate): Pick<Features, "hit" | "first" | "later"> {
	let hit = 0;
	let first = 0;
	let later = 0;
	for (const { query, rank, ratio } of candidate.hits) {
		if (query === 0) {
			hit = Math.max(hit, ratio);
			first = Math.max(first, 1 / (1 + rank));
		} else later = Math.max(later, ratio / (1 + rank / 3));
	}
	return { hit, first, later };
}

function pointSigns(
	notebook: Notebook,
	candidate: Candidate,
	{ relevance }: Scale,
): Pick<Features, "linked" | "beside" | "place" | "mentioned" | "back"> {
	let linked = 0;
	let beside = 0;
	let place = 0;
	for (const { page, terms, siblings, rank } of candidate.links) {
		const good = relevance[page] ?? 0;
		linked = Math.max(linked, good / (1 + Math.log10(1 + siblings)));
		beside = Math.max(beside, good * massOf(notebook, terms));
		place = Math.max(place, good / (1 + rank));
	}
	const name = notebook.names.get(candidate.key);
	const mentioned = name ? strengthOf(notebook, name, relevance) : 0;
	let back = 0;
	for (const page of candidate.backLinks) {
		back = Math.max(back, (relevance[page] ?? 0) * (0.2 + massOf(notebook, candidate.titleTerms)));
	}
	return { linked, beside, place, mentioned, back: Math.min(1, back) };
}

/** How strongly the opened pages point to a name: the best sentence that holds it, on the best page. */
export function strengthOf(notebook: Notebook, name: NameSeen, relevance: readonly number[]): number {
	let strength = 0;
	for (const { page, terms } of name.mentions) {
		strength = Math.max(strength, (relevance[page] ?? 0) * (0.15 + massOf(notebook, terms)));
	}
	return Math.min(1, strength);
}

/** Estimated chance, from 0 to 1, that the page holds evidence. */
export function worthOf(features: Features): number {
	let sum = BIAS;
	for (const [name, value] of Object.entries(features)) sum += value * WEIGHTS[name as keyof Features];
	return 1 / (1 + Math.exp(-sum));
}

export type Weighed = { candidate: Candidate; worth: number; features: Features };

/** The waiting candidates, best first; of more than can be kept the weakest are forgotten. */
export function weighCandidates(notebook: Notebook, scale: Scale): Weighed[] {
	const weighed = [...notebook.candidates].map(([address, candidate]) => {
		const features = featuresOf(notebook, candidate, scale);
		return { address, candidate, features, worth: worthOf(features) };
	});
	weighed.sort((a, b) => b.worth - a.worth || a.candidate.seen - b.candidate.seen);
	for (const { address } of weighed.splice(MAX_CANDIDATES)) forget(notebook, address);
	return weighed;
}
