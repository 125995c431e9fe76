import { describe, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { block, play, searched } from "../../e2e/fixtures/scripted";
import type { AgentEvent } from "../trajectory/event";
import type { WireRequest } from "./model";

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

	describe("RES-02 B074: whose reply makes calls without number", () => {
		const many = (calls: number, name = "q") =>
			Array.from({ length: calls }, (_, at) => block(`${name}${at}`)).join("\n");
		const results = (events: readonly AgentEvent[]) =>
			events.flatMap((event) => (event.type === "tool.returned" ? [event] : []));

		test("runs the first fifty, answers each other and keeps a thousand, in time that grows with their number", async () => {
			searched.length = 0;
			const [reply, seen] = [many(20_000), [] as WireRequest[]];
			const since = processorTime();
			const events = await play([reply, "done", "\\boxed{x}"], { seen });
			expect(processorTime() - since).toBeLessThan(5000);
			expect(searched).toHaveLength(50);
			expect(results(events)).toHaveLength(1000);
			expect(events.filter(({ type }) => type === "tool.called")).toHaveLength(50);
			const refused = "failed. Error: Not run: one reply may make 50 calls. Make fewer at a time.";
			expect(
				results(events)
					.slice(50)
					.every(({ status, text }) => status === "error" && text.endsWith(refused)),
			).toBe(true);
			expect(String(seen[1]?.messages.at(-1)?.content).split("\n")).toHaveLength(1000);
			expect(ending(events)).toMatchObject({ outcome: "answered" });
		});

		test("runs no more than the run has left, also when it is taken up in the middle of them", async () => {
			searched.length = 0;
			const settings = { limits: { turns: 50, calls: 8 } };
			const events = await play([many(5), many(6, "r"), "\\boxed{x}"], { settings });
			expect(searched).toEqual(["q0", "q1", "q2", "q3", "q4", "r0", "r1", "r2"]);
			expect(results(events).at(-1)).toMatchObject({
				callId: "call_2_6",
				summary: "Not run: all 8 calls of this run are used.",
			});
			expect(ending(events)).toMatchObject({ outcome: "forced", detail: expect.stringContaining("all 8 calls") });
			const past = events.slice(0, 1 + events.indexOf(results(events)[6] as AgentEvent));
			const again = await play(["\\boxed{x}"], { settings, past });
			expect(types(again)).toBe(types(events));
		});

		test("is asked again when it repeats itself or a call, and never runs more than fifty of them", async () => {
			searched.length = 0;
			const same = Array.from({ length: 500 }, (_, at) => block(at % 2 === 0 ? "a" : "b")).join("\n");
			const events = await play([...Array(14).fill(same), "done", "\\boxed{x}"]);
			expect(rollbacks(events)).toEqual([...Array(9).fill("repetition"), ...Array(4).fill("duplicate")]);
			expect(searched).toHaveLength(50);
		});
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

	test.each(["time constraint", "I’m sorry, but I can’t", "I'm sorry, I cannot solve"])(
		"%j is a refusal",
		async (phrase) => {
			expect(rollbacks(await play([`Well: ${phrase} it.`, "fine", "\\boxed{x}"]))).toEqual(["refusal"]);
		},
	);

	test("the tenth cut reply in a row is taken as it is", async () => {
		const cut = { content: "half a tho", finish: "length" as const };
		const events = await play([...Array(10).fill(cut), "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(Array(9).fill("length"));
		expect(events.find((event) => event.type === "turn.started" && event.purpose === "answer")).toMatchObject({
			turn: 11,
		});
		expect(ending(events)).toMatchObject({ outcome: "answered", boxed: "x" });
	});

	test("an attempt asks at most 200 times more than it may have turns", async () => {
		const cut = { content: "half a tho", finish: "length" as const };
		const wasteful = (n: number) => [...Array(4).fill(malformed), ...Array(5).fill(cut), block(String(n))];
		const script = Array.from({ length: 25 }, (_, n) => wasteful(n)).flat();
		const events = await play([...script, "\\boxed{x}"], { settings: { limits: { turns: 50, calls: 600 } } });
		expect(ending(events)).toMatchObject({ outcome: "forced", boxed: "x" });
		expect(rollbacks(events)).toHaveLength(225);
	});

	test("RES-01: a duplicate query is rolled back four times, then run; it never ran before that", async () => {
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

	test("RES-03: a reply that repeats itself is thrown away", async () => {
		const events = await play(["The same fifty characters come again and again, so! ".repeat(8), "done", "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(["repetition"]);
		const five = await play(["The same fifty characters come again and again, so! ".repeat(5), "\\boxed{x}"]);
		expect(rollbacks(five)).toEqual([]);
	});

	test("a thought that was cut before anything was said gets more room too", async () => {
		const cut = { content: "", reasoning: "half a tho", finish: "length" as const };
		const seen: WireRequest[] = [];
		expect(rollbacks(await play([cut, "done", "\\boxed{x}"], { seen }))).toEqual(["length"]);
		expect(seen[1]?.params.max_tokens).toBe(1100);
	});

	test("a reply that the server stopped for repeating itself is thrown away", async () => {
		const events = await play([{ content: "so so", finish: "repetition" }, "done", "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(["repetition"]);
	});

	test("a call that the server left in the thought is a format error, after a resume as well", async () => {
		const inThought = { content: "", reasoning: block("a"), finish: "stop" as const };
		const events = await play([inThought, "done", "\\boxed{x}"]);
		expect(rollbacks(events)).toEqual(["format"]);
		const past = events.slice(0, 1 + events.findIndex(({ type }) => type === "model.replied"));
		expect(rollbacks(await play(["done", "\\boxed{x}"], { past }))).toEqual(["format"]);
	});

	test("B075: ten empty replies in a row end the run", async () => {
		const events = await play(Array(10).fill(""));
		expect(ending(events)).toMatchObject({ type: "run.ended", outcome: "failed" });
		expect(rollbacks(events)).toHaveLength(10);
	});
});
