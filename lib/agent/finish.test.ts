import { describe, expect, test } from "vitest";
import { block, play } from "../../e2e/fixtures/scripted";
import type { AgentEvent } from "../trajectory/event";
import { viewOf } from "../trajectory/view";
import { ModelFault, type WireRequest } from "./model";

const rollbacks = (events: readonly AgentEvent[]) =>
	events.flatMap((event) => (event.type === "turn.rolled_back" ? [event.reason] : []));
const ending = (events: readonly AgentEvent[]) => events.at(-1);

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

	test("a limit of the whole run forces an answer, restarts left or not", async () => {
		const settings = { restarts: 5, limits: { turns: 50, calls: 1 } };
		const events = await play([block("a"), "\\boxed{7}"], { settings });
		expect(ending(events)).toMatchObject({ outcome: "forced", boxed: "7" });
		expect(events.filter(({ type }) => type === "attempt.started")).toEqual([]);
	});

	test("an answer falls back on no box of an earlier attempt", async () => {
		const script = [`\\boxed{first} ${block("a")}`, "done", "none", block("a"), "done", "none"];
		const events = await play(script, { settings: { restarts: 1 } });
		expect(ending(events)).toMatchObject({ outcome: "failed", detail: expect.stringContaining("in 2 attempts") });
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
		const settings = { contextTokens: 2120, retention: { policy: "keep-all" as const } };
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

describe("an answer call that does not fit", () => {
	const full = new ModelFault("overflow", "too long", { status: 400 });
	const contents = (request: WireRequest | undefined) => request?.messages.map(({ content }) => content);

	test.each(["mirothinker", "generic"] as const)(
		"gives the newest pair back and is asked again (%s rules)",
		async (rules) => {
			const seen: WireRequest[] = [];
			const events = await play([block("a"), block("b"), "done", full, "\\boxed{7}"], { settings: { rules }, seen });
			expect(contents(seen[3])?.slice(-2)).toEqual(["done", "ANSWER NOW"]);
			const kept = ["SYS", "Q?", block("a")];
			expect(contents(seen[4])).toEqual(
				rules === "generic" ? [...kept, "results for a\n\nANSWER NOW"] : [...kept, "ANSWER NOW"],
			);
			expect(rollbacks(events)).toEqual(["overflow", "overflow"]);
			expect(ending(events)).toMatchObject({ outcome: "forced", boxed: "7" });
		},
	);

	test("RES-05: ends the run when nothing is left to give back", async () => {
		const events = await play([block("a"), "done", full, full]);
		expect(ending(events)).toMatchObject({ outcome: "failed", detail: "too long All 0 calls are kept." });
	});
});

test("calls that an overflow took back count for no budget", async () => {
	const settings = { restarts: 1, limits: { turns: 50, calls: 2 } };
	const full = new ModelFault("overflow", "too long", { status: 400 });
	const script = [block("a"), full, block("b"), block("c"), "\\boxed{7}"];
	const events = await play(script, { settings });
	expect(ending(events)).toMatchObject({ outcome: "forced", detail: expect.stringContaining("all 2 calls") });
	expect(viewOf(events.map((event, index) => ({ ...event, runId: "r", seq: index + 1, at: 0 }))).calls).toBe(2);
});

describe("what the server's tokenizer tells", () => {
	test("a refused prompt that fits is sent once more, with the output limit that is left", async () => {
		const seen: WireRequest[] = [];
		const full = new ModelFault("overflow", "too long", { status: 400 });
		const settings = { contextTokens: 8000, sampling: { temperature: 1, max_tokens: 4000 } };
		const script = [full, "done", "\\boxed{7}"];
		const events = await play(script, { settings, seen, countTokens: async () => 5000 });
		expect(seen.slice(0, 2).map(({ params }) => params.max_tokens)).toEqual([4000, 2936]);
		expect(rollbacks(events)).toEqual([]);
		expect(ending(events)).toMatchObject({ outcome: "answered" });
	});

	test("stands in for usage that the server does not send, so that the guard is not blind", async () => {
		const blind = { content: block("a"), finish: "stop" as const, blind: true as const };
		const settings = { contextTokens: 8000, retention: { policy: "keep-all" as const } };
		const script = [blind, "\\boxed{7}"];
		const events = await play(script, { settings, countTokens: async () => 7000 });
		expect(events.find(({ type }) => type === "model.replied")).toMatchObject({
			usage: { inputTokens: 7000, estimated: true },
		});
		expect(rollbacks(events)).toEqual(["overflow"]);
		const guessed = await play([blind, "done", "\\boxed{7}"], { settings });
		expect(guessed.find(({ type }) => type === "model.replied")).toMatchObject({
			usage: { inputTokens: expect.any(Number), estimated: true },
		});
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

test("REC-01: a run killed after any event goes on to the same events", async () => {
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
