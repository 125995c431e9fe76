import { describe, expect, test } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import type { AgentEvent, RunEvent } from "./event";
import { turnAtCall } from "./fork";
import { sharedPast } from "./shared-past";
import { viewOf } from "./view";

const parent = makeTrajectory({ calls: 120, seed: 5 });
const isBusy = (event: RunEvent) => event.type === "model.failed" || event.type === "turn.rolled_back";

/** A fork of `parent` after the event `cut`, with what it did first. */
function forkedAt(cut: number, own: readonly AgentEvent[] = []) {
	const link = { runId: "parent", seq: cut };
	const forked: AgentEvent = { type: "run.forked", parent: link, changes: ["arguments"] };
	const added = [forked, ...own].map((event, at) => ({ ...event, runId: "child", seq: cut + 1 + at, at: cut + at }));
	return viewOf([...parent.slice(0, cut), ...added]);
}

describe("the past a fork shares with its parent", () => {
	test("is every row that was settled by then, and none of the run's own, however much of it is here", () => {
		const at = turnAtCall(parent, 100);
		const cut = at?.endSeq ?? 0;
		const view = forkedAt(cut, [{ type: "turn.started", turn: 99, purpose: "research" }]);
		const past = sharedPast(view.rows, cut);
		expect(view.rows.slice(past).map(({ kind }) => kind)).toEqual(["fork", "open"]);
		expect(view.rows.slice(0, past).findLast((row) => row.kind === "call" && row.n === 100)).toBeDefined();
		expect(parent.slice(0, cut).some(isBusy)).toBe(true);
		for (let seen = 1; seen <= cut; seen++) {
			const { rows } = viewOf(parent.slice(0, seen));
			const waits = rows.some(
				(row) => row.kind === "open" || (row.kind === "call" && !row.rolledBack && row.resultSeq === undefined),
			);
			expect(sharedPast(rows, cut)).toBeLessThanOrEqual(past);
			expect(waits || sharedPast(rows, cut) === rows.length).toBe(true);
		}
	});

	test("leaves out the call whose reply or result was edited", () => {
		const at = turnAtCall(parent, 12);
		if (!at) throw new Error("There is no call 12.");
		const edits: [number, AgentEvent][] = [
			[at.replied.seq - 1, at.replied],
			[at.returned.seq - 1, at.returned],
		];
		for (const [cut, edited] of edits) {
			const { rows } = forkedAt(cut, [edited]);
			const past = sharedPast(rows, cut);
			expect(rows[past]).toMatchObject({ turn: at.turn });
			expect(rows.slice(0, past).filter((row) => row.kind === "call" && row.n !== undefined)).toHaveLength(11);
		}
	});

	test("is nothing for a run that asks the same question again", () => {
		expect(sharedPast(forkedAt(1).rows, 1)).toBe(0);
	});
});
