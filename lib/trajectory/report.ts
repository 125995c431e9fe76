import { addressesIn, addressKey, isAddress, trimAddress } from "./address";
import { type Reference, takeReferences } from "./reference-list";
import { proseOf } from "./row";
import type { SourceView } from "./source-view";
import { splitThink } from "./think";
import type { RunView } from "./view";

/** A source a report may cite, if the run opened it. */
type Citable = Pick<SourceView, "url" | "title" | "openedSeq"> & { opened?: boolean };

/** `n` counts from 1 in order of first use; `openedSeq` is the result that holds the text as read. */
export type Citation = { n: number; url: string; title: string; openedSeq?: number };

/**
 * `markdown` holds marks `[n]`, each of which stands in `citations`, and no reference list (`withReferences` adds one).
 * `dropped` counts the citations taken out, because they led to nothing the run has opened.
 */
export type Report = { markdown: string; citations: Citation[]; dropped: number };

/** The report of a run, from its answer; undefined as long as there is none. */
export function reportOf(view: RunView): Report | undefined {
	if (!view.answer) return undefined;
	return makeReport(proseOf(splitThink(view.answer.content).visible), view.sources.values());
}

/**
 * Resolves a report's citations to opened sources, through its reference list or its links; removes those that do not
 * resolve, and numbers the others anew. Pure, and linear in the text.
 */
export function makeReport(markdown: string, sources: Iterable<Citable>): Report {
	const { lines, references } = takeReferences(markdown);
	const citer = new Citer(sources, references);
	const body = rewrite(lines.join("\n"), citer);
	if (citer.marks === 0) citer.citeAll();
	citer.dropUnused();
	return { markdown: tidy(body), citations: citer.citations, dropped: citer.dropped };
}

/** The report with its list of references, as it leaves the product. */
export function withReferences({ markdown, citations }: Report, heading = "References"): string {
	if (citations.length === 0) return markdown;
	const list = citations.map(({ n, title, url }) => `[${n}] ${title} — ${url}`).join("  \n");
	return `${markdown}\n\n## ${heading}\n\n${list}`;
}

/** Without the gap, or the rule, that the list leaves behind. */
function tidy(body: string): string {
	const text = body.replace(/\n{3,}/g, "\n\n").trim();
	const end = text.lastIndexOf("\n");
	return /^[-*_]{3,}$/.test(text.slice(end + 1)) ? text.slice(0, Math.max(end, 0)).trimEnd() : text;
}

/** Knows what can be cited and gives out numbers. */
class Citer {
	readonly citations: Citation[] = [];
	dropped = 0;
	/** Citations met in the text. */
	marks = 0;
	private readonly byAddress = new Map<string, Citable>();
	private readonly byTitle = new Map<string, Citable>();
	private readonly byNumber = new Map<number, Citable | undefined>();
	private readonly numbers = new Map<string, number>();
	private readonly used = new Set<number>();

	constructor(sources: Iterable<Citable>, references: readonly Reference[]) {
		for (const source of sources) {
			if (source.openedSeq === undefined && !source.opened) continue;
			this.byAddress.set(addressKey(source.url), source);
			this.byTitle.set(titleKey(source.title), source);
		}
		for (const { number, text } of references) {
			if (number !== undefined && !this.byNumber.get(number)) this.byNumber.set(number, this.sourceOf(text));
		}
	}

	/** The mark for a number of the reference list; empty when it leads nowhere. */
	number(number: number): string {
		this.used.add(number);
		return this.mark(this.byNumber.get(number));
	}

	address(address: string): string {
		return this.mark(this.byAddress.get(addressKey(trimAddress(address))));
	}

	/** A report without marks in its text still rests on the pages that it lists. */
	citeAll(): void {
		for (const source of this.byNumber.values()) if (source) this.enter(source);
	}

	/** Entries of the list that nothing cites: counted when they lead nowhere. */
	dropUnused(): void {
		for (const [number, source] of this.byNumber) if (!source && !this.used.has(number)) this.dropped++;
	}

	private mark(source: Citable | undefined): string {
		this.marks++;
		if (source) return `[${this.enter(source)}]`;
		this.dropped++;
		return "";
	}

	private enter({ url, title, openedSeq }: Citable): number {
		const known = this.numbers.get(url);
		if (known !== undefined) return known;
		const n = this.citations.length + 1;
		this.numbers.set(url, n);
		this.citations.push({ n, url, title, ...(openedSeq !== undefined && { openedSeq }) });
		return n;
	}

	/** The source an entry names: by an address in it, else by its title. */
	private sourceOf(text: string): Citable | undefined {
		for (const address of addressesIn(text)) {
			const source = this.byAddress.get(addressKey(address));
			if (source) return source;
		}
		const library = text.indexOf("library://");
		if (library >= 0) return this.byAddress.get(addressKey(trimAddress(text.slice(library).trim())));
		return addressesIn(text).length > 0 ? undefined : this.byTitle.get(titleKey(text));
	}
}

const titleKey = (title: string): string =>
	title
		.toLowerCase()
		.replace(/[\p{P}\p{S}\s]+/gu, " ")
		.trim();

/**
 * What a rewrite looks at, first to last: code and images (kept as they are), linked numbers, links, marks. `†…` is what
 * some models put behind the number.
 */
const TOKEN = new RegExp(
	[
		/(?<keep>^ {0,3}(?:```|~~~)[\s\S]*?(?:^ {0,3}(?:```|~~~)[^\n]*$|(?![\s\S]))|`[^`\n]+`|!\[[^[\]\n]*\]\([^()\n]*\))/,
		/\[\[\^?(?<linked>\d{1,3})\]\]\((?<linkedUrl>[^()\s]*)\)/,
		/\[(?<label>[^[\]\n]*)\]\(<?(?<url>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+"[^"\n]*")?\)/,
		/(?:\[\[|[[［【])\^?(?:(?:sources?|refs?|quellen?|来源|來源|出典)[:：]?\s*)?(?<numbers>\d{1,3}(?:\s*[,;，；、–—-]\s*\^?\d{1,3})*)(?:†[^】\]\n]{0,200})?(?:\]\]|[\]］】])/,
	]
		.map(({ source }) => source)
		.join("|"),
	"gim",
);

function rewrite(text: string, citer: Citer): string {
	const out: string[] = [];
	let at = 0;
	for (const found of text.matchAll(TOKEN)) {
		if (found.groups?.keep !== undefined) continue;
		if (found.index > at) out.push(text.slice(at, found.index));
		at = found.index + found[0].length;
		const made = replacement(found.groups ?? {}, found[0], citer);
		if (made === "") closeGap(out, text[at]);
		else if (made !== out.at(-1) || !/^\[\d+\]$/.test(made)) out.push(made);
	}
	out.push(text.slice(at));
	return out.join("");
}

function replacement(groups: Record<string, string | undefined>, token: string, citer: Citer): string {
	const { linked, linkedUrl, label, url, numbers } = groups;
	if (linked !== undefined)
		return isAddress(linkedUrl ?? "") ? citer.address(linkedUrl ?? "") : citer.number(Number(linked));
	if (label !== undefined && url !== undefined) return link(label, url, token, citer);
	const marks = spread(numbers ?? "").map((number) => citer.number(number));
	return [...new Set(marks)].join("");
}

/** A link to an opened page becomes its text and a mark; a link to any other page, its text alone. */
function link(label: string, url: string, token: string, citer: Citer): string {
	if (!isAddress(url)) return token;
	const mark = citer.address(url);
	const text = label.trim();
	if (/^\^?\d{1,3}$/.test(text) || text === "") return mark;
	return mark ? `${text} ${mark}` : text;
}

/** `1, 3-5` → 1, 3, 4, 5; a range that runs backwards or too far counts as its two ends. */
function spread(numbers: string): number[] {
	const list: number[] = [];
	for (const part of numbers.split(/\s*[,;，；、]\s*/)) {
		const ends = part.split(/\s*[–—-]\s*/).map((end) => Number(end.replace("^", "")));
		const [from = 0, to = from] = ends;
		if (to < from || to - from > 50) list.push(...ends);
		else for (let n = from; n <= to; n++) list.push(n);
	}
	return list;
}

/** Takes the blank before a removed mark away where punctuation, a blank or nothing follows. */
function closeGap(out: string[], next: string | undefined): void {
	const before = out.at(-1);
	if (before === undefined || (next !== undefined && !/[\s.,;:!?)\]。，；：！？）]/.test(next))) return;
	let end = before.length;
	while (before[end - 1] === " " || before[end - 1] === "\t") end--;
	out[out.length - 1] = before.slice(0, end);
}
