/** Where a string stands: that decides what may follow its closing quote. */
export type StringPlace = "key" | "member" | "element";

/** `text`: end of the string's text; `next`: where reading goes on; `plain`: no quote inside was taken for text. */
type StringEnd = { text: number; next: number; plain: boolean };

const NAME = String.raw`(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|“[^”\n]{0,200}”)`;
/** A name and its colon; the quotes of a name may be missing, all or the first, or the colon after a quoted one. */
const MEMBER = String.raw`(?:${NAME}(?:\s*:|(?="))|[\p{L}\d_$][\w$-]{0,100}["']?\s*:)`;

/** What follows the closing quote of a string that ends where it should, by place. Looked at from behind the quote. */
const FOLLOWS: Record<StringPlace, RegExp> = {
	key: /\s*:/y,
	member: new RegExp(
		String.raw`\s*(?:$(?![\s\S])|,\s*(?:${MEMBER}|[}\]]|$(?![\s\S]))|[}\]]+\s*(?!["'\w])|/[/*]|#|:)`,
		"uy",
	),
	element:
		/\s*(?:$(?![\s\S])|,\s*(?:["'“{[(\d.\-\]}/#]|(?<=,)[^\s"',\]]{1,60}"\s*[,\]]|$(?![\s\S])|(?:true|false|null|True|False|None)\b)|[\])}]|\/[/*]|#)/y,
};

/** The next member begins right behind the quote, without a comma. */
const NEXT_MEMBER = new RegExp(String.raw`\s*${NAME}\s*:`, "uy");
const NEXT_STRING = /\s*["'“]/y;
/** The quote opens the next member: the string before it was never closed. */
const OPENS_MEMBER = new RegExp(String.raw`${NAME}\s*:`, "uy");

/** Finds where the strings of a broken text end. Remembers what it found, so that a text is searched once. */
export class StringEnds {
	private readonly known = new Map<string, { from: number; end: number | undefined }>();
	/** Quotes that do not occur any more. */
	private readonly gone = new Set<string>();
	private readonly text: string;

	constructor(text: string) {
		this.text = text;
	}

	/** `from` is behind the opening quote. */
	find({ from, close, place }: { from: number; close: string; place: StringPlace }): StringEnd {
		const first = this.quote(from, close);
		if (first === undefined) return this.unclosed(from, place);
		if (this.follows(first + 1, place) || this.startsNext(first + 1, place)) {
			return { text: first, next: first + 1, plain: true };
		}
		const missing = place === "member" ? this.missing(from, first) : undefined;
		if (missing !== undefined) return { text: missing, next: missing, plain: true };
		const end = this.proper(first, close, place);
		if (end === undefined) {
			if (place === "key" && /:\s*$/.test(this.text.slice(from, first))) return this.unclosed(from, place);
			return { text: first, next: first + 1, plain: true };
		}
		if (place === "key" && this.text.slice(first, end).includes(","))
			return { text: first, next: first + 1, plain: true };
		const cut = place === "member" ? this.missing(from, end) : undefined;
		return cut === undefined ? { text: end, next: end + 1, plain: false } : { text: cut, next: cut, plain: false };
	}

	/** The string that opens at `open` ends at its first quote. */
	isPlain(open: number, place: StringPlace): boolean {
		const first = this.quote(open + 1, '"');
		return first !== undefined && this.follows(first + 1, place);
	}

	follows(at: number, place: StringPlace): boolean {
		return this.matches(FOLLOWS[place], at);
	}

	private startsNext(at: number, place: StringPlace): boolean {
		if (place === "key") return false;
		return this.matches(place === "member" ? NEXT_MEMBER : NEXT_STRING, at);
	}

	private matches(pattern: RegExp, at: number): boolean {
		pattern.lastIndex = at;
		return pattern.test(this.text);
	}

	/** The next quote that no backslash takes away. */
	private quote(from: number, close: string): number | undefined {
		if (this.gone.has(close)) return undefined;
		for (let at = from; at < this.text.length; at++) {
			const char = this.text[at];
			if (char === "\\") at++;
			else if (char === close) return at;
		}
		this.gone.add(close);
		return undefined;
	}

	/** The first quote from `from` on with the right thing behind it. */
	private proper(from: number, close: string, place: StringPlace): number | undefined {
		const memory = `${place}${close}`;
		const known = this.known.get(memory);
		if (known && known.from <= from && (known.end === undefined || known.end >= from)) return known.end;
		let end = this.quote(from, close);
		while (end !== undefined && !this.follows(end + 1, place)) end = this.quote(end + 1, close);
		this.known.set(memory, { from, end });
		return end;
	}

	/** The comma before a quote that opens the next member: there the string should have ended. */
	private missing(from: number, until: number): number | undefined {
		for (let quote = this.quote(from, '"'); quote !== undefined && quote <= until; quote = this.quote(quote + 1, '"')) {
			let comma = quote - 1;
			while (comma >= from && /\s/.test(this.text[comma] ?? "")) comma--;
			if (this.text[comma] === "," && comma >= from && this.matches(OPENS_MEMBER, quote)) return comma;
		}
		return undefined;
	}

	/** No quote closes the string: a key ends at its colon, a value where the object does. */
	private unclosed(from: number, place: StringPlace): StringEnd {
		if (place === "key") {
			const colon = this.text.indexOf(":", from);
			const end = colon < 0 ? this.text.length : colon;
			return { text: end, next: end, plain: true };
		}
		let end = this.text.length;
		while (end > from && /[\s}\]]/.test(this.text[end - 1] ?? "")) end--;
		return { text: end, next: end, plain: true };
	}
}

const ESCAPES: Record<string, string> = {
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "\t",
	"/": "/",
	"\\": "\\",
	'"': '"',
	"'": "'",
};

/**
 * A string's text with its escapes read; an unknown escape stays as it is. In a string whose quotes were not escaped
 * properly, any number of backslashes before a quote is taken for one.
 */
export function readEscapes(raw: string, plain: boolean): string {
	const text = plain ? raw : raw.replace(/\\+(["']?)/g, (run, quote: string) => (quote ? `\\${quote}` : run));
	return text.replace(/\\(?:u([\da-fA-F]{4})|([\s\S]))/g, (whole, code: string | undefined, char: string) =>
		code === undefined ? (ESCAPES[char] ?? whole) : String.fromCharCode(Number.parseInt(code, 16)),
	);
}
