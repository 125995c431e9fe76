import { passagesOf } from "../../trajectory/rank";
import { dateInWords, nameKey, namesIn, plainText } from "./language";
import {
	addCandidate,
	candidateFor,
	type Finding,
	forget,
	massOf,
	merged,
	type Notebook,
	type OpenedPage,
	placeKey,
	termNumbers,
	titleKeyOf,
} from "./notebook";
import type { Question } from "./question";
import type { ToolReading } from "./results";

const MAX_NAMES = 400;
const MAX_FINDINGS = 60;
const NAMING_PASSAGES = 12;

/** Enters an opened page: its findings, the names in the best of them, its links both ways. */
export function takePage(notebook: Notebook, reading: Extract<ToolReading, { kind: "page" }>): void {
	const { question } = notebook;
	const address = placeKey(reading.url);
	forget(notebook, address);
	notebook.visited.add(address);
	const all = findingsIn(question, reading.text);
	const head = termNumbers(question, `${reading.title} ${reading.source} ${dateInWords(reading.date)}`);
	const page: OpenedPage = {
		index: notebook.opened.length,
		url: reading.url,
		title: reading.title,
		key: titleKeyOf(reading.title),
		source: reading.source,
		date: reading.date,
		terms: all.reduce((terms, finding) => merged(terms, finding.terms), head),
		head,
		findings: keptOf(notebook, all),
	};
	notebook.opened.push(page);
	takeNames(notebook, page);
	if (notebook.options.followLinks !== false) takeLinks(notebook, page, reading);
	if (reading.next !== undefined) {
		const rest = addCandidate(notebook, `${address}#${reading.next}`, { ...reading, start: reading.next });
		rest.hits.push({ query: 0, rank: 4, ratio: 0.5 });
	}
}

/** Passages with the terms in them and, from the headings above, around them. */
function findingsIn(question: Question, text: string): Finding[] {
	const path: { level: number; terms: number[] }[] = [];
	let section = 0;
	return passagesOf(text).map((passage, at) => {
		const terms = termNumbers(question, passage.text);
		if (passage.kind === "heading") {
			const level = /^#+/.exec(passage.text)?.[0].length ?? 1;
			while ((path.at(-1)?.level ?? 0) >= level) path.pop();
			path.push({ level, terms });
			section++;
		}
		return { ...passage, at, terms, section, above: path.flatMap((heading) => heading.terms) };
	});
}

function keptOf(notebook: Notebook, all: readonly Finding[]): Finding[] {
	if (all.length <= MAX_FINDINGS) return [...all];
	const best = byMass(notebook, all).slice(0, MAX_FINDINGS / 2);
	const kept = new Set([0, 1, 2, ...best.flatMap(({ at }) => [at - 1, at, at + 1])]);
	return all.filter(({ at }) => kept.has(at)).slice(0, 2 * MAX_FINDINGS);
}

function byMass(notebook: Notebook, findings: readonly Finding[]): Finding[] {
	return findings
		.map((finding) => ({ finding, mass: massOf(notebook, finding.terms) }))
		.sort((a, b) => b.mass - a.mass || a.finding.at - b.finding.at)
		.map(({ finding }) => finding);
}

function takeNames(notebook: Notebook, page: OpenedPage): void {
	const { question, names } = notebook;
	const prose = page.findings.filter(({ kind }) => kind !== "code" && kind !== "heading");
	const chosen = new Set([...prose.slice(0, 3), ...byMass(notebook, prose).slice(0, NAMING_PASSAGES)]);
	for (const { text, terms } of chosen) {
		for (const name of new Set(namesIn(plainText(text.replace(/`[^`]*`/g, " "))))) {
			const key = nameKey(name);
			if (!key || key === page.key || /^\d+$/.test(key) || question.key.includes(` ${key} `)) continue;
			const known = names.get(key);
			if (known) known.mentions.push({ page: page.index, terms });
			else if (names.size < MAX_NAMES) {
				names.set(key, { key, text: name, mentions: [{ page: page.index, terms }], asked: false });
			}
		}
	}
}

function takeLinks(notebook: Notebook, page: OpenedPage, reading: Extract<ToolReading, { kind: "page" }>): void {
	const { links, linkedFrom } = reading;
	const texts = links.map(({ title, context }) => termNumbers(notebook.question, `${title} ${context}`));
	const masses = texts.map((terms) => massOf(notebook, terms));
	const steps = [...new Set(masses)].sort((a, b) => b - a);
	links.forEach((link, at) => {
		const candidate = candidateFor(notebook, { ...link, url: link.url.replace(/#.*$/, "") });
		const rank = steps.indexOf(masses[at] ?? 0);
		candidate?.links.push({ page: page.index, terms: texts[at] ?? [], rank });
	});
	for (const link of linkedFrom) candidateFor(notebook, link)?.backLinks.push(page.index);
}
