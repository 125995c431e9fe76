import fc from "fast-check";
import { expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import type { ModelDelta, ModelReply, WireMessage, WireRequest } from "../agent/model";
import { termsOf } from "../trajectory/rank";
import { extractive } from "./extractive";

type Page = { title: string; text: string; links: number[] };
type Corpus = readonly Page[];

const SEARCH = "library_search";
const tools = [SEARCH, "read_page"].map((name) => ({
	type: "function" as const,
	function: { name, description: "", parameters: {} },
}));
const addressOf = (corpus: Corpus, at: number) => `https://a.example/${corpus[at]?.title.replaceAll(" ", "_")}`;

/** The tools' texts over a handful of pages: results by shared words, pages with their links both ways. */
function resultOf(corpus: Corpus, args: Record<string, unknown>): string {
	if (typeof args.q === "string") {
		const asked = new Set(termsOf(args.q));
		const organic = corpus
			.map(({ title, text }, at) => ({
				title,
				link: addressOf(corpus, at),
				snippet: text.slice(0, 200),
				score: new Set(termsOf(`${title} ${text}`).filter((term) => asked.has(term))).size,
			}))
			.filter(({ score }) => score > 0)
			.sort((a, b) => b.score - a.score);
		return JSON.stringify({ searchParameters: { q: args.q, num: 20, page: 1 }, organic });
	}
	const at = corpus.findIndex((_, index) => addressOf(corpus, index) === args.url);
	const page = corpus[at];
	if (!page) return "Tool call to read_page failed. Error: not found";
	const link = (to: number) => `- [${corpus[to]?.title}](${addressOf(corpus, to)})`;
	const links = page.links.filter((to) => to < corpus.length).map((to) => `${link(to)} — beside ${corpus[to]?.title}`);
	const back = corpus.flatMap(({ links: theirs }, from) => (theirs.includes(at) ? [link(from)] : []));
	return [
		`# ${page.title}\nurl: ${addressOf(corpus, at)}\npart: characters 0 to ${page.text.length} of ${page.text.length}`,
		page.text,
		...(links.length > 0 ? [`## Links\n${links.join("\n")}`] : []),
		...(back.length > 0 ? [`## Linked from\n${back.join("\n")}`] : []),
	].join("\n\n");
}

async function ask(model: ReturnType<typeof extractive>, request: WireRequest) {
	const deltas: ModelDelta[] = [];
	const stream = model.reply(request, { signal: new AbortController().signal, runId: "r", turn: 1 });
	let next = await stream.next();
	while (!next.done) {
		deltas.push(next.value);
		next = await stream.next();
	}
	return { reply: next.value as ModelReply, deltas };
}

/** A whole run of at most `budget` calls: the calls as text, then the answer. */
async function research(corpus: Corpus, question: string, budget: number, prompt = "Write the report now.") {
	const model = extractive();
	const messages: WireMessage[] = [
		{ role: "system", content: "s" },
		{ role: "user", content: question },
	];
	const calls: string[] = [];
	while (calls.length < budget) {
		const { reply } = await ask(model, { messages, tools, params: {} });
		const [call] = reply.calls;
		if (!call) {
			messages.push({ role: "assistant", content: reply.content });
			break;
		}
		const args = JSON.stringify(call.args);
		calls.push(`${call.name} ${args}`);
		messages.push({
			role: "assistant",
			content: reply.content,
			tool_calls: [{ id: call.id, type: "function", function: { name: call.name, arguments: args } }],
		});
		messages.push({ role: "tool", tool_call_id: call.id, content: resultOf(corpus, call.args ?? {}) });
	}
	messages.push({ role: "user", content: prompt });
	const { reply, deltas } = await ask(model, { messages, tools, params: {} });
	return { calls, answer: reply.content, deltas, messages };
}

const BRIDGE: Corpus = [
	{ title: "Harbour Light", text: "Harbour Light is a novel from 1931. It was written by Ines Vale.", links: [1] },
	{ title: "Ines Vale", text: "Ines Vale was a writer. She was born in the town of Kolmar in 1899.", links: [2] },
	{ title: "Kolmar", text: "Kolmar is a town on the river Senn. It has 12,000 inhabitants.", links: [] },
	{ title: "Light bulb", text: "A light bulb turns current into light.", links: [] },
	{ title: "Novel", text: "A novel is a long story in prose.", links: [] },
];

test("goes from the page the question names to the one that answers, and cites both", async () => {
	const { calls, answer } = await research(BRIDGE, "In which town was the author of Harbour Light born?", 12);
	expect(calls[0]).toBe(`${SEARCH} {"q":"In which town was the author of Harbour Light born?","num":20}`);
	expect(calls.join("\n")).toContain("/Ines_Vale");
	expect(answer).toMatch(/\*\*Kolmar\*\* \[\d\]/);
	expect(answer).toMatch(/## References\n\n\[1\] .+ — https:\/\/a\.example\/\S+/);
	expect(answer).toContain("— https://a.example/Ines_Vale");
});

test("puts the short answer into a box when the prompt asks for one", async () => {
	const { answer } = await research(
		BRIDGE,
		"In which town was the author of Harbour Light born?",
		12,
		"Use \\boxed{}.",
	);
	expect(answer).toContain("\\boxed{Kolmar}");
});

test("says plainly that the sources do not answer", async () => {
	const { answer } = await research(BRIDGE, "Which quasar did the Zwicky telescope photograph near Ultima Thule?", 8);
	expect(answer).toMatch(/^The sources I could open do not answer this question/);
	const boxed = await research(BRIDGE, "Which quasar did Zwicky photograph?", 8, "Use \\boxed{}.");
	expect(boxed.answer).toContain("\\boxed{insufficient information}");
});

test("answers a Chinese question in Chinese from Chinese pages", async () => {
	const corpus = [
		{ title: "长城", text: "长城是中国古代的防御工程。明长城的总长度是8851公里。", links: [] },
		{ title: "黄河", text: "黄河是中国第二长河。", links: [] },
	];
	const { answer } = await research(corpus, "明长城的总长度是多少？", 6);
	expect(answer).toContain("8851公里");
	expect(answer).toContain("[1] 长城 — ");
	expect(answer).not.toMatch(/sources/);
});

test("stops when nothing is left instead of repeating itself", async () => {
	const { calls } = await research(BRIDGE, "Who wrote Harbour Light?", 200);
	expect(calls.length).toBeLessThan(40);
	expect(new Set(calls).size).toBe(calls.length);
});

test("answers by itself from a manual once further pages bring nothing, and reads on in other texts", async () => {
	const page = (title: string, text: string) => ({ title, text, links: [] });
	const filler = Array.from({ length: 40 }, (_, at) =>
		page(`Pump part ${at}`, `Part ${at} of the pump has a valve. ${at < 2 ? "It wears in winter." : ""}`),
	);
	const question = "What is the pressure limit of the pump valve, and how is it raised in winter?";
	const prose = page(
		"Valve",
		"The pressure limit of the pump valve is 12 bar. A wrench raised the limit. The valve holds the pressure limit.",
	);
	const manual = page("Valve", `## Limit\n\n${prose.text}\n\n\`\`\`\nvalve --limit 16\n\`\`\``);
	const read = await research([manual, ...filler], question, 60);
	expect(read.answer).toContain("12 bar");
	expect(read.calls.length).toBeLessThan(15);
	expect((await research([prose, ...filler], question, 60)).calls.length).toBeGreaterThan(30);
});

test("a further question is researched anew, with all that was read before, not answered as the first", async () => {
	const suffix = "Research this with your tools. The answer will be a report.";
	const first = await research(BRIDGE, `Who wrote Harbour Light?\n${suffix}`, 6);
	const answered: WireMessage[] = [...first.messages, { role: "assistant", content: first.answer }];
	const further: WireMessage = { role: "user", content: `On which river is the town of Kolmar?\n${suffix}` };
	const { reply } = await ask(extractive(), { messages: [...answered, further], tools, params: {} });
	expect(reply.calls[0]?.args).toMatchObject({ q: "On which river is the town of Kolmar?" });
	const same: WireMessage = { role: "user", content: `Who wrote Harbour Light?\n${suffix}` };
	const again = await ask(extractive(), { messages: [...answered, same], tools, params: {} });
	expect(again.reply.calls[0]?.args).toMatchObject({ q: "Who wrote Harbour Light?" });
	const prompt: WireMessage = { role: "user", content: "Your research ends here. Write the report." };
	const told = await ask(extractive(), { messages: [...answered, further, prompt], tools, params: {} });
	expect(told.reply.content).toContain("Senn");
});

test("a file that came with a further question is read when the search finds it, however well the question is covered", async () => {
	const suffix = "Research this with your tools. The answer will be a report.";
	const question = `Who designed the lighthouse of Ternholm?\n${suffix}`;
	const page = (n: number) => ({
		title: `Ternholm lighthouse ${n}`,
		text: `The lighthouse of Ternholm was designed in 187${n}. Nobody knows who designed the lighthouse of Ternholm.`,
		links: [],
	});
	const corpus = Array.from({ length: 8 }, (_, n) => page(n));
	const first = await research(corpus, question, 12);
	const messages: WireMessage[] = [
		...first.messages,
		{ role: "assistant", content: first.answer },
		{ role: "user", content: question },
	];
	const search = await ask(extractive(), { messages, tools, params: {} });
	const [call] = search.reply.calls;
	const args = call?.args ?? {};
	const found = JSON.parse(resultOf(corpus, args));
	const file = { title: "letter.md", link: "library://attached/letter.md", snippet: "the lighthouse", score: 1 };
	messages.push(
		{
			role: "assistant",
			content: search.reply.content,
			tool_calls: [{ id: "s", type: "function", function: { name: SEARCH, arguments: JSON.stringify(args) } }],
		},
		{ role: "tool", tool_call_id: "s", content: JSON.stringify({ ...found, organic: [...found.organic, file] }) },
	);
	const { reply } = await ask(extractive(), { messages, tools, params: {} });
	expect(reply.calls).toMatchObject([{ name: "read_page", args: { url: file.link } }]);
});

const WORDS = "river mill bridge Anders Lund Kolmar Vale Senn harbour 1820 tower wrote born founded north".split(" ");
const sentence = fc
	.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 9 })
	.map((words) => `${words.join(" ")}.`);
const corpora = fc
	.uniqueArray(
		fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...WORDS)).map((two) => two.join(" ")),
		{
			minLength: 3,
			maxLength: 14,
		},
	)
	.chain((titles) =>
		fc.tuple(
			...titles.map((title) =>
				fc.record({
					title: fc.constant(title),
					text: fc.array(sentence, { minLength: 1, maxLength: 5 }).map((all) => all.join(" ")),
					links: fc.array(fc.nat({ max: titles.length - 1 }), { maxLength: 4 }),
				}),
			),
		),
	);

test("a short run is a prefix of a longer one, and the same question gives the same run", async () => {
	await fc.assert(
		fc.asyncProperty(corpora, sentence, fc.integer({ min: 1, max: 12 }), async (corpus, question, budget) => {
			const long = await research(corpus, question, 20);
			const short = await research(corpus, question, budget);
			expect(short.calls).toEqual(long.calls.slice(0, budget));
			expect(await research(corpus, question, budget)).toEqual(short);
		}),
		{ numRuns: 40 },
	);
});

test("the next step depends on the messages alone: a run read anew goes on as the one that never stopped", async () => {
	const { messages } = await research(BRIDGE, "In which town was the author of Harbour Light born?", 4);
	const middle = structuredClone(messages.slice(0, 6));
	const fresh = await ask(extractive(), { messages: middle, tools, params: {} });
	const used = extractive();
	for (const length of [2, 4]) await ask(used, { messages: middle.slice(0, length), tools, params: {} });
	const goneOn = await ask(used, { messages: middle, tools, params: {} });
	expect(goneOn.reply.calls).toEqual(fresh.reply.calls);
	expect(goneOn.reply.content).toBe(fresh.reply.content);
});

test("streams its reason in pieces, then the call", async () => {
	const messages: WireMessage[] = [{ role: "user", content: "Who wrote Harbour Light?" }];
	const { reply, deltas } = await ask(extractive(), { messages, tools, params: {} });
	const text = deltas.filter(({ part }) => part === "text");
	expect(text.length).toBeGreaterThan(1);
	expect(text.map((delta) => delta.text).join("")).toBe(reply.content);
	expect(deltas.at(-1)?.part).toBe("call");
});

test("a call costs the same at the end of 600 as near the beginning", async () => {
	const corpus = Array.from({ length: 700 }, (_, at) => ({
		title: `Mill ${at}`,
		text: `Mill ${at} stands on the river. Anders Lund ${at} founded the mill in ${1000 + at}. Its bridge is old.`,
		links: [at + 1, at + 7, at * 2],
	}));
	const model = extractive();
	const messages: WireMessage[] = [
		{ role: "system", content: "s" },
		{ role: "user", content: "Which mill did Anders Lund found before the earthquake of Lisbon and the great comet?" },
	];
	const spent: number[] = [];
	for (let call = 0; call < 600; call++) {
		const since = processorTime();
		const { reply } = await ask(model, { messages, tools, params: {} });
		spent.push(processorTime() - since);
		const [made] = reply.calls;
		expect(made).toBeDefined();
		const args = JSON.stringify(made?.args);
		const id = made?.id ?? "";
		messages.push({
			role: "assistant",
			content: null,
			tool_calls: [{ id, type: "function", function: { name: made?.name ?? "", arguments: args } }],
		});
		messages.push({ role: "tool", tool_call_id: id, content: resultOf(corpus, made?.args ?? {}) });
	}
	const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
	expect(median(spent.slice(500))).toBeLessThan(4 * median(spent.slice(60, 160)) + 2);
});
