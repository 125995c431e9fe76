import type { Row } from "./row";
import type { RunView } from "./view";

/**
 * The rows of a run around one place, sent along with its page, so that they stand there before the run itself has come:
 * `rows[0]` is the row `from`, `count` is how many the run has, `chosen` the row the address means.
 */
export type FirstRows = {
	from: number;
	rows: readonly Row[];
	count: number;
	chosen: number | undefined;
	hasAnswer: boolean;
};

/** More than a tall screen shows on either side of its middle. */
const BEFORE = 14;
const BEHIND = 18;

/** The rows around `chosen`, or the first ones when no row is. */
export function firstRowsOf({ rows, answer }: RunView, chosen: number | undefined): FirstRows {
	const from = Math.max(0, (chosen ?? 0) - BEFORE);
	return {
		from,
		rows: rows.slice(from, (chosen ?? 0) + BEHIND),
		count: rows.length,
		chosen,
		hasAnswer: answer !== undefined,
	};
}
