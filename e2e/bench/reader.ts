import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { closeExtraction, extractHtml } from "../../lib/web/extract";
import { testData } from "../test-data";
import { articlePages, asProse, mean, reviewedPages, shingleF1, type TruePage, wordF1 } from "./reader/score";

type Reader = { name: string; read: (page: TruePage) => Promise<string> };

const BLOCKS = "p, div, li, h1, h2, h3, h4, h5, h6, tr, br, td, th, blockquote, pre";

/** Readability with its own settings on the same parser, its article as text. */
async function plainReadability({ html }: TruePage): Promise<string> {
	const { document } = parseHTML(/<html/i.test(html) ? html : `<html><body>${html}</body></html>`);
	const article = new Readability(document as unknown as Document).parse();
	const { document: found } = parseHTML(`<html><body>${article?.content ?? ""}</body></html>`);
	for (const block of found.querySelectorAll(BLOCKS)) block.append("\n");
	return found.body.textContent ?? "";
}

const READERS: Reader[] = [
	{
		name: "ours",
		read: async ({ html, url }) =>
			asProse(
				await extractHtml(html, url).then(
					({ text }) => text,
					() => "",
				),
			),
	},
	{ name: "plain Readability", read: plainReadability },
];

type Figures = { name: string; ms: number[]; texts: Map<TruePage, string> };

async function readAll({ name, read }: Reader, pages: readonly TruePage[]): Promise<Figures> {
	const ms: number[] = [];
	const texts = new Map<TruePage, string>();
	for (const page of pages) {
		const since = performance.now();
		texts.set(page, await read(page));
		ms.push(performance.now() - since);
	}
	return { name, ms, texts };
}

/** Pages a second when all are asked for at once, as many runs do. */
async function throughput(pages: readonly TruePage[]): Promise<number> {
	const since = performance.now();
	await Promise.allSettled(pages.map(({ html, url }) => extractHtml(html, url)));
	return pages.length / ((performance.now() - since) / 1000);
}

const at = (values: readonly number[], share: number): string =>
	([...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0).toFixed(0);

/**
 * `npm run bench -- reader`: how much of the main content is found, beside plain Readability on the same pages, and
 * pages a second. Markdown is scored as its reader sees it, without link targets.
 */
export async function run(): Promise<void> {
	const [reviewed, articles] = [testData("html-wcxb"), testData("html-articles-zyte")];
	const kinds = reviewed ? reviewedPages(reviewed) : [];
	const bodies = articles ? articlePages(articles) : [];
	const all = [...kinds, ...bodies];
	if (all.length === 0) return;
	await extractHtml("<p>A page to start the threads with.</p>", "https://example.org/");
	for (const reader of READERS) {
		const { name, ms, texts } = await readAll(reader, all);
		console.log(`${name}: p50 ${at(ms, 0.5)} ms, p95 ${at(ms, 0.95)} ms, longest ${at(ms, 0.9999)} ms`);
		const f1 = (pages: readonly TruePage[]) => mean(pages.map((page) => wordF1(texts.get(page) ?? "", page.text)));
		const byKind = [...Map.groupBy(kinds, ({ type }) => type)].map(([type, of]) => `${type} ${f1(of).toFixed(3)}`);
		console.log(`  word F1 on ${kinds.length} pages of seven kinds: ${f1(kinds).toFixed(3)} (${byKind.join(", ")})`);
		const pairs = bodies.map((page) => ({ text: texts.get(page) ?? "", truth: page.text }));
		if (pairs.length > 0) console.log(`  4-gram F1 on ${pairs.length} articles: ${shingleF1(pairs).toFixed(3)}`);
	}
	console.log(`ours, all at once in two threads: ${(await throughput(all)).toFixed(1)} pages a second`);
	await closeExtraction();
}
