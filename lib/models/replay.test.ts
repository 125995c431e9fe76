import { expect, test } from "vitest";
import { block, play, playWith } from "../../e2e/fixtures/scripted";
import type { AgentEvent } from "../trajectory/event";
import { replay } from "./replay";

const timeless = (events: readonly AgentEvent[]) =>
	events.map((event) => (event.type === "tool.returned" ? { ...event, ms: 0 } : event));

test("a recorded run played again gives the same events, rollbacks, restarts and hashes included", async () => {
	const script = [
		"<use_mcp_tool>broken",
		block("a"),
		`${block("b")}${block("c")}`,
		block("a"),
		"done",
		"none",
		block("d"),
		"done",
		"\\boxed{x}",
	];
	const settings = { restarts: 1, failureSummary: false };
	const recorded = await play(script, { settings });
	expect(recorded.at(-1)).toMatchObject({ type: "run.ended", boxed: "x" });
	expect(timeless(await playWith(replay(recorded), { settings }))).toEqual(timeless(recorded));
});

test("a recording that is too short ends the run with a plain word", async () => {
	const recorded = await play([block("a"), "done", "\\boxed{x}"]);
	const cut = recorded.filter((event) => !(event.type === "model.replied" && event.turn > 1));
	expect((await playWith(replay(cut))).at(-1)).toMatchObject({
		outcome: "failed",
		detail: expect.stringContaining("1 replies"),
	});
});
