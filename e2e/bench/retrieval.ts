import { parseArgs } from "node:util";
import { testData } from "../test-data";
import { type EngineOptions, type Rollout, rollOut } from "./retrieval/rollout";
import { abstains, interval, match, mean } from "./retrieval/score";
import { type BenchQuestion, Shelf } from "./retrieval/shelf";

const BUDGETS = [2, 5, 10, 20, 40];
const DEEPEST = 40;
const SETS = ["multihop-wiki", "ottqa-links", "news-multihop"];
const ARMS: { name: string; options: EngineOptions }[] = [
	{ name: "engine", options: {} },
	{ name: "links off", options: { followLinks: false } },
	{ name: "follow-ups off", options: { followUps: false } },
];

type Tried = { question: BenchQuestion; rollout: Rollout };

/**
 * `npm run bench -- retrieval [--set NAME] [--sample N] [--arms 1] [--show N]`: share of questions whose evidence is
 * all opened, against one query with the raw question whose best B−1 results are opened.
 */
export async function run(args: readonly string[]): Promise<void> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			set: { type: "string" },
			sample: { type: "string" },
			arms: { type: "string", default: "3" },
			show: { type: "string" },
		},
	});
	for (const name of values.set?.split(",") ?? SETS) {
		const folder = testData(name);
		if (folder === undefined) {
			console.log(`${name}: no test data here (SOUNDINGS_TEST_DATA)`);
			continue;
		}
		const shelf = new Shelf(folder);
		await shelf.fill();
		const questions = sampled(shelf.questions, Number(values.sample ?? shelf.questions.length));
		console.log(`\n# ${name}, ${questions.length} questions`);
		for (const arm of ARMS.slice(0, Number(values.arms))) await runArm(shelf, questions, arm, Number(values.show ?? 0));
		shelf.close();
	}
}

/** Evenly spread over the file, so that every type is in it. */
const sampled = (questions: readonly BenchQuestion[], wanted: number): BenchQuestion[] => {
	const stride = Math.max(1, Math.floor(questions.length / wanted));
	return questions.filter((_, at) => at % stride === 0);
};

async function runArm(
	shelf: Shelf,
	questions: readonly BenchQuestion[],
	{ name, options }: (typeof ARMS)[number],
	show: number,
): Promise<void> {
	const since = performance.now();
	const tried: Tried[] = [];
	for (const question of questions) {
		const rollout = await rollOut(shelf, question, DEEPEST, options);
		tried.push({ question, rollout });
		if (tried.length <= show) print(question, rollout);
	}
	const seconds = (performance.now() - since) / 1000;
	console.log(`\n${name} (${seconds.toFixed(0)} s)`);
	coverage(
		shelf,
		tried.filter(({ question }) => question.evidence_ids.length > 0),
	);
	if (name === "engine") answers(tried);
}

function print({ question, type, answer, evidence_ids }: BenchQuestion, rollout: Rollout): void {
	console.log(`\n${type}: ${question} => ${answer} | ${rollout.answer}`);
	for (const { docId, line } of rollout.actions) {
		console.log(`  ${docId !== undefined && evidence_ids.includes(docId) ? "+" : " "} ${line}`);
	}
}

const number = (value: number): string => value.toFixed(3).padStart(7);

/** One line a budget: baseline, engine, paired difference with its interval, distinct pages opened. */
function coverage(shelf: Shelf, tried: readonly Tried[]): void {
	console.log("budget baseline  engine    diff   [95 % interval]   pages");
	const ranked = tried.map(({ question }) => shelf.ranked(question.question, DEEPEST - 1));
	for (const budget of BUDGETS) {
		const engine = tried.map(({ rollout }) => openedIn(rollout, budget));
		const found = tried.map(({ question }, at) => all(question, engine[at] ?? new Set()));
		const base = tried.map(({ question }, at) => all(question, new Set(ranked[at]?.slice(0, budget - 1))));
		const { mean: diff, low, high } = interval(found.map((hit, at) => hit - (base[at] ?? 0)));
		const pages = mean(engine.map(({ size }) => size));
		console.log(
			`${String(budget).padStart(6)}  ${number(mean(base))} ${number(mean(found))} ${number(diff)}  [${number(low)}, ${number(high)}] ${pages.toFixed(1).padStart(6)}`,
		);
	}
}

const openedIn = ({ actions }: Rollout, budget: number): Set<string> =>
	new Set(actions.slice(0, budget).flatMap(({ docId }) => (docId === undefined ? [] : [docId])));

const all = ({ evidence_ids }: BenchQuestion, opened: ReadonlySet<string>): number =>
	evidence_ids.every((id) => opened.has(id)) ? 1 : 0;

/** Short answers after the last call, by type; a question without evidence is answered by abstaining. */
function answers(tried: readonly Tried[]): void {
	const answered = tried.filter(({ question }) => question.answer !== null);
	const types = [...new Set(answered.map(({ question }) => question.type))].sort();
	console.log("answers                        n      EM      F1  abstained");
	for (const type of ["all", ...types]) {
		const these = answered.filter(({ question }) => type === "all" || question.type === type);
		const matches = these.map(({ question: { answer, aliases }, rollout }) =>
			match(rollout.answer, [answer ?? "", ...(aliases ?? [])]),
		);
		const exact = mean(matches.map((each) => each.exact));
		const overlap = mean(matches.map((each) => each.overlap));
		const silent = mean(these.map(({ rollout }) => (abstains(rollout.answer) ? 1 : 0)));
		console.log(
			`${type.padEnd(26)} ${String(these.length).padStart(5)} ${number(exact)} ${number(overlap)}    ${number(silent)}`,
		);
	}
}
