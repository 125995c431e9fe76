import fc from "fast-check";
import { expect, test } from "vitest";
import { forkTrajectory, makeTrajectory } from "../../e2e/fixtures/trajectory";
import { firstRowsOf } from "./first-rows";
import { viewOf } from "./view";

test("the rows that come with a page are the run's own, with the chosen one among them", () => {
	const run = fc.record({ calls: fc.integer({ min: 1, max: 60 }), seed: fc.integer({ min: 1, max: 40 }) });
	fc.assert(
		fc.property(run, fc.option(fc.nat(70), { nil: undefined }), (made, wanted) => {
			const view = viewOf(makeTrajectory(made));
			const chosen = wanted === undefined ? undefined : Math.min(wanted, view.rows.length - 1);
			const { from, rows, count, hasAnswer } = firstRowsOf(view, chosen, false);
			expect(count).toBe(view.rows.length);
			expect(hasAnswer).toBe(view.answer !== undefined);
			for (const [at, row] of rows.entries()) expect(row).toBe(view.rows[from + at]);
			const first = chosen ?? 0;
			expect(from <= first && first < from + rows.length).toBe(true);
			expect(rows.length).toBeLessThanOrEqual(32);
		}),
		{ numRuns: 60 },
	);
});

test("of a run that goes on the last rows come, of one that is over the first", () => {
	const live = viewOf(makeTrajectory({ calls: 90, seed: 3, live: "calling" }));
	expect(firstRowsOf(live, undefined, false)).toMatchObject({
		from: live.rows.length - 32,
		rows: live.rows.slice(-32),
	});
	expect(firstRowsOf(live, 40, false).from).toBe(26);
	const over = viewOf(makeTrajectory({ calls: 90, seed: 3 }));
	expect(firstRowsOf(over, undefined, false)).toMatchObject({ from: 0, rows: over.rows.slice(0, 32) });
});

test("of a fork its own rows come, and what it shares is counted; the first ones when its past is open", () => {
	const parent = makeTrajectory({ calls: 120, seed: 5 });
	const fork = viewOf(forkTrajectory(parent, 50, "child"));
	const first = firstRowsOf(fork, undefined, false);
	expect(first.past?.calls).toBe(50);
	expect(first.from).toBe(first.past?.rows);
	expect(first.rows[0]?.kind).toBe("fork");
	expect(firstRowsOf(fork, undefined, true).from).toBe(0);
	expect(firstRowsOf(viewOf(parent), undefined, false).past).toBeUndefined();
});
