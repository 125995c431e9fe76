/** A sentence, table row, heading, list entry or block of code of a text, in the text's own order. */
export type Passage = { text: string; kind: "sentence" | "row" | "heading" | "code"; paragraph: number };

/** Scripts written without blanks between words. */
const SPACELESS =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const HUMPS = /\p{Ll}\p{Lu}/u;

const words = new Intl.Segmenter(undefined, { granularity: "word" });
const sentences = new Intl.Segmenter(undefined, { granularity: "sentence" });

/** Words of a text as they are compared: without case, accents and common English endings; camelCase also in its parts. */
export function termsOf(text: string): string[] {
	const terms: string[] = [];
	for (const [word] of text.matchAll(WORD)) {
		if (SPACELESS.test(word)) {
			for (const { segment } of words.segment(word)) terms.push(segment);
			continue;
		}
		terms.push(termOf(word));
		if (HUMPS.test(word)) for (const part of word.split(/(?<=\p{Ll})(?=\p{Lu})/u)) terms.push(termOf(part));
	}
	return terms;
}

const known = new Map<string, string>();
const KNOWN_WORDS = 50_000;

function termOf(word: string): string {
	const before = known.get(word);
	if (before !== undefined) return before;
	const bare = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
	const term = /^[a-z]+$/.test(bare) ? stem(bare) : bare;
	if (known.size >= KNOWN_WORDS) known.clear();
	known.set(word, term);
	return term;
}

const ENDINGS: readonly [RegExp, string][] = [
	[/ies$/, "y"],
	[/(?<=ss|sh|ch|x|z)es$/, ""],
	[/(?<![su])s$/, ""],
];
const SUFFIXES = /(?:ations?|ators?|ings?|ers?|ors?|ed|ion|ly|al)$/;

/** Light on purpose: it joins "directed", "director" and "directs", and leaves short words alone. */
function stem(word: string): string {
	if (word.length <= 3) return word;
	let base = word;
	for (const [ending, other] of ENDINGS) {
		if (!ending.test(base)) continue;
		base = base.replace(ending, other);
		break;
	}
	const cut = base.replace(SUFFIXES, "");
	if (cut.length >= 4 && cut !== base) base = cut.replace(/([b-df-hj-np-tv-z])\1$/, "$1");
	return base.length > 4 ? base.replace(/[ey]$/, "") : base;
}

const ABBREVIATED = /(?:^|[\s(.])(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Jr|Sr|No|Mt|Lt|Gen|Col|Prof|vs|e\.g|i\.e|approx|ca)\.\s*$/u;

/** Sentences of a line; initials and common abbreviations do not end one. */
function sentencesOf(line: string): string[] {
	if (line.length < 60) return [line];
	const found: string[] = [];
	let open = "";
	for (const { segment } of sentences.segment(line)) {
		open += segment;
		if (ABBREVIATED.test(open)) continue;
		found.push(open.trim());
		open = "";
	}
	if (open.trim()) found.push(open.trim());
	return found;
}

/** Takes markdown apart into passages, in linear time. Rules between a table's head and body are left out. */
export function passagesOf(markdown: string): Passage[] {
	const passages: Passage[] = [];
	const fenced = /^ {0,3}(```|~~~)[^\n]*\n([\s\S]*?)(?:^ {0,3}\1[^\n]*$|(?![\s\S]))/gm;
	let at = 0;
	for (const block of markdown.matchAll(fenced)) {
		prose(markdown.slice(at, block.index), passages);
		const text = (block[2] ?? "").trimEnd().replace(/^\s*\n/, "");
		if (text) passages.push({ text, kind: "code", paragraph: nextParagraph(passages) });
		at = block.index + block[0].length;
	}
	prose(markdown.slice(at), passages);
	return passages;
}

const nextParagraph = (passages: readonly Passage[]): number => (passages.at(-1)?.paragraph ?? 0) + 1;

/** Lines broken by hand belong to one paragraph; headings, rows and list entries stand for themselves. */
function prose(text: string, passages: Passage[]): void {
	let paragraph = nextParagraph(passages);
	let open = "";
	const flush = () => {
		for (const sentence of open ? sentencesOf(open) : []) {
			passages.push({ text: sentence, kind: "sentence", paragraph });
		}
		open = "";
	};
	for (const raw of text.split("\n")) {
		const line = raw.trim();
		const kind = kindOfLine(line);
		if (kind !== "prose") flush();
		if (kind === "blank") paragraph++;
		else if (kind === "prose" || kind === "entry") open = open ? `${open} ${line}` : line;
		else if (kind !== "rule") passages.push({ text: line, kind, paragraph });
	}
	flush();
}

function kindOfLine(line: string): "blank" | "heading" | "rule" | "row" | "entry" | "prose" {
	if (line === "") return "blank";
	if (/^#{1,6}\s/.test(line)) return "heading";
	if (/^[|\s:-]+$/.test(line)) return "rule";
	if (line.startsWith("|")) return "row";
	return /^(?:[-*+•]|\d+[.)])\s/.test(line) ? "entry" : "prose";
}

const NEIGHBOUR = 0.4;

/**
 * The passages of a page that bear on `goal`, in the page's own order, at most `maxCharacters` long. Rare words of the
 * goal weigh more than those all over the page; what stands next to a good passage counts too. Linear in the text.
 */
export function rankSentences(text: string, goal: string, { maxCharacters }: { maxCharacters: number }): string {
	if (text.length <= maxCharacters) return text;
	const passages = passagesOf(text);
	const weights = scoresOf(passages, new Set(termsOf(goal)));
	const order = passages
		.map((_, index) => index)
		.filter((index) => (weights[index] ?? 0) > 0)
		.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
	if (order.length === 0) return text.slice(0, maxCharacters);
	const kept = new Set<number>();
	let room = maxCharacters;
	for (const index of order) {
		const length = (passages[index]?.text.length ?? 0) + 2;
		if (length > room) continue;
		kept.add(index);
		room -= length;
	}
	if (kept.size === 0) return (passages[order[0] ?? 0]?.text ?? "").slice(0, maxCharacters);
	return joined(passages, kept);
}

/** A passage's share of the goal, and a part of its neighbours'. */
function scoresOf(passages: readonly Passage[], goal: ReadonlySet<string>): number[] {
	const found = passages.map(({ text }) => new Set(termsOf(text).filter((term) => goal.has(term))));
	const counts = new Map<string, number>();
	for (const terms of found) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
	const own = found.map((terms) => {
		let score = 0;
		for (const term of terms) score += Math.log(1 + passages.length / (counts.get(term) ?? 1));
		return score;
	});
	return own.map((score, index) => score + NEIGHBOUR * Math.max(own[index - 1] ?? 0, own[index + 1] ?? 0));
}

function joined(passages: readonly Passage[], kept: ReadonlySet<number>): string {
	let out = "";
	let last: Passage | undefined;
	passages.forEach((passage, index) => {
		if (!kept.has(index)) return;
		if (last)
			out += last.paragraph === passage.paragraph && passage.kind === "sentence" ? " " : lineBreak(last, passage);
		out += passage.text;
		last = passage;
	});
	return out;
}

const lineBreak = (last: Passage, next: Passage): string =>
	last.kind === "row" && next.kind === "row" ? "\n" : "\n\n";
