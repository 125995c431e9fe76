import { expect, test } from "vitest";
import { block, play, searched } from "../../e2e/fixtures/scripted";
import type { AgentEvent, AgentEventOf } from "../trajectory/event";
import { viewOf } from "../trajectory/view";

const settings = { approval: ["google_search"] };
const box = "<think>so</think>\n\\boxed{42}";

const decided = (
	events: readonly AgentEvent[],
	word: Partial<AgentEventOf<"approval.decided">>,
): AgentEventOf<"approval.decided"> => {
	const asked = events.findLast((event) => event.type === "approval.asked");
	if (asked?.type !== "approval.asked") throw new Error("nothing was asked");
	return { type: "approval.decided", turn: asked.turn, callId: asked.callId, approved: true, ...word };
};

const stamped = (events: readonly AgentEvent[]) =>
	events.map((event, at) => ({ ...event, runId: "r", seq: at + 1, at }));
const kinds = (events: readonly AgentEvent[]) => events.map(({ type }) => type);

test("a call of a tool that asks first is not run before a person says yes", async () => {
	searched.length = 0;
	const first = await play([block("a")], { settings });
	expect(kinds(first).slice(-2)).toEqual(["tool.called", "approval.asked"]);
	expect(searched).toEqual([]);
	expect(viewOf(stamped(first))).toMatchObject({ state: "asking", calls: 1 });

	const again = await play([], { settings, past: first });
	expect(again).toEqual(first);

	const past = [...first, decided(first, {})];
	expect(viewOf(stamped(past)).state).toBe("running");
	const events = await play([box, box], { settings, past });
	expect(searched).toEqual(["a"]);
	expect(events.find(({ type }) => type === "tool.returned")).toMatchObject({ status: "ok", text: "results for a" });
	expect(events.at(-1)).toMatchObject({ type: "run.ended", outcome: "answered", boxed: "42" });
});

test("a refused call is told to the model with what the person said, and is not run", async () => {
	searched.length = 0;
	const first = await play([block("a")], { settings });
	const past = [...first, decided(first, { approved: false, note: "Ask the library." })];
	const events = await play([box, box], { settings, past });
	expect(searched).toEqual([]);
	const result = events.find(({ type }) => type === "tool.returned");
	expect(result).toMatchObject({ status: "error" });
	expect(result).toHaveProperty("text", expect.stringContaining("did not allow this call. They say: Ask the library."));
});

test("a word for all further calls holds for the rest of the run, also after it was taken up anew", async () => {
	searched.length = 0;
	const first = await play([block("a")], { settings });
	const events = await play([block("b"), box, box], { settings, past: [...first, decided(first, { further: true })] });
	expect(searched).toEqual(["a", "b"]);
	expect(kinds(events).filter((kind) => kind === "approval.asked")).toHaveLength(1);
});

test("each call asks anew without that word", async () => {
	searched.length = 0;
	const first = await play([block("a")], { settings });
	const events = await play([block("b")], { settings, past: [...first, decided(first, {})] });
	expect(kinds(events).at(-1)).toBe("approval.asked");
	expect(searched).toEqual(["a"]);
});

test("a call that could not run anyway asks nobody, and tools that are not named do not ask", async () => {
	searched.length = 0;
	const quiet = { ...settings, sampling: { temperature: 0 } };
	const unreadable = block("a").replace('{"q":"a"}', "{}");
	const wrong = await play([unreadable, box, box], { settings: quiet });
	expect(kinds(wrong)).not.toContain("approval.asked");
	const other = await play([block("a"), box, box], { settings: { approval: ["run_python"] } });
	expect(kinds(other)).not.toContain("approval.asked");
	expect(searched).toEqual(["a"]);
});
