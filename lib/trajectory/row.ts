import type { FaultClass, FinishReason, Outcome, Purpose, RollbackReason, Source, ToolCall, Usage } from "./event";

/** A source as a row shows it. `firstSeen`: no earlier call of the run had brought it. */
export type RowSource = Source & { firstSeen: boolean };
export type RowFault = { seq: number; fault: FaultClass; message: string; retryAt?: number | undefined };
export type Rollback = { reason: RollbackReason; detail: string };

type TurnFacts = {
	/** `seq` of the event that made the row: its identity for as long as the run is looked at. */
	key: number;
	turn: number;
	attempt: number;
	purpose: Purpose;
	startedAt: number;
	endedAt?: number;
	faults: readonly RowFault[];
	rolledBack?: Rollback;
	usage?: Usage;
	modelMs?: number;
	finish?: FinishReason;
	/** `seq` of `model.replied`, whose whole text can be loaded by it. */
	replySeq?: number;
	thought: string;
	/** Prose of the reply, without think and call blocks; cut to its beginning in a slim event. */
	text: string;
};

/** A turn whose reply is awaited or being written. */
export type OpenRow = TurnFacts & { kind: "open" };
/** A reply without tool calls: the answer, or one that was rolled back. */
export type ReplyRow = TurnFacts & { kind: "reply" };
/** A tool call; the first of a turn carries the thought. `n` counts kept calls from 1. */
export type CallRow = TurnFacts & {
	kind: "call";
	n?: number;
	call: ToolCall;
	status: "queued" | "running" | "ok" | "error" | "empty";
	calledAt?: number;
	/** `seq` of `tool.returned`. */
	resultSeq?: number;
	summary: string;
	/** Beginning of what the model read. */
	result: string;
	resultChars: number;
	toolMs?: number;
	sources: readonly RowSource[];
};
export type AttemptRow = { kind: "attempt"; key: number; attempt: number; carried?: string };
export type SteerRow = { kind: "steer"; key: number; at: number; text: string; afterCall: number };
export type PauseRow = { kind: "pause"; key: number; at: number; paused: boolean; detail: string };
export type EndRow = { kind: "end"; key: number; at: number; outcome: Outcome; detail: string };

export type Row = OpenRow | ReplyRow | CallRow | AttemptRow | SteerRow | PauseRow | EndRow;
export type TurnRow = OpenRow | ReplyRow | CallRow;

export const isTurnRow = (row: Row | undefined): row is TurnRow =>
	row?.kind === "open" || row?.kind === "reply" || row?.kind === "call";
