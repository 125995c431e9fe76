import { describe, expect, test } from "vitest";
import { block, play } from "../../e2e/fixtures/scripted";
import type { AgentEvent } from "../trajectory/event";
import { ModelFault, type WireRequest } from "./model";

const OMITTED = "Tool result is omitted to save tokens.";
const contents = (request: WireRequest | undefined) => request?.messages.map(({ content }) => content);
const replies = (events: readonly AgentEvent[]) => events.filter(({ type }) => type === "model.replied").length;
/** Says each text once, as soon as so many replies are on record. */
const saying = (said: Record<number, string>) => (events: readonly AgentEvent[]) => {
	const known = events.flatMap((event) => (event.type === "user.steered" ? [event.text] : []));
	const text = said[replies(events)];
	return text === undefined || known.includes(text) ? [] : [{ type: "user.steered" as const, text }];
};
const keep = (k: number) => ({ retention: { policy: "keep-last" as const, k } });

describe("what a person said", () => {
	test("takes no place of the K results, and stays when the result it came with is masked", async () => {
		const seen: WireRequest[] = [];
		const script = [block("a"), block("b"), block("c"), "done", "\\boxed{x}"];
		await play(script, { seen, settings: keep(1), heard: saying({ 1: "Look at b." }) });
		expect(contents(seen[1])).toEqual(["SYS", "Q?", block("a"), "results for a\n\nLook at b."]);
		expect(contents(seen[3])).toEqual([
			"SYS",
			"Q?",
			block("a"),
			`${OMITTED}\n\nLook at b.`,
			block("b"),
			OMITTED,
			block("c"),
			"results for c",
		]);
	});

	test("after the model had ended its research is a message of its own, never masked, and the research goes on", async () => {
		const seen: WireRequest[] = [];
		const script = [block("a"), "done", block("b"), "done", "\\boxed{x}"];
		await play(script, { seen, settings: keep(1), heard: saying({ 2: "Not yet." }) });
		expect(contents(seen[3])).toEqual([
			"SYS",
			"Q?",
			block("a"),
			OMITTED,
			"done",
			"Not yet.",
			block("b"),
			"results for b",
		]);
	});

	test("outlives the result that leaves before the answer prompt", async () => {
		const seen: WireRequest[] = [];
		const malformed = "<use_mcp_tool>";
		const script = [block("a"), malformed, "done", "\\boxed{x}"];
		const limits = { turns: 50, calls: 600, tokens: 220 };
		await play(script, { seen, settings: { limits }, heard: saying({ 1: "In metres." }) });
		expect(contents(seen[1])?.at(-1)).toBe("results for a\n\nIn metres.");
		expect(contents(seen[2])).toEqual(["SYS", "Q?", block("a"), "ANSWER NOW\n\nIn metres."]);
	});

	test("outlives an overflow and a restart", async () => {
		const seen: WireRequest[] = [];
		const full = new ModelFault("overflow", "too long", { status: 400 });
		const script = [block("a"), block("b"), full, block("c"), "done", "\\boxed{x}"];
		await play(script, { seen, settings: { restarts: 1 }, heard: saying({ 2: "In metres." }) });
		expect(contents(seen[2])?.at(-1)).toBe("results for b\n\nIn metres.");
		expect(contents(seen[3])).toEqual(["SYS", "Q?\n\nIn metres."]);
	});
});

test("a run resumed after any event sends the same requests: steers, masks, overflow, summaries, restarts", async () => {
	const full = new ModelFault("overflow", "too long", { status: 400 });
	const script = [
		block("a"),
		`${block("b")}${block("c")}`,
		"<use_mcp_tool>broken",
		{ content: "half", finish: "length" as const },
		block("d"),
		full,
		"Failure type: blocked",
		block("a"),
		"done",
		block("e"),
		block("f"),
		"done",
		"\\boxed{x}",
	];
	const settings = { ...keep(1), restarts: 1, failureSummary: true };
	const heard = saying({ 2: "Look at d.", 5: "In metres.", 8: "Go on." });
	const whole = await play(script, { settings, heard });
	expect(whole.at(-1)).toMatchObject({ outcome: "answered", boxed: "x" });
	const hashes = (events: readonly AgentEvent[]) =>
		new Set(
			events.flatMap((event) => (event.type === "model.requested" ? [`${event.turn} ${event.requestHash}`] : [])),
		);
	for (let cut = 1; cut < whole.length; cut++) {
		const past = whole.slice(0, cut);
		const failed = past.at(-1)?.type === "model.failed" ? 1 : 0;
		const asked = past.filter(({ type }) => type === "model.replied" || type === "model.failed").length - failed;
		const again = await play(script.slice(asked), { settings, past, heard });
		expect([cut, [...hashes(again)]]).toEqual([cut, [...hashes(whole)]]);
		expect([cut, again.at(-1)]).toEqual([cut, whole.at(-1)]);
	}
});
