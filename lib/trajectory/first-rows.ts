import { isKeptCall, type Row } from "./row";
import { type SharedPast, sharedPast } from "./shared-past";
import type { RunView } from "./view";

/**
 * The rows of a run around one place, sent along with its page, so that they stand there before the run itself has come:
 * `rows[0]` is the row `from`, `count` is how many the run has, `chosen` the row the address means. `past` is what a fork
 * shares with its parent, when there is a call in it.
 */
export type FirstRows = {
	from: number;
	rows: readonly Row[];
	count: number;
	chosen: number | undefined;
	hasAnswer: boolean;
	past?: SharedPast;
};

/** Rows before the chosen one, and in all: more than a tall screen shows. */
const BEFORE = 14;
const SENT = 32;

/**
 * The rows around `chosen`; when no row is, the last ones of a run that goes on, and of one that is over the first ones
 * behind the past of a fork, or of all when that past is open.
 */
export function firstRowsOf(view: RunView, chosen: number | undefined, isPastOpen: boolean): FirstRows {
	const { rows, answer } = view;
	const past = pastOf(view);
	const own = isPastOpen ? 0 : (past?.rows ?? 0);
	const begin = view.state === "ended" ? own : rows.length;
	const from = Math.max(0, Math.min(chosen === undefined ? begin : chosen - BEFORE, rows.length - SENT));
	return {
		from,
		rows: rows.slice(from, from + SENT),
		count: rows.length,
		chosen,
		hasAnswer: answer !== undefined,
		...(past && { past }),
	};
}

function pastOf({ rows, parent }: RunView): SharedPast | undefined {
	const past = parent ? sharedPast(rows, parent.seq) : 0;
	const calls = rows.slice(0, past).filter(isKeptCall).length;
	return calls > 0 ? { rows: past, calls } : undefined;
}
