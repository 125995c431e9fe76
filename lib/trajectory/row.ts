import type {
	AgentEventOf,
	Attachment,
	FaultClass,
	FinishReason,
	ForkChange,
	Outcome,
	Parent,
	Purpose,
	RollbackReason,
	RunFile,
	Source,
	ToolCall,
	Usage,
} from "./event";
import { splitThink } from "./think";

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
	/** Time to the first token of the reply. */
	ttftMs?: number;
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
	/** `asking`: a person is to say whether it may run. */
	status: "queued" | "asking" | "running" | "ok" | "error" | "empty";
	calledAt?: number;
	/** What a person said when asked whether it may run. */
	decision?: { approved: boolean; note?: string };
	/** `seq` of `tool.returned`. */
	resultSeq?: number;
	summary: string;
	/** Beginning of what the model read. */
	result: string;
	resultChars: number;
	toolMs?: number;
	/** The run of the sub-agent that works on this call. */
	child?: string;
	sources: readonly RowSource[];
	files: readonly RunFile[];
};
export type AttemptRow = { kind: "attempt"; key: number; attempt: number; carried?: string };
/** A person's words; `seenFrom` is the call that the first turn which read them could make, absent until then. */
export type SteerRow = { kind: "steer"; key: number; at: number; text: string; seenFrom?: number };
export type PauseRow = { kind: "pause"; key: number; at: number; paused: boolean; detail: string };
/** Where this run leaves its parent's past. */
export type ForkRow = {
	kind: "fork";
	key: number;
	at: number;
	parent: Parent;
	changes: readonly ForkChange[];
	followUp?: string;
	/** The files that came with the further question. */
	attachments?: readonly Attachment[];
	afterCall: number;
};
export type EndRow = { kind: "end"; key: number; at: number; outcome: Outcome; detail: string };

export type Row = OpenRow | ReplyRow | CallRow | AttemptRow | SteerRow | PauseRow | ForkRow | EndRow;
export type TurnRow = OpenRow | ReplyRow | CallRow;

export const isTurnRow = (row: Row | undefined): row is TurnRow =>
	row?.kind === "open" || row?.kind === "reply" || row?.kind === "call";

/** A call that the run still counts. */
export type KeptCall = CallRow & { n: number };
export const isKeptCall = (row: Row | undefined): row is KeptCall =>
	row?.kind === "call" && row.n !== undefined && !row.rolledBack;

export const attemptRow = (event: AgentEventOf<"attempt.started"> & { seq: number }): AttemptRow => ({
	kind: "attempt",
	key: event.seq,
	attempt: event.attempt,
	...(event.carried !== undefined && { carried: event.carried }),
});

export const pauseRow = (
	event: AgentEventOf<"run.paused" | "run.resumed"> & { seq: number; at: number },
): PauseRow => ({
	kind: "pause",
	key: event.seq,
	at: event.at,
	paused: event.type === "run.paused",
	detail: event.detail,
});

export const endRow = (event: AgentEventOf<"run.ended"> & { seq: number; at: number }): EndRow => ({
	kind: "end",
	key: event.seq,
	at: event.at,
	outcome: event.outcome,
	detail: event.detail,
});

export const forkRow = (
	event: AgentEventOf<"run.forked"> & { seq: number; at: number },
	afterCall: number,
): ForkRow => ({
	kind: "fork",
	key: event.seq,
	at: event.at,
	parent: event.parent,
	changes: event.changes,
	...(event.followUp !== undefined && { followUp: event.followUp }),
	...(event.attachments && { attachments: event.attachments }),
	afterCall,
});

export const steerRow = (event: AgentEventOf<"user.steered"> & { seq: number; at: number }): SteerRow => ({
	kind: "steer",
	key: event.seq,
	at: event.at,
	text: event.text,
});

/** A turn begins and reads the words that waited for it. */
export function seeWords(rows: Row[], unseen: number[], call: number): void {
	for (const at of unseen.splice(0)) {
		const row = rows[at];
		if (row?.kind === "steer") rows[at] = { ...row, seenFrom: call };
	}
}

/** What a note on this row names: its result when it has one, else what began it. */
export const noteTarget = (row: Row): number =>
	row.kind === "call" && row.resultSeq !== undefined ? row.resultSeq : Math.floor(row.key);

export const openRow = (
	attempt: number,
	event: AgentEventOf<"turn.started"> & { seq: number; at: number },
): OpenRow => ({
	kind: "open",
	key: event.seq,
	turn: event.turn,
	attempt,
	purpose: event.purpose,
	startedAt: event.at,
	faults: [],
	thought: "",
	text: "",
});

/** What a turn's row says once its reply is there. */
export function replyFacts(event: AgentEventOf<"model.replied"> & { seq: number; at: number }) {
	const split = splitThink(event.content);
	return {
		endedAt: event.at,
		usage: event.usage,
		modelMs: event.ms,
		...(event.ttftMs !== undefined && { ttftMs: event.ttftMs }),
		finish: event.finish,
		replySeq: event.seq,
		thought: (event.reasoning ?? split.reasoning).trim(),
		text: proseOf(split.visible),
	};
}

/** What makes a turn's row the row of a call that has not run yet. */
export const callFacts = (call: ToolCall) =>
	({ kind: "call", call, status: "queued", summary: "", result: "", resultChars: 0, sources: [], files: [] }) as const;

/** The row of a rolled-back turn: it stays in place, and a call gives its number back. */
export function withdraw(row: TurnRow, rolledBack: Rollback): TurnRow {
	if (row.kind !== "call") return { ...row, kind: "reply", rolledBack };
	const { n: _, ...rest } = row;
	return { ...rest, rolledBack };
}

/** Prose before the first call block: upstream shows nothing that follows it. */
export function proseOf(visible: string): string {
	const call = visible.indexOf("<use_mcp_tool>");
	return (call < 0 ? visible : visible.slice(0, call)).trim();
}

/** The tokens of two requests together. */
export const addUsage = (a: Usage, b: Usage): Usage => ({
	inputTokens: a.inputTokens + b.inputTokens,
	outputTokens: a.outputTokens + b.outputTokens,
	cachedTokens: (a.cachedTokens ?? 0) + (b.cachedTokens ?? 0),
	reasoningTokens: (a.reasoningTokens ?? 0) + (b.reasoningTokens ?? 0),
});
