import { MOST_FIND_CHARS } from "./find-hit";

/** Where something stands in a text, in UTF-16 units. */
export type TextSpan = { start: number; end: number };
/** Finds what was asked for in a text, from its beginning; at most `limit` places. */
export type Finder = (text: string, limit?: number) => TextSpan[];

/** What is looked for, taken apart. `words` are folded; a query without any is looked for as it stands. */
export type FindQuery = { words: string[]; literal: string; isUnspaced: boolean };

const MOST_PLACES = 500;

const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
/** Scripts whose letters carry accents that a search passes over. */
const ACCENTED = /[\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]|[\u0300-\u036f]/u;

/** Reads a query as it was typed; anything is valid, and what is too long is cut. */
export function findQuery(typed: string): FindQuery {
	const literal = fold(typed.slice(0, MOST_FIND_CHARS).trim()).text;
	return { words: literal.match(WORD) ?? [], literal, isUnspaced: UNSPACED.test(literal) };
}

/**
 * Looks for a phrase: its words in their order with nothing but punctuation and space between, each whole but the last,
 * which may go on. Case and accents do not matter. In scripts without spaces a word may begin anywhere. Undefined for
 * an empty query.
 */
export function finderOf(typed: string): Finder | undefined {
	const query = findQuery(typed);
	if (query.literal === "") return undefined;
	const pattern = new RegExp(patternOf(query), "gu");
	return (text, limit = MOST_PLACES) => {
		const folded = fold(text);
		const found: TextSpan[] = [];
		for (const match of folded.text.matchAll(pattern)) {
			if (found.length >= limit) break;
			const end = match.index + match[0].length;
			found.push({ start: placeOf(folded, match.index), end: placeOf(folded, end) });
		}
		return found;
	};
}

function patternOf({ words, literal }: FindQuery): string {
	if (words.length === 0) return escaped(literal);
	const [first = ""] = words;
	const start = UNSPACED.test(first.slice(0, 1)) ? "" : "(?<![\\p{L}\\p{N}])";
	return start + words.map(escaped).join("[^\\p{L}\\p{N}]+");
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** A text without case and accents; `places` leads back to the original where lengths differ. */
type Folded = { text: string; places?: number[] };

const placeOf = ({ places }: Folded, at: number): number => places?.[at] ?? at;

function fold(text: string): Folded {
	const lower = text.toLowerCase();
	if (lower.length === text.length && !ACCENTED.test(text)) return { text: lower };
	const parts: string[] = [];
	const places: number[] = [];
	let at = 0;
	for (const char of text) {
		const bare = ACCENTED.test(char) ? char.normalize("NFD").replace(/\p{M}/gu, "") : char;
		const part = bare.toLowerCase();
		parts.push(part);
		for (let unit = 0; unit < part.length; unit++) places.push(at);
		at += char.length;
	}
	places.push(at);
	return { text: parts.join(""), places };
}
