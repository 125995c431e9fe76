import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { AgentEvent } from "../trajectory/event";
import type { RunSettings } from "../trajectory/settings";
import { type AgentOptions, runAgent } from "./loop";
import { type Model, ModelFault, type ModelReply, type WireRequest } from "./model";
import { mirothinker } from "./protocol/mirothinker";
import { defineTool, type ToolContext, type ToolOutcome } from "./tool";

const schema = { properties: { q: { title: "Q", type: "string" } }, required: ["q"], title: "a", type: "object" };
const searched: string[] = [];
const search = defineTool({
	spec: { server: "s", name: "google_search", description: "d", schema },
	input: z.object({ q: z.string() }),
	duplicateKey: ({ q }) => `google_search_${String(q)}`,
	run: async ({ q }): Promise<ToolOutcome> => {
		searched.push(q);
		if (q === "nothing") return { status: "empty", text: '{"organic":[]}', summary: "no results", sources: [] };
		if (q === "broken") throw new Error("the tool broke");
		return { status: "ok", text: `results for ${q}`, summary: "1 result", sources: [] };
	},
});

const block = (q: string, name = "google_search") =>
	`<think>why ${q}</think>\n<use_mcp_tool>\n<server_name>s</server_name>\n<tool_name>${name}</tool_name>\n` +
	`<arguments>\n${JSON.stringify({ q })}\n</arguments>\n</use_mcp_tool>`;

type Scripted = string | { content: string; finish: ModelReply["finish"] } | ModelFault;

function scripted(script: readonly Scripted[], seen: WireRequest[] = []): Model {
	let at = 0;
	return {
		provider: "openai-compatible",
		id: "scripted",
		async *reply(request) {
			seen.push(request);
			const next = script[at++];
			if (next === undefined) throw new Error(`the script has no reply ${at}`);
			if (next instanceof ModelFault) throw next;
			const { content, finish } = typeof next === "string" ? { content: next, finish: "stop" as const } : next;
			yield { part: "text", text: content };
			return { content, calls: [], finish, usage: { inputTokens: 100, outputTokens: 10 }, ms: 1 };
		},
	};
}

const base: RunSettings = {
	preset: "test",
	rules: "mirothinker",
	protocol: "mirothinker",
	model: { provider: "openai-compatible", id: "scripted" },
	sampling: { temperature: 1, max_tokens: 1000 },
	contextTokens: 262_144,
	retention: { policy: "keep-last", k: 5 },
	restarts: 0,
	failureSummary: false,
	answerMode: "boxed",
	limits: { turns: 50, calls: 600 },
	tools: [search.spec],
	collections: [],
	blockedHosts: [],
	prompts: {
		system: "SYS",
		taskSuffix: "",
		answer: "ANSWER NOW",
		failureSummary: "FAILED WHY",
		failurePrefill: "<think>\nsum up\n</think>\n\n",
	},
	date: "2026-01-01",
};

const unused = async () => {
	throw new Error("not used here");
};
const context = {
	library: { search: unused, open: unused },
	extract: unused,
	storeBody: unused,
} as unknown as ToolContext;

type Play = { settings?: Partial<RunSettings>; past?: AgentEvent[]; seen?: WireRequest[]; elapsedMs?: () => number };

async function play(script: readonly Scripted[], { settings = {}, past, seen, elapsedMs = () => 0 }: Play = {}) {
	const whole = { ...base, ...settings };
	const started: AgentEvent = { type: "run.started", version: 1, question: "Q?", settings: whole };
	const events = past ? [...past] : [started];
	const options: AgentOptions = {
		runId: "r",
		settings: whole,
		model: scripted(script, seen),
		protocol: mirothinker,
		tools: [search],
		toolContext: () => context,
		live: () => undefined,
		elapsedMs,
		sleep: async () => undefined,
		countTokens: (text) => Math.ceil(text.length / 4),
		signal: new AbortController().signal,
	};
	for await (const event of runAgent(options, [...events])) events.push(event);
	return events;
}

const types = (events: readonly AgentEvent[]) => events.map(({ type }) => type.split(".")[1]).join(" ");
const rollbacks = (events: readonly AgentEvent[]) =>
	events.flatMap((event) => (event.type === "turn.rolled_back" ? [event.reason] : []));
const ending = (events: readonly AgentEvent[]) => events.at(-1);

describe("a run", () => {
	test("reads as one list of events", async () => {
		const events = await play([block("a"), "I know it.", "\\boxed{42}"]);
		expect(types(events)).toBe(
			"started started requested replied called returned started requested replied started requested replied ended",
		);
		expect(ending(events)).toMatchObject({ type: "run.ended", outcome: "answered", boxed: "42", answerTurn: 3 });
	});

	test("runs two calls of a turn in order and answers them in one message", async () => {
		const seen: WireRequest[] = [];
		await play([`${block("a")}\n${block("b")}`, "done", "\\boxed{x}"], { seen });
		expect(seen[1]?.messages.at(-1)).toEqual({ role: "user", content: "results for a\nresults for b" });
	});

	test("gives a tool's failure to the model and goes on", async () => {
		const events = await play([block("broken"), "done", "\\boxed{x}"]);
		expect(events.find((event) => event.type === "tool.returned")).toMatchObject({
			status: "error",
			text: "Tool call to google_search on s failed. Error: the tool broke",
		});
	});
});

describe("rollbacks", () => {
	const malformed = "<use_mcp_tool>\n<server_name>s</server_name>\nno call";

	test("a format error is asked again with exactly the same messages", async () => {
		const seen: WireRequest[] = [];
		const events = await play([malformed, block("a"), "done", "\\boxed{x}"], { seen });
		expect(rollbacks(events)).toEqual(["format"]);
		expect(seen[1]?.messages).toEqual(seen[0]?.messages);
	});

	test("four format errors are rolled back, the fifth goes to the answer", async () => {
		const events = await play([...Array(5).fill(malformed), "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(["format", "format", "format", "format"]);
		expect(ending(events)).toMatchObject({ outcome: "answered", boxed: "x" });
	});

	test("a refusal is looked for in the visible text, not in the thought", async () => {
		const events = await play(["<think>time constraint</think>fine", "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual([]);
		expect(rollbacks(await play(["given the time constraint", "fine", "\\boxed{x}"]))).toEqual(["refusal"]);
	});

	test("a duplicate query is rolled back four times, then run; it never ran before that", async () => {
		searched.length = 0;
		const events = await play([block("a"), ...Array(5).fill(block("a")), "done", "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(["duplicate", "duplicate", "duplicate", "duplicate"]);
		expect(searched).toEqual(["a", "a"]);
	});

	test("a query of a rolled-back turn is no duplicate later (D9)", async () => {
		const events = await play([`${block("a")}${block("x", "nope")}`, block("a"), "done", "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(["unknown_tool"]);
	});

	test("an empty search is asked anew, and shown after four times", async () => {
		const events = await play([...Array(5).fill(block("nothing")), "done", "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(["empty_search", "empty_search", "empty_search", "empty_search"]);
	});

	test("a kept turn ends the streak", async () => {
		const script = [
			malformed,
			malformed,
			malformed,
			block("a"),
			malformed,
			malformed,
			malformed,
			malformed,
			"done",
			"\\boxed{x}",
		];
		expect(rollbacks(await play(script))).toHaveLength(7);
	});

	test("at temperature 0 nothing is sampled again: the model is told", async () => {
		const seen: WireRequest[] = [];
		const settings = { sampling: { temperature: 0 } };
		const events = await play([block("x", "nope"), "done", "\\boxed{x}"], { settings, seen });
		expect(rollbacks(events)).toEqual([]);
		expect(seen[1]?.messages.at(-1)?.content).toContain("Unknown tool: nope");
	});

	test("a cut reply gets ten per cent more room each time", async () => {
		const cut = { content: "half a tho", finish: "length" as const };
		const seen: WireRequest[] = [];
		const events = await play([cut, cut, "done", "\\boxed{x}"], { seen });
		expect(rollbacks(events)).toEqual(["length", "length"]);
		expect(seen.slice(0, 3).map(({ params }) => params.max_tokens)).toEqual([1000, 1100, 1210]);
	});

	test("a reply that repeats itself is thrown away", async () => {
		const events = await play(["The same fifty characters come again and again, so! ".repeat(8), "done", "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(["repetition"]);
	});

	test("ten empty replies in a row end the run", async () => {
		const events = await play(Array(10).fill(""));
		expect(ending(events)).toMatchObject({ type: "run.ended", outcome: "failed" });
		expect(rollbacks(events)).toHaveLength(10);
	});
});

describe("limits and answers", () => {
	test("the call limit forces an answer", async () => {
		const settings = { limits: { turns: 50, calls: 2 } };
		const events = await play([block("a"), block("b"), "\\boxed{7}"], { settings });
		expect(ending(events)).toMatchObject({
			outcome: "forced",
			boxed: "7",
			detail: expect.stringContaining("all 2 calls"),
		});
	});

	test("time and tokens force an answer too", async () => {
		const late = await play([block("a"), "\\boxed{7}"], {
			settings: { limits: { turns: 50, calls: 600, seconds: 5 } },
			elapsedMs: (() => {
				let calls = 0;
				return () => (calls++ < 1 ? 0 : 6000);
			})(),
		});
		expect(ending(late)).toMatchObject({ outcome: "forced", detail: expect.stringContaining("5 seconds") });
		const spent = await play([block("a"), "\\boxed{7}"], {
			settings: { limits: { turns: 50, calls: 600, tokens: 100 } },
		});
		expect(ending(spent)).toMatchObject({ outcome: "forced", detail: expect.stringContaining("100 tokens") });
	});

	test("three tries for a box with the whole context, one with masked results", async () => {
		const keepAll = { retention: { policy: "keep-all" as const } };
		const three = await play(["done", "no box", "no box", "\\boxed{z}"], { settings: keepAll });
		expect(rollbacks(three)).toEqual(["no_answer", "no_answer"]);
		expect(ending(three)).toMatchObject({ boxed: "z" });
		const one = await play(["done", "no box"]);
		expect(ending(one)).toMatchObject({ outcome: "failed" });
	});

	test("without a box in the answer the last boxed text of the run counts", async () => {
		const events = await play([`maybe \\boxed{early} ${block("a")}`, "done", "no box"]);
		expect(ending(events)).toMatchObject({ outcome: "answered", boxed: "early", answerTurn: 1 });
	});

	test("the answer call drops the newest result under upstream rules, keeps it under ours", async () => {
		const seen: WireRequest[] = [];
		const limits = { turns: 50, calls: 1 };
		await play([block("a"), "\\boxed{7}"], { settings: { limits }, seen });
		expect(seen[1]?.messages.map(({ content }) => content)).toEqual(["SYS", "Q?", block("a"), "ANSWER NOW"]);
		const ours: WireRequest[] = [];
		await play([block("a"), "\\boxed{7}"], { settings: { limits, rules: "generic" }, seen: ours });
		expect(ours[1]?.messages.at(-1)?.content).toBe("results for a\n\nANSWER NOW");
	});
});

describe("restarts", () => {
	test("with a failure summary: the turn limit asks why, and the next attempt carries it", async () => {
		const settings = { restarts: 1, failureSummary: true, limits: { turns: 1, calls: 600 } };
		const seen: WireRequest[] = [];
		const events = await play([block("a"), "Failure type: blocked", block("b"), "\\boxed{ok}"], { settings, seen });
		expect(seen[1]?.params).toMatchObject({ continue_final_message: true, add_generation_prompt: false });
		expect(seen[1]?.messages.at(-1)).toMatchObject({ role: "assistant" });
		expect(events.find((event) => event.type === "attempt.started")).toMatchObject({
			attempt: 2,
			carried: "Failure type: blocked",
		});
		expect(seen[2]?.messages).toHaveLength(2);
		expect(seen[2]?.messages[1]?.content).toContain("[Attempt 1]\nFailure type: blocked");
		expect(ending(events)).toMatchObject({ outcome: "forced", boxed: "ok" });
	});

	test("discard-all: the next attempt starts from nothing", async () => {
		const settings = { restarts: 1, limits: { turns: 1, calls: 600 } };
		const seen: WireRequest[] = [];
		await play([block("a"), block("a"), "\\boxed{ok}"], { settings, seen });
		expect(seen[1]?.messages.map(({ content }) => content)).toEqual(["SYS", "Q?"]);
	});

	test("an answer without a box restarts, the last attempt falls back", async () => {
		const settings = { restarts: 1 };
		const events = await play(
			[`\\boxed{first} ${block("a")}`, "done", "none", `\\boxed{second} ${block("a")}`, "done", "none"],
			{ settings },
		);
		expect(ending(events)).toMatchObject({ boxed: "second" });
	});
});

describe("overflow", () => {
	test("a nearly full window takes the newest pair back and answers", async () => {
		const settings = { contextTokens: 2150, retention: { policy: "keep-all" as const } };
		const events = await play([block("a"), "\\boxed{7}"], { settings });
		expect(rollbacks(events)).toEqual(["overflow"]);
		expect(ending(events)).toMatchObject({ outcome: "forced", detail: expect.stringContaining("context window") });
	});

	test("the server's refusal of a long prompt does the same", async () => {
		const events = await play([
			block("a"),
			block("b"),
			new ModelFault("overflow", "too long", { status: 400 }),
			"\\boxed{7}",
		]);
		expect(rollbacks(events)).toEqual(["overflow", "overflow"]);
		expect(ending(events)).toMatchObject({ outcome: "forced", boxed: "7" });
	});
});

describe("faults", () => {
	test("a busy server is asked again; each fault is an event with the time of the next try", async () => {
		const events = await play([new ModelFault("busy", "503", { status: 503 }), "done", "\\boxed{x}"]);
		expect(events.find((event) => event.type === "model.failed")).toMatchObject({
			fault: "busy",
			retryAt: expect.any(Number),
		});
		expect(ending(events)).toMatchObject({ boxed: "x" });
	});

	test("a refused key ends the run and says that all calls are kept", async () => {
		const events = await play([
			block("a"),
			new ModelFault("unauthorized", "The server refused the key.", { status: 401 }),
		]);
		expect(ending(events)).toMatchObject({
			outcome: "failed",
			detail: "The server refused the key. All 1 calls are kept.",
		});
	});
});

test("a run killed after any event goes on to the same events", async () => {
	const script = [
		"<use_mcp_tool>broken",
		block("a"),
		`${block("b")}${block("c")}`,
		"done",
		"none",
		block("d"),
		"done",
		"\\boxed{x}",
	];
	const settings = { restarts: 1, failureSummary: false };
	const whole = await play(script, { settings });
	for (let cut = 1; cut < whole.length; cut++) {
		const past = whole.slice(0, cut);
		const replies = past.filter(({ type }) => type === "model.replied").length;
		const again = await play(script.slice(replies), { settings, past });
		const without = (events: AgentEvent[]) =>
			events
				.filter(({ type }) => type !== "model.requested")
				.map((event) => (event.type === "tool.returned" ? { ...event, ms: 0 } : event));
		expect(without(again)).toEqual(without(whole));
	}
});
