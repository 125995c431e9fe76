import type { Deed } from "./deed";
import type { ToolKind } from "./tool-kind";

/** Why two calls stand side by side. */
export type Relation = "query" | "page" | "call" | "evidence" | "alike";

/** Less than this is no likeness: words that every query on a question shares. */
const LEAST = 0.4;
/** Nothing but the same call is worth 1. */
const MOST = 0.95;
/** A web search and a library search for the same words. */
const OTHER_KIND = 0.9;
const OF_WORDS = 0.7;
const OF_EVIDENCE = 0.9;

type Shared = { words: number; evidence: number };

/** What each word weighs in the comparison of two runs: the rarer, the more. */
export function rarity(a: readonly Deed[], b: readonly Deed[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const deed of [...a, ...b]) {
		for (const term of deed.terms) counts.set(inGroup(deed, term), (counts.get(inGroup(deed, term)) ?? 0) + 1);
	}
	const calls = a.length + b.length;
	return new Map([...counts].map(([term, count]) => [term, Math.log(1 + calls / count)]));
}

/** How alike the calls of two runs are: rare words count more than common ones. Both runs are read once, up front. */
export class Likeness {
	private readonly keys = new Map<string, number[]>();
	private readonly terms = new Map<string, number[]>();
	private readonly evidence = new Map<string, number[]>();
	private readonly weights: ReadonlyMap<string, number>;
	private readonly norms: Float64Array;
	private readonly words: Float64Array;
	private readonly found: Float64Array;
	private readonly a: readonly Deed[];
	private readonly b: readonly Deed[];

	/** `weights` are those of the whole runs, of which `a` and `b` may be parts. */
	constructor(a: readonly Deed[], b: readonly Deed[], weights: ReadonlyMap<string, number>) {
		this.a = a;
		this.b = b;
		this.weights = weights;
		this.norms = Float64Array.from(b, (deed) => this.norm(deed));
		this.words = new Float64Array(b.length);
		this.found = new Float64Array(b.length);
		b.forEach((deed, at) => {
			post(this.keys, deed.key, at);
			for (const term of deed.terms) post(this.terms, inGroup(deed, term), at);
			for (const source of deed.evidence) post(this.evidence, inGroup(deed, source), at);
		});
	}

	/** Likeness of the i-th call of A to every call of B, 0 to 1, into `out`: in time of what they share, plus one pass. */
	row(i: number, out: Float64Array): void {
		out.fill(0);
		const deed = this.a[i];
		if (!deed) return;
		this.gather(deed);
		const norm = this.norm(deed);
		for (let j = 0; j < this.b.length; j++) {
			const words = this.words[j] ?? 0;
			const found = this.found[j] ?? 0;
			const other = this.b[j];
			if (!other || (words === 0 && found === 0)) continue;
			out[j] = likenessOf(deed, other, shares(deed, other, { words, found, norm: norm + (this.norms[j] ?? 0) }));
		}
		for (const j of this.keys.get(deed.key) ?? []) out[j] = 1;
	}

	/** What a pair that was put side by side has in common. */
	relation(i: number, j: number): { relation: Relation; likeness: number } {
		const [a, b] = [this.a[i], this.b[j]];
		if (!a || !b) return { relation: "alike", likeness: 0 };
		if (a.key === b.key) return { relation: sameness(a.kind), likeness: 1 };
		const [terms, evidence] = [new Set(b.terms), new Set(b.evidence)];
		let words = 0;
		for (const term of a.terms) if (terms.has(term)) words += this.weights.get(inGroup(a, term)) ?? 0;
		const found = a.evidence.filter((source) => evidence.has(source)).length;
		const shared = shares(a, b, { words, found, norm: this.norm(a) + this.norm(b) });
		const likeness = likenessOf(a, b, shared);
		if (shared.words > 0.999 && a.kind === b.kind) return { relation: sameness(a.kind), likeness };
		return { relation: shared.evidence >= 0.5 && shared.evidence > shared.words ? "evidence" : "alike", likeness };
	}

	/** What a call shares with each call of B, by the lists of who has what. */
	private gather(deed: Deed): void {
		this.words.fill(0);
		this.found.fill(0);
		for (const term of deed.terms) {
			const name = inGroup(deed, term);
			add(this.words, this.terms.get(name), this.weights.get(name) ?? 0);
		}
		for (const source of deed.evidence) add(this.found, this.evidence.get(inGroup(deed, source)), 1);
	}

	private norm(deed: Deed): number {
		let norm = 0;
		for (const term of deed.terms) norm += this.weights.get(inGroup(deed, term)) ?? 0;
		return norm;
	}
}

const inGroup = ({ group }: Deed, name: string) => `${group}\n${name}`;

function post(postings: Map<string, number[]>, name: string, at: number): void {
	const known = postings.get(name);
	if (known) known.push(at);
	else postings.set(name, [at]);
}

function add(sums: Float64Array, places: readonly number[] | undefined, weight: number): void {
	for (const at of places ?? []) sums[at] = (sums[at] ?? 0) + weight;
}

/** What two calls share that did the same. */
export function sameness(kind: ToolKind): Relation {
	if (kind === "read") return "page";
	return kind === "search" || kind === "library" ? "query" : "call";
}

/** Shared words by weight (Dice), shared evidence by number (Jaccard). */
function shares(a: Deed, b: Deed, { words, found, norm }: { words: number; found: number; norm: number }): Shared {
	const all = a.evidence.length + b.evidence.length - found;
	return { words: norm > 0 ? (2 * words) / norm : 0, evidence: all > 0 ? found / all : 0 };
}

function likenessOf(a: Deed, b: Deed, { words, evidence }: Shared): number {
	const both = a.evidence.length > 0 && b.evidence.length > 0;
	const mixed = both ? Math.max(OF_WORDS * words + (1 - OF_WORDS) * evidence, OF_EVIDENCE * evidence) : words;
	const likeness = MOST * Math.min(1, mixed) * (a.kind === b.kind ? 1 : OTHER_KIND);
	return likeness < LEAST ? 0 : likeness;
}
