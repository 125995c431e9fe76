import { random } from "./random";
import type { Body, Policy, StandInReply } from "./reply";

const WORDS =
	"depth line lead sinker tide chart fathom bottom hemp wire reel station log survey shoal bank current drift".split(
		" ",
	);

/** About 1.5 KB of thought that differs from call to call. */
function thought(call: number, chars: number): string {
	const next = random(call + 1);
	const sentences: string[] = [];
	let length = 0;
	while (length < chars) {
		const words = Array.from({ length: 9 }, () => WORDS[Math.floor(next() * WORDS.length)]);
		const sentence = `Step ${call + 1}: the ${words.join(" ")} still has to be checked.`;
		sentences.push(sentence);
		length += sentence.length + 1;
	}
	return sentences.join(" ").slice(0, chars);
}

type Facts = {
	boxed: boolean;
	wantsAnswer: boolean;
	native: boolean;
	calls: number;
	results: string[];
	names: string[];
};

/** What a request shows: how far the run is, which tools there are, whether the final answer is asked for. */
function factsOf(body: Body): Facts {
	const system = body.messages[0]?.content ?? "";
	const native = body.tools !== undefined;
	const names = native
		? (body.tools ?? []).map((tool) => tool.function.name)
		: [...system.matchAll(/### Tool name: (\S+)/g)].map(([, name]) => name ?? "");
	const replies = body.messages.filter(({ role }) => role === "assistant");
	const calls = replies.filter(
		({ content, tool_calls }) => tool_calls?.length || content?.includes("<use_mcp_tool>"),
	).length;
	const last = body.messages.at(-1)?.content ?? "";
	const rest = body.messages.slice(2);
	const isResult =
		/^(\{|# |\[|Tool call|Tool result|Execution\(|Sandbox created|File uploaded|It ran |The run read|Echo: )/.test(
			last,
		);
	const wantsAnswer = rest.length > 0 && body.messages.at(-1)?.role === "user" && !isResult;
	const results = rest.filter(({ role }) => role === "user" || role === "tool").map(({ content }) => content ?? "");
	return {
		native,
		names,
		calls,
		results,
		wantsAnswer,
		boxed: body.messages.some(({ content }) => content?.includes("\\boxed")),
	};
}

/** Addresses that earlier results showed, newest last, each once. */
function linksIn(results: readonly string[]): string[] {
	const found = new Set<string>();
	for (const text of results) for (const [, link] of text.matchAll(/"link":"([^"]+)"/g)) if (link) found.add(link);
	return [...found];
}

const pagesIn = (results: readonly string[]): { title: string; url: string }[] =>
	results.flatMap((text) => {
		const page = /^# (.+)\nurl: (\S+)/.exec(text);
		const scraped = /"success":true,"url":"([^"]+)"/.exec(text);
		if (page) return [{ title: page[1] ?? "", url: page[2] ?? "" }];
		return scraped ? [{ title: scraped[1] ?? "", url: scraped[1] ?? "" }] : [];
	});

/**
 * A deterministic researcher: searches and reads by turns, `calls` times, then answers with citations. A question with
 * the word "slowly" is thought about at length, a hundred deltas a second.
 */
export function research(calls: number, thoughtChars = 1500): Policy {
	return (body) => {
		const facts = factsOf(body);
		if (facts.wantsAnswer) return answer(facts);
		if (facts.calls >= calls || facts.names.length === 0)
			return { content: wrap("I have read enough.", "I have what I need.", facts) };
		const slowly = body.messages[1]?.content?.includes("slowly");
		return { ...callFor(facts, body, slowly ? 6000 : thoughtChars), ...(slowly && { pace: 100 }) };
	};
}

const wrap = (think: string, text: string, { native }: Facts): string =>
	native ? text : `<think>\n${think}\n</think>\n\n${text}`;

function callFor(facts: Facts, body: Body, thoughtChars: number): StandInReply {
	const search = facts.names.find((name) => name.includes("search"));
	const read = facts.names.find((name) => name === "read_page" || name === "scrape_and_extract_info");
	const links = linksIn(facts.results);
	const target = links[Math.floor(facts.calls / 2) % Math.max(1, links.length)];
	const reading = facts.calls % 2 === 1 && read && target;
	const question = (body.messages[1]?.content ?? "").split("\n")[0] ?? "";
	const python = pythonIn(facts);
	if (python && question.includes("plot") && facts.calls % 4 === 2)
		return callOf(facts, body, { name: python, args: plotArgs(python), think: thought(facts.calls, thoughtChars) });
	const args = reading ? readArgs(read, target, facts.calls, links.length) : { q: queryFor(question, facts.calls) };
	const name = (reading ? read : (search ?? read)) ?? "";
	return callOf(facts, body, { name, args, think: thought(facts.calls, thoughtChars) });
}

/** Draws with what there is: matplotlib, or a grey picture byte by byte. */
const PLOT = `try:
    import matplotlib.pyplot as plt
    plt.figure(figsize=(5, 3)); plt.plot([0, 2, 3, 7, 5]); plt.title("Depth by call"); plt.show()
except ImportError:
    import struct, zlib
    def chunk(kind, body): return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    head = struct.pack(">IIBBBBB", 500, 300, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\\0" + b"\\x99" * 500 for _ in range(300)))
    open("figure.png", "wb").write(b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
print("drawn")`;

const plotArgs = (tool: string): Record<string, unknown> =>
	tool === "run_python" ? { code: PLOT } : { code_block: PLOT, sandbox_id: "default" };

/** The next step to a plot: at once, or of an attached table in a sandbox of its own, as upstream's tools have it done. */
function plotStep(facts: Facts, task: string): Omit<Step, "think"> | undefined {
	const table = /^File: (\S+\.csv)$/m.exec(task)?.[1];
	if (table) return tableStep(facts, table);
	const python = pythonIn(facts);
	const wants = facts.calls === 3 && task.split("\n")[0]?.includes("plot");
	return wants && python ? { name: python, args: plotArgs(python) } : undefined;
}

function tableStep({ calls, results }: Facts, table: string): Omit<Step, "think"> | undefined {
	if (calls === 3) return { name: "create_sandbox", args: {} };
	const sandbox_id = /sandbox_id: ([a-z0-9]{20})/.exec(results.join("\n"))?.[1] ?? "none";
	if (calls === 4) return { name: "upload_file_from_local_to_sandbox", args: { sandbox_id, local_file_path: table } };
	const sum = `import csv
depths = [int(row["depth"]) for row in csv.DictReader(open(${JSON.stringify(table)}))]
print("sum of", len(depths), "depths:", sum(depths))`;
	return calls === 5 ? { name: "run_python_code", args: { sandbox_id, code_block: `${sum}\n${PLOT}` } } : undefined;
}

const pythonIn = ({ names }: Facts): string | undefined =>
	names.find((name) => name === "run_python_code" || name === "run_python");

type Step = { name: string; args: Record<string, unknown>; think: string };

/** A call as the model's protocol writes it. */
function callOf(facts: Facts, body: Body, { name, args, think }: Step): StandInReply {
	if (facts.native) return { reasoning: think, calls: [{ name, args }], finish: "tool_calls" };
	const system = body.messages[0]?.content ?? "";
	const server =
		system
			.slice(0, system.indexOf(`### Tool name: ${name}`))
			.match(/## Server name: (\S+)(?![\s\S]*## Server name:)/)?.[1] ?? "server";
	return { content: `<think>\n${think}\n</think>\n\n${block(server, name, args)}` };
}

function readArgs(tool: string, url: string, call: number, links: number): Record<string, unknown> {
	if (tool === "read_page") return { url, start: Math.floor(call / (2 * links)) };
	return { url, info_to_extract: `what bears on step ${call + 1}` };
}

const queryFor = (question: string, call: number): string =>
	`${question
		.split(/\s+/)
		.slice(call % 5, (call % 5) + 4)
		.join(" ")} ${WORDS[call % WORDS.length]} ${call + 1}`;

/** A call in the text protocol. */
const block = (server: string, name: string, args: object): string =>
	`<use_mcp_tool>\n<server_name>${server}</server_name>\n<tool_name>${name}</tool_name>\n<arguments>\n${JSON.stringify(args)}\n</arguments>\n</use_mcp_tool>`;

function answer(facts: Facts): StandInReply {
	const pages = pagesIn(facts.results);
	const unique = [...new Map(pages.map((page) => [page.url, page])).values()].slice(0, 12);
	if (facts.boxed) return { content: wrap("The pages agree.", `The answer is \\boxed{${unique.length} pages}`, facts) };
	const claims = unique.map(({ title }, at) => `${title} bears on the question and was read in this run. [${at + 1}]`);
	const references = unique.map(({ title, url }, at) => `[${at + 1}] ${title} — ${url}`);
	const text = `The run read ${pages.length} pages.\n\n## What they say\n\n${claims.join("\n\n")}\n\nOne more thing was never read. [99]\n\n## References\n\n${references.join("\n")}`;
	return { content: wrap("Write it down.", text, facts) };
}

/** What a question has it say, a few letters at a time and slowly enough to be looked at, as its thought and as its answer. */
function dictated(body: Body): StandInReply | undefined {
	const said = /^Say after me:([\s\S]*)That is all\./.exec(body.messages[1]?.content ?? "")?.[1];
	if (said === undefined) return undefined;
	const content = wrap(said, said, factsOf(body));
	return { content, pieces: Math.ceil(content.length / 3), pace: 1000 };
}

/** What a sub-agent's system prompt says of it. */
const SUB_AGENT = "works on one subtask for another agent";

/**
 * A researcher that hands every other step to a sub-agent, if it may ask one, and has its second step echoed by an MCP
 * server, if there is one that can. Of an attached table it wants a plot of what stands in it. A sub-agent researches
 * with `own` calls. A question that begins with "Say after me:" is said after.
 */
export function delegating(calls: number, own: number, thoughtChars = 1500): Policy {
	const steady = research(calls, thoughtChars);
	const nested = research(own, thoughtChars);
	return (body) => {
		if (body.messages[0]?.content?.includes(SUB_AGENT)) return nested(body);
		const said = dictated(body);
		if (said) return said;
		const facts = factsOf(body);
		if (facts.wantsAnswer || facts.calls >= calls) return steady(body);
		const think = thought(facts.calls, thoughtChars);
		const step = (name: string, args: Step["args"]) =>
			facts.names.includes(name) ? callOf(facts, body, { name, args, think }) : steady(body);
		const task = body.messages[1]?.content ?? "";
		const question = task.split("\n")[0] ?? "";
		if (facts.calls === 1) return step("echo", { message: question });
		const plot = plotStep(facts, task);
		if (plot) return step(plot.name, plot.args);
		return facts.calls % 2 === 0
			? step("search_and_browse", { subtask: `Part ${facts.calls + 1} of it: ${question}` })
			: steady(body);
	};
}

/** A seeded model that misbehaves in every way the guards know, now and then, and answers in the end. */
export function unruly(seed: number, calls: number): Policy {
	const next = random(seed);
	const steady = research(calls, 200);
	return (body) => {
		const facts = factsOf(body);
		if (facts.wantsAnswer) return answer(facts);
		const dice = next();
		if (dice < 0.05) return { content: "<use_mcp_tool>\n<server_name>broken" };
		if (dice < 0.1) return { content: "I cannot go on under this time constraint." };
		if (dice < 0.15) return { content: block("nowhere", "no_such_tool", { q: "x" }) };
		if (dice < 0.2) return { content: "" };
		if (dice < 0.24) return { content: "half a thought and th", finish: "length" };
		return steady(body);
	};
}

/** Plays fixed replies in order; after the last one it repeats them, or says that the script is over. */
export function script(steps: readonly StandInReply[], repeat: boolean): Policy {
	let at = 0;
	return () => {
		const step = repeat ? steps[at % steps.length] : steps[at];
		at++;
		return step ?? { content: "The script is over." };
	};
}
