import { type Candidate, forget, hostOf, MAX_CANDIDATES, massOf, type NameSeen, type Notebook } from "./notebook";

/** What makes a page worth opening, each from 0 to 1. */
export type Features = {
	/** Score in the search for the question itself, as a share of the best; its place there; its place in later ones. */
	hit: number;
	first: number;
	later: number;
	/** Share, by title and excerpt, of the part of the question that no good page covers yet. */
	fresh: number;
	/** The title, whole, is a name of the question, or its words stand in it in a row. */
	named: number;
	within: number;
	/** A good page links here: beside words of the question; in one of the best places on that page. */
	beside: number;
	place: number;
	/** A good page names it, without a link. */
	mentioned: number;
	/** It links to a good page, and its title shares words with the question. */
	back: number;
	/** Found by search and pointed to by a good page: the two signs partly repeat each other. */
	both: number;
};

/** Fitted by logistic regression on pages seen and opened, over encyclopedic, tabular and news collections alike. */
const WEIGHTS: Features = {
	hit: 1,
	first: 4.3,
	later: 2.5,
	fresh: 4.7,
	named: 1.5,
	within: 0.7,
	beside: 1.2,
	place: 2.3,
	mentioned: 2.8,
	back: 2.2,
	both: -2.5,
};
const BIAS = -6.2;

/** Share of the question that a page must newly cover to count as progress. */
const PROGRESS = 0.06;

/**
 * What the weighing of one turn shares: how good each opened page is, what is still open of the question, and how many
 * pages in a row brought nothing of it.
 */
export type Scale = { relevance: number[]; open: number[]; openMass: number; barren: number };

export function scaleOf(notebook: Notebook): Scale {
	const relevance = notebook.opened.map(({ terms }) => massOf(notebook, terms));
	const covered = notebook.weights.map(() => 0);
	let barren = 0;
	notebook.opened.forEach(({ terms }, page) => {
		let gain = 0;
		for (const term of terms) {
			const more = (relevance[page] ?? 0) - (covered[term] ?? 0);
			if (more <= 0) continue;
			covered[term] = (covered[term] ?? 0) + more;
			gain += more * (notebook.weights[term] ?? 0);
		}
		barren = gain < PROGRESS ? barren + 1 : 0;
	});
	const open = notebook.weights.map((weight, term) => weight * (1 - (covered[term] ?? 0)));
	return { relevance, open, openMass: open.reduce((sum, weight) => sum + weight, 0), barren };
}

/** Whether the question holds this key in a row; one common word alone says little. */
const holds = (notebook: Notebook, key: string): boolean =>
	key.length > 2 && notebook.question.key.includes(` ${key} `);

function featuresOf(notebook: Notebook, candidate: Candidate, scale: Scale): Features {
	const searched = searchSigns(notebook, candidate);
	const pointed = pointSigns(notebook, candidate, scale);
	const fresh = candidate.terms.reduce((sum, term) => sum + (scale.open[term] ?? 0), 0) / (scale.openMass || 1);
	const title = massOf(notebook, candidate.titleTerms);
	return {
		...searched,
		...pointed,
		fresh: fresh * Math.min(1, scale.openMass * 2),
		named: notebook.question.names.some(({ key }) => key === candidate.key) ? 1 : 0,
		within: holds(notebook, candidate.key) ? Math.min(1, 3 * title) : 0,
		both: Math.max(searched.hit, searched.later) * pointed.place,
	};
}

function searchSigns({ earlier }: Notebook, candidate: Candidate): Pick<Features, "hit" | "first" | "later"> {
	let hit = 0;
	let first = 0;
	let later = 0;
	for (const { query, rank, ratio } of candidate.hits) {
		if (query === earlier) {
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
): Pick<Features, "beside" | "place" | "mentioned" | "back"> {
	let beside = 0;
	let place = 0;
	for (const { page, terms, rank } of candidate.links) {
		const good = relevance[page] ?? 0;
		beside = Math.max(beside, good * massOf(notebook, terms));
		place = Math.max(place, good / (1 + rank));
	}
	const name = notebook.names.get(candidate.key);
	const mentioned = name ? strengthOf(notebook, name, relevance) : 0;
	let back = 0;
	for (const page of candidate.backLinks) {
		back = Math.max(back, (relevance[page] ?? 0) * (0.2 + massOf(notebook, candidate.titleTerms)));
	}
	return { beside, place, mentioned, back: Math.min(1, back) };
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
function worthOf(features: Features): number {
	let sum = BIAS;
	for (const [name, value] of Object.entries(features)) sum += value * WEIGHTS[name as keyof Features];
	return 1 / (1 + Math.exp(-sum));
}

/** How far a page's host can be expected to give the page, from what it and the other hosts did so far. */
function readable({ hosts }: Notebook, { url, hits }: Candidate): number {
	const host = hosts.get(hostOf(url));
	if (host) return (host.read + 0.5) / (host.read + host.failed + 0.5);
	if (hits.length > 0) return 1;
	const failed = [...hosts.values()].filter(({ read }) => read === 0).length;
	return 0.3 / (1 + failed) ** 2;
}

export type Weighed = { candidate: Candidate; worth: number; features: Features };

/** The waiting candidates, best first; of more than can be kept the weakest are forgotten. */
export function weighCandidates(notebook: Notebook, scale: Scale): Weighed[] {
	const weighed = [...notebook.candidates].map(([address, candidate]) => {
		const features = featuresOf(notebook, candidate, scale);
		return { address, candidate, features, worth: worthOf(features) * readable(notebook, candidate) };
	});
	weighed.sort((a, b) => b.worth - a.worth || a.candidate.seen - b.candidate.seen);
	for (const { address } of weighed.splice(MAX_CANDIDATES)) forget(notebook, address);
	return weighed;
}
