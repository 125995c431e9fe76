import type { AgentEventOf } from "./event";
import { type CallRow, pauseRow, type Row } from "./row";

/** What a run does as of its last event. `asking`: a call waits for a person's word. */
export type RunState = "queued" | "running" | "waiting" | "asking" | "paused" | "recovering" | "ended";

/** What holds a run up: a person's pause, or a call that asks a person. */
export type Hold = {
	state: RunState;
	/** The id of the call that waits for a person's word; nothing goes on meanwhile, so at most one asks at a time. */
	asking?: string;
	rows: Row[];
};

type Stamped<T> = T & { seq: number; at: number };

/** A person paused the run, or let it go on: to what it was doing, or to what it was asking. */
export function hold(view: Hold, event: Stamped<AgentEventOf<"run.paused" | "run.resumed">>): void {
	const goesOnTo = view.asking === undefined ? "running" : "asking";
	view.state = event.type === "run.paused" ? "paused" : goesOnTo;
	view.rows.push(pauseRow(event));
}

/** A call asks a person, or a person has answered. A paused run stays paused. */
export function askOrDecide(
	view: Hold,
	event: Stamped<AgentEventOf<"approval.asked" | "approval.decided">>,
	found: [number, CallRow] | undefined,
): void {
	if (event.type === "approval.asked") view.asking = event.callId;
	else delete view.asking;
	if (view.state !== "paused") view.state = event.type === "approval.asked" ? "asking" : "running";
	if (found) view.rows[found[0]] = { ...found[1], ...askedFacts(event) };
}

const askedFacts = (event: Stamped<AgentEventOf<"approval.asked" | "approval.decided">>) =>
	event.type === "approval.asked"
		? ({ status: "asking" } as const)
		: ({
				status: "running",
				calledAt: event.at,
				decision: { approved: event.approved, ...(event.note && { note: event.note }) },
			} as const);
