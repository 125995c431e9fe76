import type { AgentEvent, AgentEventOf, Purpose } from "../trajectory/event";
import { type Conversation, converse, emptyConversation } from "../trajectory/messages";
import type { RunSettings } from "../trajectory/settings";
import type { ReadReply } from "./protocol/protocol";

/** A turn from its start until it is settled or rolled back. */
export type OpenTurn = {
	turn: number;
	purpose: Purpose;
	reply?: AgentEventOf<"model.replied">;
	/** The reply as the protocol read it; made again after a resume. */
	read?: ReadReply;
	called: Map<string, AgentEventOf<"tool.called">>;
	/** Calls that a person was asked about, and what was decided of them. */
	asked: Set<string>;
	decided: Map<string, AgentEventOf<"approval.decided">>;
	returned: AgentEventOf<"tool.returned">[];
};

/**
 * All the loop knows: a fold of the run's events, so that a start, a resume and a fork differ only in the past they
 * are given. Counters named `streak` fall to 0 when a turn is kept.
 */
export type Memory = {
	conversation: Conversation;
	settings: RunSettings | undefined;
	/** Newest turn number. */
	turn: number;
	open: OpenTurn | undefined;
	attempt: number;
	/** Of the current attempt: kept research turns, and replies sampled for them. */
	kept: number;
	sampled: number;
	/** Of the whole run; calls are those that stayed. */
	calls: number;
	tokens: number;
	lastInputTokens: number;
	lastOutputTokens: number;
	streak: { rollbacks: number; resampled: number; empty: number };
	/** Kept turns with calls of this attempt, newest last: what an overflow takes back. */
	keptTurns: { turn: number; calls: number }[];
	/** Duplicate keys of kept calls of this attempt (decision D9: only kept turns count). */
	used: Map<string, number>;
	/** A refused request left; the pair of this turn has yet to follow. */
	owed: number | undefined;
	/** Tools that a person has allowed for the rest of the run. */
	allowed: Set<string>;
	/** The research of this attempt is over: the model stopped calling tools, or the window is full. */
	over: "natural" | "overflow" | undefined;
	/** The last boxed text seen in a research reply, used when the final answer has none (spec §1.9). */
	boxedSeen: { turn: number; boxed: string } | undefined;
	answerTries: number;
	/** The settled reply to the answer prompt. */
	answer: { turn: number; content: string } | undefined;
	/** Set when the failure summary of this attempt stands in the conversation. */
	failureSummary: string | undefined;
	ended: boolean;
};

export function emptyMemory(): Memory {
	return {
		conversation: emptyConversation(),
		settings: undefined,
		turn: 0,
		open: undefined,
		attempt: 1,
		kept: 0,
		sampled: 0,
		calls: 0,
		tokens: 0,
		lastInputTokens: 0,
		lastOutputTokens: 0,
		streak: { rollbacks: 0, resampled: 0, empty: 0 },
		keptTurns: [],
		owed: undefined,
		used: new Map(),
		allowed: new Set(),
		over: undefined,
		boxedSeen: undefined,
		answerTries: 0,
		answer: undefined,
		failureSummary: undefined,
		ended: false,
	};
}

/** Takes one event in, in constant time. A turn counts as kept only when `settle` says so or a later turn follows. */
export function remember(memory: Memory, event: AgentEvent): void {
	converse(memory.conversation, event);
	switch (event.type) {
		case "run.started":
			memory.settings = event.settings;
			return;
		case "attempt.started":
			if (event.attempt > 1) beginAttempt(memory, event.attempt);
			return;
		case "turn.started":
			memory.turn = event.turn;
			memory.open = {
				turn: event.turn,
				purpose: event.purpose,
				called: new Map(),
				asked: new Set(),
				decided: new Map(),
				returned: [],
			};
			if (event.purpose === "research") memory.sampled++;
			if (event.purpose === "answer") memory.answerTries++;
			return;
		case "model.replied":
			memory.tokens += event.usage.inputTokens + event.usage.outputTokens;
			memory.lastInputTokens = event.usage.inputTokens;
			memory.lastOutputTokens = event.usage.outputTokens;
			if (memory.open) memory.open.reply = event;
			return;
		case "tool.called":
			memory.open?.called.set(event.callId, event);
			return;
		case "approval.asked":
			memory.open?.asked.add(event.callId);
			return;
		case "approval.decided":
			decide(memory, event);
			return;
		case "tool.returned":
			memory.open?.returned.push(event);
			return;
		case "turn.rolled_back":
			rollBack(memory, event);
			return;
		case "user.steered":
			if (memory.over === "natural" && memory.answerTries === 0) memory.over = undefined;
			return;
		case "run.forked":
			if (event.followUp !== undefined) beginAttempt(memory, memory.attempt);
			return;
		case "run.ended":
			memory.ended = true;
			return;
		default:
			return;
	}
}

function beginAttempt(memory: Memory, attempt: number): void {
	memory.attempt = attempt;
	memory.kept = 0;
	memory.sampled = 0;
	memory.streak = { rollbacks: 0, resampled: 0, empty: 0 };
	memory.keptTurns = [];
	memory.owed = undefined;
	memory.used = new Map();
	memory.over = undefined;
	memory.boxedSeen = undefined;
	memory.answerTries = 0;
	memory.answer = undefined;
	memory.failureSummary = undefined;
	memory.open = undefined;
}

function decide(memory: Memory, event: AgentEventOf<"approval.decided">): void {
	memory.open?.decided.set(event.callId, event);
	const tool = memory.open?.called.get(event.callId)?.name;
	if (event.approved && event.further && tool !== undefined) memory.allowed.add(tool);
}

function rollBack(memory: Memory, event: AgentEventOf<"turn.rolled_back">): void {
	if (memory.answer?.turn === event.turn) memory.answer = undefined;
	const resampled = event.reason === "length" || event.reason === "repetition" || event.reason === "empty_reply";
	const unheard = resampled || event.reason === "overflow";
	if (unheard && memory.open?.turn === event.turn && memory.open.purpose === "answer") memory.answerTries--;
	const refused = memory.open?.turn === event.turn && !memory.open.reply;
	memory.open = undefined;
	if (event.reason === "overflow") {
		memory.owed = refused ? memory.keptTurns.at(-1)?.turn : undefined;
		overflow(memory, event.turn);
		return;
	}
	if (event.reason === "empty_reply") memory.streak.empty++;
	else if (resampled) memory.streak.resampled++;
	else if (event.reason !== "interrupted" && event.reason !== "no_answer") memory.streak.rollbacks++;
}

/** The window is full: the newest pair leaves and the research of this attempt is over (spec §2.3). */
function overflow(memory: Memory, turn: number): void {
	memory.over = "overflow";
	memory.streak = { rollbacks: 0, resampled: 0, empty: 0 };
	const newest = memory.keptTurns.at(-1);
	if (newest?.turn !== turn) return;
	memory.keptTurns.pop();
	memory.kept--;
	memory.calls -= newest.calls;
}
