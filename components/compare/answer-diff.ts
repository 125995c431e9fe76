import { diffArrays } from "diff";
import type { Both } from "@/lib/trajectory/align";

/** A line of an answer as it is shown: its text in parts, those the other answer does not have marked. */
export type AnswerLine = { kind: "heading" | "item" | "text"; parts: { text: string; isOwn: boolean }[] };
/** `isMarked` is false when the answers are too unlike to be compared word by word; `cut`: how many characters were looked at. */
export type AnswerDiff = Both<AnswerLine[]> & { isMarked: boolean; cut?: number };

/** Characters of an answer that are compared and shown. */
const MOST_CHARS = 60_000;
const TIMEOUT_MS = 1500;
/** Fewer equal words than this between two differences are noise. */
const ISLAND_WORDS = 2;

const segmenter = new Intl.Segmenter("und", { granularity: "word" });

type Token = { text: string; key: string; isWord: boolean };

/**
 * Two answers in Markdown, compared word by word (by dictionary where a script has no spaces). Numbers of citations are
 * each run's own, so they never count as a difference.
 */
export function diffAnswers(a: string, b: string): AnswerDiff {
	const tokens = { a: tokensOf(plainLines(a.slice(0, MOST_CHARS))), b: tokensOf(plainLines(b.slice(0, MOST_CHARS))) };
	const changes = diffArrays(
		tokens.a.map(({ key }) => key),
		tokens.b.map(({ key }) => key),
		{ timeout: TIMEOUT_MS },
	);
	const own = { a: new Set<number>(), b: new Set<number>() };
	const at = { a: 0, b: 0 };
	for (const { added, removed, count } of changes ?? []) {
		if (!added) at.a = enter(own.a, at.a, removed ? count : -count);
		if (!removed) at.b = enter(own.b, at.b, added ? count : -count);
	}
	return {
		a: linesOf(tokens.a, joined(tokens.a, own.a)),
		b: linesOf(tokens.b, joined(tokens.b, own.b)),
		isMarked: changes !== undefined,
		...(Math.max(a.length, b.length) > MOST_CHARS && { cut: MOST_CHARS }),
	};
}

/** Passes over `count` tokens, entering them; a negative count only passes. Returns the place behind. */
function enter(own: Set<number>, from: number, count: number): number {
	for (let at = from; at < from + count; at++) own.add(at);
	return from + Math.abs(count);
}

/** Takes Markdown's signs off what is read as prose; headings and items keep a sign of their own. */
function plainLines(markdown: string): string {
	return markdown
		.replace(/\r\n?/g, "\n")
		.replace(/^[ \t]*\|?[ \t:|-]*-{3}[ \t:|-]*$/gm, "")
		.replace(/^[ \t]*\|(.+)\|[ \t]*$/gm, (_, cells: string) => cells.trim().replace(/\s*\|\s*/g, " · "))
		.replace(/\n{2,}/g, "\n")
		.replace(/^[ \t]*[-*+][ \t]+/gm, "• ")
		.replace(/\*\*|__|`/g, "")
		.replace(/!?\[([^\]\n]+)\]\([^)\n]*\)/g, "$1")
		.trim();
}

function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	for (const part of text.split(/(\[\d{1,3}\]|\n)/)) {
		if (/^\[\d+\]$/.test(part)) tokens.push({ text: part, key: "[]", isWord: false });
		else if (part === "\n") tokens.push({ text: part, key: part, isWord: false });
		else {
			for (const { segment, isWordLike } of segmenter.segment(part)) {
				const key = /^\s+$/.test(segment) ? " " : segment.toLowerCase();
				tokens.push({ text: segment, key, isWord: isWordLike === true });
			}
		}
	}
	return tokens;
}

/** Joins differences across the few words they share, so that a rewritten sentence is one mark, not a dozen. */
function joined(tokens: readonly Token[], own: ReadonlySet<number>): Set<number> {
	const all = new Set(own);
	let last: number | undefined;
	for (const [at, token] of tokens.entries()) {
		if (token.key === "\n") last = undefined;
		if (!own.has(at)) continue;
		if (last !== undefined && wordsBetween(tokens, last, at) < ISLAND_WORDS) {
			for (let between = last + 1; between < at; between++) all.add(between);
		}
		last = at;
	}
	return all;
}

const wordsBetween = (tokens: readonly Token[], from: number, to: number): number =>
	tokens.slice(from + 1, to).filter(({ isWord }) => isWord).length;

function linesOf(tokens: readonly Token[], own: ReadonlySet<number>): AnswerLine[] {
	const lines: AnswerLine[] = [];
	let parts: AnswerLine["parts"] = [];
	const end = () => {
		if (parts.length > 0) lines.push(lineOf(parts));
		parts = [];
	};
	for (const [at, { text }] of tokens.entries()) {
		const last = parts.at(-1);
		if (text === "\n") end();
		else if (last && last.isOwn === own.has(at)) last.text += text;
		else parts.push({ text, isOwn: own.has(at) });
	}
	end();
	return lines;
}

function lineOf(parts: AnswerLine["parts"]): AnswerLine {
	const text = parts.map((part) => part.text).join("");
	const sign = /^(?:#{1,6} +|• )/.exec(text)?.[0] ?? "";
	if (!sign) return { kind: "text", parts };
	return { kind: sign.startsWith("#") ? "heading" : "item", parts: withoutStart(parts, sign.length) };
}

function withoutStart(parts: AnswerLine["parts"], chars: number): AnswerLine["parts"] {
	let left = chars;
	return parts.flatMap(({ text, isOwn }) => {
		const cut = text.slice(left);
		left = Math.max(0, left - text.length);
		return cut ? [{ text: cut, isOwn }] : [];
	});
}
