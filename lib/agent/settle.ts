import type { AgentEvent } from "../trajectory/event";
import { splitThink } from "../trajectory/think";
import { extractBoxed, extractFailureSummary } from "./answer";
import { type Memory, type OpenTurn, remember } from "./memory";
import type { Tool } from "./tool";

/**
 * Takes an event in, settling a finished turn that the next one leaves behind: a resume judges exactly as the run did,
 * because what followed a turn shows that it was kept.
 */
export function take(memory: Memory, event: AgentEvent, tools: ReadonlyMap<string, Tool>): void {
	if (leavesTurn(event) && memory.open?.reply) settle(memory, memory.open, tools);
	remember(memory, event);
}

const leavesTurn = (event: AgentEvent): boolean =>
	event.type === "turn.started" ||
	event.type === "attempt.started" ||
	event.type === "run.ended" ||
	(event.type === "run.forked" && event.followUp !== undefined);

/** The open turn is kept: counts it, remembers its queries, closes it. */
export function settle(memory: Memory, open: OpenTurn, tools: ReadonlyMap<string, Tool>): void {
	memory.open = undefined;
	memory.streak = { rollbacks: 0, resampled: 0, empty: 0 };
	const content = open.reply?.content ?? "";
	if (open.purpose === "answer") memory.answer = { turn: open.turn, content };
	else if (open.purpose === "failure_summary") memory.failureSummary = extractFailureSummary(content);
	else keep(memory, open, tools, content);
}

function keep(memory: Memory, open: OpenTurn, tools: ReadonlyMap<string, Tool>, content: string): void {
	memory.kept++;
	const boxed = extractBoxed(content);
	if (boxed !== undefined) memory.boxedSeen = { turn: open.turn, boxed };
	const calls = open.reply?.calls ?? [];
	if (calls.length === 0) {
		if (memory.conversation.steers.length === 0) memory.over = "natural";
		return;
	}
	memory.keptTurns.push({ turn: open.turn, calls: open.called.size });
	for (const call of calls) {
		if (!open.called.has(call.id)) continue;
		memory.calls++;
		const tool = tools.get(call.name);
		const key = tool?.duplicateKey?.(tool.repair?.(call.args) ?? call.args);
		const succeeded = open.returned.some(({ callId, status }) => callId === call.id && status !== "error");
		if (key !== undefined && succeeded) memory.used.set(key, memory.calls);
	}
}

/** Whether the answer turn answered: a box in boxed mode, any visible text in report mode. */
export function answerOf(memory: Memory): { turn: number; boxed?: string } | undefined {
	if (!memory.answer) return undefined;
	const { turn, content } = memory.answer;
	const boxed = extractBoxed(content);
	if (memory.settings?.answerMode === "boxed") return boxed === undefined ? undefined : { turn, boxed };
	return splitThink(content).visible.trim() ? { turn, ...(boxed !== undefined && { boxed }) } : undefined;
}
