import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { rowsOf } from "../../test-data";

export type TruePage = { id: string; url: string; html: string; type: string; text: string };

type ReviewedRow = { id: string; url: string; html: string; page_type: string; main_content: string | null };
type ArticleRow = { id: string; url: string; html: string; articleBody: string };

const unpacked = (folder: string, path: string): string =>
	gunzipSync(readFileSync(join(folder, path))).toString("utf8");

/** Pages of many kinds with their reviewed main content; those without one are left out. */
export const reviewedPages = (folder: string): TruePage[] =>
	rowsOf<ReviewedRow>(folder, "truth.jsonl").flatMap(({ id, url, html, page_type: type, main_content: text }) =>
		text ? [{ id, url, html: unpacked(folder, html), type, text }] : [],
	);

/** News and blog pages with their article's text. */
export const articlePages = (folder: string): TruePage[] =>
	rowsOf<ArticleRow>(folder, "truth.jsonl").map(({ id, url, html, articleBody: text }) => ({
		id,
		url,
		html: unpacked(folder, html),
		type: "article",
		text,
	}));

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

function counted(keys: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}

/** Harmonic mean of how much of the text is true and how much of the truth is there, word by word. */
export function wordF1(text: string, truth: string): number {
	const [found, wanted] = [counted(wordsOf(text.toLowerCase())), counted(wordsOf(truth.toLowerCase()))];
	const shared = sharedOf(found, wanted);
	return shared === 0 ? 0 : (2 * shared) / (totalOf(found) + totalOf(wanted));
}

const totalOf = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

const sharedOf = (a: Map<string, number>, b: Map<string, number>): number =>
	[...a].reduce((sum, [key, count]) => sum + Math.min(count, b.get(key) ?? 0), 0);

function shingles(text: string): Map<string, number> {
	const words = wordsOf(text);
	if (words.length === 0) return new Map();
	const runs = Math.max(1, words.length - 3);
	return counted(Array.from({ length: runs }, (_, at) => words.slice(at, at + 4).join(" ")));
}

/** F1 of mean precision and mean recall over runs of four words, as the article-extraction benchmark counts it. */
export function shingleF1(pairs: readonly { text: string; truth: string }[]): number {
	const precisions: number[] = [];
	const recalls: number[] = [];
	for (const { text, truth } of pairs) {
		const [found, wanted] = [shingles(text), shingles(truth)];
		const shared = sharedOf(found, wanted);
		if (found.size > 0) precisions.push(shared / totalOf(found));
		if (wanted.size > 0) recalls.push(shared / totalOf(wanted));
	}
	const [precision, recall] = [mean(precisions), mean(recalls)];
	return (2 * precision * recall) / (precision + recall);
}

export const mean = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Markdown as a reader sees it: link targets, table rules and marks of emphasis left out. */
export const asProse = (markdown: string): string =>
	markdown
		.replace(/\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)/g, "]")
		.replace(/^\|?(?:\s*:?-{3,}:?\s*\|)+\s*$/gm, "")
		.replace(/(?<![\p{L}\p{N}])[*_]{1,3}|[*_]{1,3}(?![\p{L}\p{N}])/gu, "")
		.replace(/\\([\\`*_{}[\]()#+\-.!|>~])/g, "$1");
