import { readEscapes, StringEnds, type StringPlace } from "./repair-strings";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const MAX_DEPTH = 100;
const QUOTES: Record<string, string> = { '"': '"', "'": "'", "“": "”", "‘": "’" };
const LITERALS = new Map<string, Json>([
	["true", true],
	["false", false],
	["null", null],
	["none", null],
]);

/** A text that means the empty object, and not one of which nothing could be read. */
const EMPTY = /^[^{}]*\{\s*\}?[^{}]*$/;

/**
 * Reads the object a model meant to write, from text that is not JSON: quotes that are missing, doubled, single or not
 * escaped, commas and colons left out or too many, comments, unquoted words, brackets that do not close. Guesses as
 * Python's `json_repair` does, which the MiroThinker models were trained against (spec §1.8.1). Undefined when the text
 * holds no object, or more than one value. Linear in the text.
 */
export function repairObject(text: string): JsonObject | undefined {
	return new Reader(text).only();
}

class Reader {
	private at = 0;
	private depth = 0;
	private readonly text: string;
	private readonly ends: StringEnds;

	constructor(text: string) {
		this.text = text;
		this.ends = new StringEnds(text);
	}

	/** The one object of the text; empty values beside it do not count. */
	only(): JsonObject | undefined {
		const found: Json[] = [];
		while (this.seek("{[")) {
			const value = this.char() === "{" ? this.object() : this.array("]");
			if (value === undefined) return undefined;
			if (Object.keys(value).length > 0 || found.length === 0) found.push(value);
		}
		const [only] = found;
		if (found.length !== 1 || !isObject(only)) return undefined;
		return Object.keys(only).length > 0 || EMPTY.test(this.text) ? only : undefined;
	}

	private char(offset = 0): string {
		return this.text[this.at + offset] ?? "";
	}

	private seek(chars: string): boolean {
		while (this.at < this.text.length && !chars.includes(this.char())) this.at++;
		return this.at < this.text.length;
	}

	/** An object, from its opening brace; undefined when it turns out to be a set of values, or is nested too deep. */
	private object(): JsonObject | undefined {
		this.at++;
		if (++this.depth > MAX_DEPTH || this.isSet()) return undefined;
		const members = new Map<string, Json>();
		let last = "";
		while (this.nextMember()) {
			const earlier = members.get(last);
			if (this.char() === "[" && Array.isArray(earlier)) {
				for (const value of this.array("]") ?? []) earlier.push(value);
				continue;
			}
			const key = this.key();
			if (key === undefined) continue;
			const value = this.memberValue();
			if (value === undefined) return undefined;
			members.set(key, value);
			last = key;
			this.skipToNext(",}]");
		}
		if (this.char() === "}") this.at++;
		this.depth--;
		return Object.fromEntries(members);
	}

	/** `{'a', 'b'}`: a Python set. */
	private isSet(): boolean {
		return /^\s*(?:"[^"]*"|'[^']*')\s*(?:,\s*["']|\}\s*$)/.test(this.text.slice(this.at, this.at + 400));
	}

	/** Goes to where a member begins; false at the end of the object. */
	private nextMember(): boolean {
		for (;;) {
			this.skipBlanks(":");
			const char = this.char();
			if (char === "," || char === ":") this.at++;
			else if (char === "}" && this.depth === 1 && this.goesOn()) this.at++;
			else return char !== "" && char !== "}" && char !== "]";
		}
	}

	/** Members follow the brace that closed the outermost object too early. */
	private goesOn(): boolean {
		return /^\}\s*,\s*["'“][^"'”]{0,200}["'”]\s*:/.test(this.text.slice(this.at, this.at + 300));
	}

	/** A member's name; undefined when what stood there was no name. */
	private key(): string | undefined {
		if (this.char() in QUOTES) return this.quoted("key");
		const start = this.at;
		while (this.at < this.text.length && !':,{}[]"\n'.includes(this.char())) this.at++;
		const name = this.text.slice(start, this.at).trim();
		if (this.at === start) this.at++;
		else if (this.char() === '"' && /^"\s*:/.test(this.text.slice(this.at, this.at + 20))) {
			this.at++;
			return name;
		}
		return name === "" || this.char() === '"' || this.char() === "}" ? undefined : name;
	}

	private memberValue(): Json | undefined {
		this.skipBlanks(":");
		if (this.char() === ":" || this.char() === ",") this.at++;
		this.skipBlanks("}");
		return ",}".includes(this.char()) ? "" : this.value("member");
	}

	private array(close: string): Json[] | undefined {
		this.at++;
		if (++this.depth > MAX_DEPTH) return undefined;
		const list: Json[] = [];
		for (;;) {
			this.skipBlanks("]");
			const char = this.char();
			if (char === ",") this.at++;
			else if (char === "" || char === close || char === "}" || char === "]") break;
			else {
				const before = this.at;
				const value = this.value("element");
				if (value === undefined) return undefined;
				list.push(value);
				this.skipToNext(`,]}${close}{[-0123456789`);
				if (this.at === before) this.at++;
			}
		}
		if (this.char() === close) this.at++;
		this.depth--;
		return list;
	}

	private value(place: StringPlace): Json | undefined {
		const char = this.char();
		if (char === "{") return this.object();
		if (char === "[") return this.array("]");
		if (char === "(") return this.array(")");
		if (char in QUOTES) return this.fenced() ?? this.quoted(place);
		if (/[\d.+-]/.test(char)) return this.number(place);
		return this.word(place);
	}

	/** A string that holds a code block of JSON with its quotes not escaped: the JSON itself. */
	private fenced(): Json | undefined {
		if (!this.text.startsWith("```json", this.at + 1)) return undefined;
		const open = this.at + "```json".length + 1;
		const close = this.text.indexOf("```", open);
		if (close < 0 || this.ends.isPlain(this.at, "member")) return undefined;
		const inner = repairObject(this.text.slice(open, close));
		if (inner !== undefined) this.at = close + "```".length;
		return inner;
	}

	private quoted(place: StringPlace): string {
		const close = QUOTES[this.char()] ?? '"';
		const doubled =
			this.char() === this.char(1) && /[\p{L}\p{N} ]/u.test(this.char(2)) && !this.ends.follows(this.at + 2, place);
		if (doubled) this.at++;
		const end = this.ends.find({ from: this.at + 1, close, place });
		const raw = this.text.slice(this.at + 1, end.text);
		this.at = end.next;
		return readEscapes(raw, end.plain);
	}

	/** A number, or the text of what only begins like one (`1/3`, an identifier). */
	private number(place: StringPlace): Json {
		const start = this.at;
		const digits = place === "member" ? /[\d.eE+\-/_,]/ : /[\d.eE+\-/_]/;
		while (digits.test(this.char())) this.at++;
		if (this.char(-1) !== "," && /[\p{L}\p{N}]/u.test(this.char())) {
			this.at = start;
			return this.word(place);
		}
		while (this.at > start && /[-+eE/,]/.test(this.char(-1))) this.at--;
		const written = this.text.slice(start, this.at);
		if (written === "") return this.word(place);
		const plain = written.replaceAll("_", "");
		const value = Number(plain);
		return /[,/]/.test(written) || Number.isNaN(value) ? written : value;
	}

	/** Text without quotes, up to where the next member or element must begin. */
	private word(place: StringPlace): Json {
		const start = this.at;
		const stops = place === "element" ? ',]"\n' : ',}"\n';
		while (this.at < this.text.length && !stops.includes(this.char())) this.at++;
		const written = this.text.slice(start, this.at).trim();
		const literal = LITERALS.get(written.toLowerCase());
		return literal === undefined ? written : literal;
	}

	/** Passes over what does not belong to a value: a stray quote, a word after a string. */
	private skipToNext(stops: string): void {
		for (;;) {
			this.skipBlanks("}");
			const char = this.char();
			if (char === "" || stops.includes(char)) return;
			if (char in QUOTES && !/^.\s*(?:[,}\]]|$)/s.test(this.text.slice(this.at, this.at + 20))) return;
			this.at++;
		}
	}

	/** Blanks and comments; a `#` comment also ends where the text it stands in must go on. */
	private skipBlanks(stop: string): void {
		const blanks = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S])))+/y;
		for (;;) {
			blanks.lastIndex = this.at;
			if (blanks.test(this.text)) this.at = blanks.lastIndex;
			if (this.char() !== "#") return;
			while (this.at < this.text.length && this.char() !== "\n" && this.char() !== stop) this.at++;
		}
	}
}

const isObject = (value: Json | undefined): value is JsonObject =>
	typeof value === "object" && value !== null && !Array.isArray(value);
