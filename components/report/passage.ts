/** A stretch of a source around what a claim rests on; `isHit` marks the sentences that match it. */
export type CitedPassage = { pieces: { start: number; text: string; isHit: boolean }[]; isClose: boolean };

/** Longest text that is looked through, in characters. */
export const LOOKED_AT = 600_000;
/** Neighbours this near to the best sentence's score belong to the passage. */
const NEAR = 0.6;
/** A claim and a sentence that share less of the claim's weight than this are not about the same thing. */
const CLOSE = 0.22;
const LONGEST_SENTENCE = 600;

type Sentence = { text: string; start: number; words: Set<string>; score: number };

/**
 * The sentences of `text` nearest to a claim, or to the next one when nothing is near the first: shared words, each
 * weighed by how rare it is in the text, over the claim's
 * whole weight. With one sentence of context on both sides. Works for languages without spaces by pairs of characters.
 */
export function findPassage(text: string, claims: readonly string[]): CitedPassage {
	const sentences = sentencesOf(pageBody(text).slice(0, LOOKED_AT));
	for (const claim of claims) {
		const found = nearest(sentences, claim);
		if (found) return { pieces: found, isClose: true };
	}
	return { pieces: pieces(sentences.slice(0, 3), () => false), isClose: false };
}

function nearest(sentences: Sentence[], claim: string): CitedPassage["pieces"] | undefined {
	weigh(sentences, wordsOf(claim));
	let best = 0;
	sentences.forEach(({ score }, at) => {
		if (score > (sentences[best]?.score ?? 0)) best = at;
	});
	const top = sentences[best]?.score ?? 0;
	return top < CLOSE ? undefined : around(sentences, best, top * NEAR);
}

/** The page without the head and the lists of links that the reading tool puts around it. */
export function pageBody(text: string): string {
	const head = /^# .*\n(?:(?:url|date|source|part): .*\n)+\n/.exec(text);
	const body = head ? text.slice(head[0].length) : text;
	const links = body.search(/\n## (?:Links|Linked from)\n- \[/);
	return links < 0 ? body : body.slice(0, links);
}

function sentencesOf(body: string): Sentence[] {
	const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
	return Array.from(segmenter.segment(body), ({ segment, index }) => ({
		text: segment,
		start: index,
		words: wordsOf(segment),
		score: 0,
	})).filter(({ words }) => words.size > 0);
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function wordsOf(text: string): Set<string> {
	const words = new Set<string>();
	for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
		if (!UNSPACED.test(word)) words.add(word);
		else for (let at = 0; at + 1 < word.length; at++) words.add(word.slice(at, at + 2));
	}
	return words;
}

function weigh(sentences: Sentence[], wanted: ReadonlySet<string>): void {
	const weights = new Map<string, number>();
	let whole = 0;
	for (const word of wanted) {
		const held = sentences.filter(({ words }) => words.has(word)).length;
		const weight = Math.log(1 + sentences.length / (1 + held));
		weights.set(word, weight);
		whole += weight;
	}
	for (const sentence of sentences) {
		let shared = 0;
		for (const word of sentence.words) shared += weights.get(word) ?? 0;
		sentence.score = whole === 0 ? 0 : shared / whole;
	}
}

function around(sentences: readonly Sentence[], best: number, near: number): CitedPassage["pieces"] {
	const isNear = (at: number) => (sentences[at]?.score ?? 0) >= near;
	let from = best;
	let to = best;
	while (isNear(from - 1) && best - from < 2) from--;
	while (isNear(to + 1) && to - best < 2) to++;
	const first = Math.max(0, from - 1);
	return pieces(sentences.slice(first, to + 2), (offset) => first + offset >= from && first + offset <= to);
}

const pieces = (sentences: readonly Sentence[], isHit: (offset: number) => boolean): CitedPassage["pieces"] =>
	sentences.map(({ text, start }, offset) => ({ start, text: cut(text), isHit: isHit(offset) }));

const cut = (text: string) => (text.length > LONGEST_SENTENCE ? `${text.slice(0, LONGEST_SENTENCE)}… ` : text);
