import { type PrivateShape, SHAPES, wordShape } from "./redact-shapes";
import { REDACTION_KINDS, type RedactionKind, SHAPED_KINDS } from "./redaction-kinds";

/** What is to be taken out. */
export type RedactionRules = { kinds: readonly RedactionKind[]; words: readonly string[] };

/** Places taken out, by kind. */
export type RedactionCounts = Record<RedactionKind, number>;

/** One place taken out: the text as it was, and what stands there instead. */
export type Removed = { kind: RedactionKind; text: string; marker: string };

type Shape = PrivateShape & { kind: RedactionKind };

export type Redactor = {
	/** The text without what is to be taken out. */
	text(text: string): string;
	/** The same for every text within a JSON value; what stands under a name like `password` goes whole. */
	value<T>(value: T): T;
	/** Places taken out so far. */
	counts: RedactionCounts;
};

const MARKS: Record<RedactionKind, string> = {
	keys: "key",
	emails: "email",
	paths: "path",
	addresses: "address",
	words: "removed",
};
const MARKER = new RegExp(`(\\[(?:${Object.values(MARKS).join("|")}) \\d+\\])`);
const SECRET_FIELD =
	/(?:passw(?:or)?d|pwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization|cookie|[a-z][_-]?token|^token)$/i;

/**
 * Takes private things out of texts. The same thing gets the same marker in every text that one redactor sees; text
 * that holds markers already is left as it is around them. Linear in the text. `onRemoved` hears of every place.
 */
export function redactor(rules: RedactionRules, onRemoved: (removed: Removed) => void = () => undefined): Redactor {
	const shapes = SHAPED_KINDS.filter((kind) => rules.kinds.includes(kind)).flatMap((kind): Shape[] =>
		SHAPES[kind].map((shape) => ({ ...shape, kind })),
	);
	const chosen = rules.kinds.includes("words") ? wordShape(rules.words) : undefined;
	const all: Shape[] = chosen ? [...shapes, { ...chosen, kind: "words" }] : shapes;
	const numbers: Record<RedactionKind, Map<string, number>> = {
		keys: new Map(),
		emails: new Map(),
		paths: new Map(),
		addresses: new Map(),
		words: new Map(),
	};
	const counts: RedactionCounts = { keys: 0, emails: 0, paths: 0, addresses: 0, words: 0 };

	const remove = (kind: RedactionKind, text: string): string => {
		const known = numbers[kind];
		const key = kind === "emails" || kind === "words" ? text.toLowerCase() : text;
		const number = known.get(key) ?? known.size + 1;
		known.set(key, number);
		counts[kind]++;
		const marker = `[${MARKS[kind]} ${number}]`;
		onRemoved({ kind, text, marker });
		return marker;
	};
	const redact = (text: string, by: readonly Shape[]): string => {
		let before = text;
		for (;;) {
			const after = before
				.split(MARKER)
				.map((part, at) => (at % 2 === 0 ? replaceSpans(part, spansIn(part, by), remove) : part))
				.join("");
			if (after === before) return after;
			before = after;
		}
	};
	const field = (name: string, value: unknown): unknown =>
		rules.kinds.includes("keys") && typeof value === "string" && value !== "" && SECRET_FIELD.test(name)
			? remove("keys", value)
			: deep(value);
	const deep = (value: unknown): unknown => {
		if (typeof value === "string") return redact(value, all);
		if (Array.isArray(value)) return value.map(deep);
		if (value === null || typeof value !== "object") return value;
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [redact(name, shapes), field(name, inner)]));
	};
	return { text: (text) => redact(text, all), value: <T>(value: T) => deep(value) as T, counts };
}

type Span = { from: number; to: number; kind: RedactionKind };

function spansIn(text: string, shapes: readonly Shape[]): Span[] {
	const spans: Span[] = [];
	for (const shape of shapes) for (const span of spansOf(text, shape)) spans.push(span);
	return spans.length > 1 ? united(spans.sort((a, b) => a.from - b.from)) : spans;
}

function* spansOf(text: string, { kind, pattern, isIt }: Shape): Iterable<Span> {
	pattern.lastIndex = 0;
	for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
		const groups = found.indices?.groups;
		const [from, to] = groups?.secret ??
			groups?.double ??
			groups?.single ??
			groups?.bare ??
			found.indices?.[0] ?? [0, 0];
		if (!isIt || isIt(found)) yield { from, to, kind };
		else if (from > found.index) pattern.lastIndex = from;
	}
}

/** Spans in order, without overlaps: those that touch become one, of the kind that stands first in the list of kinds. */
function united(sorted: readonly Span[]): Span[] {
	const kept: Span[] = [];
	for (const span of sorted) {
		const last = kept.at(-1);
		if (!last || span.from >= last.to) {
			kept.push({ ...span });
			continue;
		}
		last.to = Math.max(last.to, span.to);
		if (REDACTION_KINDS.indexOf(span.kind) < REDACTION_KINDS.indexOf(last.kind)) last.kind = span.kind;
	}
	return kept;
}

function replaceSpans(
	text: string,
	spans: readonly Span[],
	remove: (kind: RedactionKind, text: string) => string,
): string {
	if (spans.length === 0) return text;
	let out = "";
	let at = 0;
	for (const { from, to, kind } of spans) {
		out += text.slice(at, from) + remove(kind, text.slice(from, to));
		at = to;
	}
	return out + text.slice(at);
}
