import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDocuments, type LibraryDocument } from "../../lib/library/ingest";
import { Librarian } from "../../lib/library/librarian";
import { openShelf } from "../../lib/library/shelf";
import { rowsOf, testData } from "../test-data";
import { random } from "../vllm/random";

type Question = { question: string; evidence_ids: string[]; lang?: string };

const SIZE = 100_000;

/** Real documents, then variations of them with their words drawn from two at a time, until there are enough. */
function enlarged(documents: readonly LibraryDocument[], size: number): LibraryDocument[] {
	const next = random(1);
	const any = () => documents[Math.floor(next() * documents.length)] as LibraryDocument;
	const found = [...documents];
	while (found.length < size) {
		const [a, b] = [any(), any()];
		const words = [...a.text.slice(0, 700).split(" "), ...b.text.slice(0, 300).split(" ")];
		const n = found.length;
		found.push({
			id: `v${n}`,
			url: `https://variation.test/${n}`,
			title: `${a.title} ${n}`,
			text: words.sort(() => next() - 0.5).join(" "),
		});
	}
	return found;
}

const percentile = (values: number[], share: number) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

/** Share of questions with all their evidence among the first ten documents. */
function recall(
	librarian: Librarian,
	collection: string,
	questions: readonly Question[],
	maxWords?: number,
): { all: number; ms: number[] } {
	const ms: number[] = [];
	let hits = 0;
	for (const { question, evidence_ids } of questions) {
		const since = performance.now();
		const results = librarian.search([collection], {
			text: question,
			limit: 10,
			offset: 0,
			...(maxWords && { maxWords }),
		});
		ms.push(performance.now() - since);
		const ids = new Set(results.hits.map(({ docId }) => docId));
		if (evidence_ids.every((id) => ids.has(id))) hits++;
	}
	return { all: hits / questions.length, ms };
}

async function speed(folder: string, wiki: string): Promise<void> {
	const documents = enlarged(rowsOf<LibraryDocument>(wiki, "corpus.jsonl"), SIZE);
	const sqlite = openShelf(join(folder, "library.db"));
	const since = performance.now();
	for (let at = 0; at < documents.length; at += 200) addDocuments(sqlite, "big", documents.slice(at, at + 200));
	console.log(
		`indexed ${documents.length.toLocaleString("en")} documents in ${((performance.now() - since) / 1000).toFixed(1)} s`,
	);
	sqlite.close();
	const librarian = new Librarian(folder);
	const questions = rowsOf<Question>(wiki, "questions.jsonl");
	recall(librarian, "big", questions.slice(0, 20));
	const asked = recall(librarian, "big", questions);
	const full = recall(librarian, "big", questions, 1000);
	console.log(
		`search p50 ${percentile(asked.ms, 0.5).toFixed(1)} ms, p95 ${percentile(asked.ms, 0.95).toFixed(1)} ms (${questions.length} real questions)`,
	);
	console.log(`  every word asked: p95 ${percentile(full.ms, 0.95).toFixed(1)} ms`);
	console.log(
		`all evidence in the first 10: ${asked.all.toFixed(3)} with 8 words, ${full.all.toFixed(3)} with every word`,
	);
	librarian.close();
}

/** Share of all evidence among the first ten documents, by how many of the rarest words are asked. */
async function fewerWords(folder: string, name: string, data: string): Promise<void> {
	const librarian = new Librarian(folder);
	await librarian.add(join(data, "corpus.jsonl"), name);
	const questions = rowsOf<Question>(data, "questions.jsonl");
	const figures = [6, 7, 8, 10, 1000].map((words) => {
		let found = 0;
		let all = 0;
		for (const { question, evidence_ids } of questions) {
			const results = librarian.search([name], { text: question, limit: 10, offset: 0, maxWords: words });
			const ids = new Set(results.hits.map(({ docId }) => docId));
			found += evidence_ids.filter((id) => ids.has(id)).length;
			all += evidence_ids.length;
		}
		return `${words === 1000 ? "all" : words} words ${(found / all).toFixed(3)}`;
	});
	console.log(`${name}: recall@10 ${figures.join(", ")}`);
	librarian.close();
}

async function languages(folder: string, data: string): Promise<void> {
	const librarian = new Librarian(folder);
	await librarian.add(join(data, "corpus.jsonl"), "languages");
	const questions = rowsOf<Question>(data, "questions.jsonl");
	const byLanguage = Map.groupBy(questions, ({ lang }) => lang ?? "?");
	for (const [lang, asked] of byLanguage) {
		console.log(
			`  ${lang}: evidence in the first 10 for ${recall(librarian, "languages", asked).all.toFixed(3)} of ${asked.length} questions`,
		);
	}
	librarian.close();
}

/** `npm run bench -- library`: search in 100,000 documents, what fewer query words cost, and eight languages. */
export async function run(): Promise<void> {
	const [wiki, xquad] = [testData("multihop-wiki"), testData("xquad-multilingual")];
	const folder = mkdtempSync(join(tmpdir(), "soundings-library-"));
	if (wiki) await speed(join(folder, "big"), wiki);
	for (const name of ["multihop-wiki", "ottqa-links"]) {
		const data = testData(name);
		if (data) await fewerWords(join(folder, name), name, data);
	}
	if (xquad) await languages(join(folder, "languages"), xquad);
	rmSync(folder, { recursive: true });
}
