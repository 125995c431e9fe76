import { termsOf } from "../../trajectory/rank";
import { isStopWord } from "./language";
import { type NameSeen, type Notebook, queryKey } from "./notebook";
import { type Scale, scaleOf, strengthOf, type Weighed, weighCandidates } from "./worth";

export type Step =
	| { act: "search"; tool: string; q: string; why: string; names: string[]; worth: number }
	| { act: "open"; weighed: Weighed }
	| { act: "answer"; enough: boolean };

type QueryIdea = { q: string; worth: number; why: string; names: string[] };

/** Below this chance nothing is worth another call. */
const LEAST_WORTH = 0.012;
const NAMES_A_QUERY = 3;
const QUERY_WORDS = 8;

/** The next step: the search or the page with the greatest expected gain, as far as the notebook tells. */
export function nextStep(notebook: Notebook, tools: readonly string[]): Step {
	const scale = scaleOf(notebook);
	const [best] = weighCandidates(notebook, scale);
	const search = bestSearch(notebook, tools, scale);
	const worth = best?.worth ?? 0;
	if (search && search.worth > worth && search.worth >= LEAST_WORTH) return search;
	if (best && worth >= LEAST_WORTH) return { act: "open", weighed: best };
	return { act: "answer", enough: scale.openMass < 0.35 };
}

function bestSearch(
	notebook: Notebook,
	tools: readonly string[],
	scale: Scale,
): Extract<Step, { act: "search" }> | undefined {
	const ideas: (QueryIdea | undefined)[] = [firstIdea(notebook)];
	if (notebook.options.followUps !== false && notebook.queries.length > 0) {
		ideas.push(...nameIdeas(notebook), ...mentionIdeas(notebook, scale), openIdea(notebook, scale));
	}
	let best: Extract<Step, { act: "search" }> | undefined;
	for (const idea of ideas) {
		if (!idea) continue;
		const key = queryKey(idea.q);
		const tool = tools.find((name) => !notebook.queries.some((asked) => asked.tool === name && asked.key === key));
		if (tool === undefined) continue;
		const worth = idea.worth * (tool === tools[0] ? 1 : 0.7);
		if (!best || worth > best.worth) best = { act: "search", tool, ...idea, worth };
	}
	return best;
}

const firstIdea = ({ question }: Notebook): QueryIdea => ({
	q: question.text,
	worth: 1,
	why: "first",
	names: [],
});

/** A name of the question that no page seen so far has for its title. */
function nameIdeas(notebook: Notebook): QueryIdea[] {
	return notebook.question.names
		.filter(({ key }) => !notebook.byTitle.has(key) && !notebook.opened.some((page) => page.key === key))
		.map(({ text }) => ({ q: text, worth: 0.2, why: "name", names: [text] }));
}

/** The names that good pages point to, a few at a time, with what is open of the question. */
function mentionIdeas(notebook: Notebook, scale: Scale): QueryIdea[] {
	const strong = unresolved(notebook)
		.map((name) => ({ name, strength: strengthOf(notebook, name, scale.relevance) }))
		.filter(({ strength }) => strength > 0.02)
		.sort((a, b) => b.strength - a.strength)
		.slice(0, NAMES_A_QUERY);
	if (strong.length === 0) return [];
	const names = strong.map(({ name }) => name.text);
	const words = names.join(" ").split(/\s+/).length;
	const rest = openWords(notebook, scale).slice(0, Math.max(2, QUERY_WORDS - words));
	const worth = 0.5 * strong.reduce((sum, { strength }) => sum + strength, 0);
	return [{ q: [...names, ...rest].join(" "), worth: Math.min(0.6, worth), why: "mention", names }];
}

const unresolved = (notebook: Notebook): NameSeen[] =>
	[...notebook.names.values()].filter(
		({ key, asked }) => !asked && !notebook.byTitle.has(key) && !notebook.opened.some((page) => page.key === key),
	);

/** What no good page covers yet, on its own. */
function openIdea(notebook: Notebook, scale: Scale): QueryIdea | undefined {
	if (notebook.opened.length < 2) return undefined;
	const words = openWords(notebook, scale).slice(0, QUERY_WORDS);
	if (words.length < 2) return undefined;
	return { q: words.join(" "), worth: 0.25 * scale.openMass, why: "open", names: [] };
}

/** The question's own words whose terms are open, heaviest first. */
function openWords({ question }: Notebook, { open }: Scale): string[] {
	const words = new Map<number, string>();
	for (const word of question.text.split(/[^\p{L}\p{M}\p{N}]+/u)) {
		const number = question.numbers.get(termsOf(word)[0] ?? "") ?? -1;
		if (number >= 0 && !isStopWord(word) && !words.has(number)) words.set(number, word);
	}
	return [...words]
		.filter(([number]) => (open[number] ?? 0) > 0.01)
		.sort(([a], [b]) => (open[b] ?? 0) - (open[a] ?? 0))
		.map(([, word]) => word);
}
