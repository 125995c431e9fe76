import type { FoundStretch } from "../trajectory/library-view";
import { isUnspaced, spaced } from "./words";

type Word = { word: string; documents: number };
type Snippet = { snippet: string; terms: { term: string; documents: number }[] };

const SNIPPET_CHARS = 300;

/** Enough of a word's beginning to recognise its other forms. */
const stemLike = (word: string): string => (word.length > 5 ? word.slice(0, Math.max(4, word.length - 3)) : word);

/** The stretch of a passage with the most of the asked words, and which of them it or the title holds. */
export function snippetOf(text: string, title: string, asked: readonly Word[]): Snippet {
	const flat = text.replace(/\s+/g, " ").trim();
	const lower = flat.toLowerCase();
	const whole = `${spaced(title.toLowerCase())} ${lower}`;
	const terms = asked
		.filter(({ word }) => whole.includes(stemLike(word)))
		.map(({ word, documents }) => ({ term: word, documents }));
	const places = terms.flatMap(({ term }) => placesOf(lower, stemLike(term))).sort((a, b) => a.at - b.at);
	const start = bestStart(places);
	const from = start === 0 ? 0 : Math.max(0, flat.lastIndexOf(" ", Math.max(0, start - 40)) + 1);
	const cut = flat.slice(from, from + SNIPPET_CHARS);
	const snippet = `${from > 0 ? "… " : ""}${cut}${from + SNIPPET_CHARS < flat.length ? " …" : ""}`;
	return { snippet, terms };
}

type Place = { at: number; term: string };

function placesOf(text: string, term: string): Place[] {
	const places: Place[] = [];
	for (let at = text.indexOf(term); at >= 0 && places.length < 20; at = text.indexOf(term, at + term.length)) {
		places.push({ at, term });
	}
	return places;
}

function bestStart(places: readonly Place[]): number {
	let best = { at: 0, distinct: 0 };
	for (const [index, { at }] of places.entries()) {
		const inside = new Set<string>();
		for (let next = index; next < places.length; next++) {
			const place = places[next];
			if (!place || place.at > at + SNIPPET_CHARS - 60) break;
			inside.add(place.term);
		}
		if (inside.size > best.distinct) best = { at, distinct: inside.size };
	}
	return best.at;
}

/** A snippet cut where its words are: a term counts with its other forms, up to the word's end. */
export function stretchesOf(snippet: string, terms: readonly string[]): FoundStretch[] {
	if (terms.length === 0) return [{ text: snippet, isHit: false }];
	const forms = terms.map((term) =>
		isUnspaced(term) ? term : `(?<![\\p{L}\\p{N}_])${stemLike(term)}[\\p{L}\\p{N}_]*`,
	);
	return snippet
		.split(new RegExp(`(${forms.join("|")})`, "giu"))
		.map((text, index) => ({ text, isHit: index % 2 === 1 }))
		.filter(({ text }) => text !== "");
}
