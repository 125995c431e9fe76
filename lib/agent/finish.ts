import type { AgentEvent, Outcome } from "../trajectory/event";
import type { RunSettings } from "../trajectory/settings";
import type { Memory } from "./memory";
import { answerOf } from "./settle";

/** Replies beyond the turn limit that rollbacks may cost an attempt (spec §1.1, extra attempts). */
const EXTRA_SAMPLES = 200;

type LimitOutcome = Extract<Outcome, `${string}_limit`>;
type Stop = { outcome: LimitOutcome; detail: string; wholeRun: boolean };

/**
 * The limit that ends the research now, if one does. Turns and the context window belong to an attempt and may be
 * followed by another one; calls, tokens and seconds belong to the run.
 */
function limitReached(memory: Memory, settings: RunSettings, elapsedMs: number): Stop | undefined {
	const { limits } = settings;
	if (memory.calls >= limits.calls) {
		return { outcome: "call_limit", detail: `It used all ${limits.calls} calls.`, wholeRun: true };
	}
	if (limits.tokens !== undefined && memory.tokens >= limits.tokens) {
		return { outcome: "token_limit", detail: `It used all ${limits.tokens} tokens.`, wholeRun: true };
	}
	if (limits.seconds !== undefined && elapsedMs >= limits.seconds * 1000) {
		return { outcome: "time_limit", detail: `It used all ${limits.seconds} seconds.`, wholeRun: true };
	}
	if (memory.over === "overflow") {
		return { outcome: "context_limit", detail: "The context window was full.", wholeRun: false };
	}
	if (memory.kept >= limits.turns || memory.sampled >= limits.turns + EXTRA_SAMPLES) {
		return { outcome: "turn_limit", detail: `It used all ${limits.turns} turns.`, wholeRun: false };
	}
	return undefined;
}

/**
 * What follows once no turn is open: another research turn, the answer, a restart, or the end. The table of spec §1.9
 * with the outer loop of §1.10 inside (decision D18).
 */
export function nextEvent(memory: Memory, settings: RunSettings, elapsedMs: number): AgentEvent {
	if (memory.owed !== undefined) return makeRoom(memory.owed);
	const stop = limitReached(memory, settings, elapsedMs);
	if (!stop && !memory.over) return begin(memory, "research");
	if (memory.failureSummary !== undefined) return restart(memory, memory.failureSummary);
	const mayRestart = settings.restarts >= memory.attempt && !stop?.wholeRun;
	if (memory.answerTries === 0) {
		return stop && mayRestart ? giveUp(memory, settings) : begin(memory, "answer");
	}
	const answer = answerOf(memory);
	if (answer) return end(stop, { answerTurn: answer.turn, boxed: answer.boxed });
	if (memory.answer) return unanswered(memory.answer.turn);
	if (memory.answerTries < triesFor(settings)) return begin(memory, "answer");
	if (mayRestart) return giveUp(memory, settings);
	if (memory.boxedSeen && settings.answerMode === "boxed") {
		return end(stop, { answerTurn: memory.boxedSeen.turn, boxed: memory.boxedSeen.boxed });
	}
	return withoutAnswer(memory, stop);
}

/** Three tries with the whole context, one when results are masked (spec §1.1). */
const triesFor = (settings: RunSettings): number => (settings.retention.policy === "keep-all" ? 3 : 1);

const begin = (memory: Memory, purpose: "research" | "answer" | "failure_summary"): AgentEvent => ({
	type: "turn.started",
	turn: memory.turn + 1,
	purpose,
});

const makeRoom = (turn: number): AgentEvent => ({
	type: "turn.rolled_back",
	turn,
	reason: "overflow",
	detail: "Taken back to make room.",
});

const unanswered = (turn: number): AgentEvent => ({
	type: "turn.rolled_back",
	turn,
	reason: "no_answer",
	detail: "The reply holds no answer in the form asked for.",
});

/** Ends an attempt without an answer: first its failure summary, when the preset wants one, then the restart. */
function giveUp(memory: Memory, settings: RunSettings): AgentEvent {
	return settings.failureSummary ? begin(memory, "failure_summary") : restart(memory, undefined);
}

function restart(memory: Memory, carried: string | undefined): AgentEvent {
	return { type: "attempt.started", attempt: memory.attempt + 1, ...(carried !== undefined && { carried }) };
}

function end(stop: Stop | undefined, answer: { answerTurn: number; boxed: string | undefined }): AgentEvent {
	const { answerTurn, boxed } = answer;
	return {
		type: "run.ended",
		outcome: stop ? "forced" : "answered",
		detail: stop
			? `${stop.detail} It was told to answer from what it had.`
			: "It ended the research by itself and answered.",
		answerTurn,
		...(boxed !== undefined && { boxed }),
	};
}

function withoutAnswer(memory: Memory, stop: Stop | undefined): AgentEvent {
	const none = memory.attempt === 1 ? "It gave no answer." : `It gave no answer in ${memory.attempt} attempts.`;
	return {
		type: "run.ended",
		outcome: stop?.outcome ?? "failed",
		detail: `${stop?.detail ?? "The model stopped searching."} ${none} All calls are kept.`,
	};
}
