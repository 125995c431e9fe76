import fc from "fast-check";
import { expect, test } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import { firstRowsOf } from "./first-rows";
import { viewOf } from "./view";

test("the rows that come with a page are the run's own, with the chosen one among them", () => {
	const run = fc.record({ calls: fc.integer({ min: 1, max: 60 }), seed: fc.integer({ min: 1, max: 40 }) });
	fc.assert(
		fc.property(run, fc.option(fc.nat(70), { nil: undefined }), (made, wanted) => {
			const view = viewOf(makeTrajectory(made));
			const chosen = wanted === undefined ? undefined : Math.min(wanted, view.rows.length - 1);
			const { from, rows, count, hasAnswer } = firstRowsOf(view, chosen);
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
