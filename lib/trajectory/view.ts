import type { AgentEventOf, Outcome, Parent, RunEvent, Spawner, Usage } from "./event";
import { emptyMarks, type LineMarks, withdrawMarks } from "./line-marks";
import { type Edited, edit, emptyRemarks, type Remarks, remark } from "./notes";
import {
	addUsage,
	attemptRow,
	type CallRow,
	callFacts,
	endRow,
	isTurnRow,
	openRow,
	type RowSource,
	replyFacts,
	seeWords,
	steerRow,
	type TurnRow,
	withdraw,
} from "./row";
import { askOrDecide, type Hold, hold } from "./run-state";
import type { RunSettings } from "./settings";
import { forgetTurn, noteSource, type SourceView } from "./source-view";
import { begun, forked, type Thread } from "./thread";
import { KIND_LETTER, toolKindOf } from "./tool-kind";

/** The timeline model of a run: the fold of its events. Built by `step` alone, so `viewOf` of any prefix is exact. */
export type RunView = Edited &
	Thread &
	Hold & {
		runId: string;
		question: string;
		plan?: string;
		settings?: RunSettings;
		parent?: Parent;
		spawnedBy?: Spawner;
		outcome?: Outcome;
		detail: string;
		startedAt: number;
		endedAt?: number;
		lastAt: number;
		lastSeq: number;
		attempt: number;
		calls: number;
		/** Kept turns of the research loop, over all attempts. */
		turns: number;
		rollbacks: number;
		faults: number;
		usage: Usage;
		/** Prompt tokens of the newest reply: how full the window is. */
		contextTokens: number;
		line: LineMarks;
		sources: Map<string, SourceView>;
		remarks: Remarks;
		/** Row index by call id, by the row that opened the turn, of words no turn has seen yet: the fold's own lookup. */
		index: { calls: Map<string, number>; turn: number; unseen: number[] };
	};

export function emptyView(): RunView {
	return {
		runId: "",
		question: "",
		title: "",
		state: "queued",
		detail: "",
		startedAt: 0,
		lastAt: 0,
		lastSeq: 0,
		attempt: 1,
		rows: [],
		calls: 0,
		turns: 0,
		rollbacks: 0,
		faults: 0,
		usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0 },
		contextTokens: 0,
		line: emptyMarks(),
		sources: new Map(),
		tags: [],
		archived: false,
		remarks: emptyRemarks(),
		thread: [],
		asked: "",
		index: { calls: new Map(), turn: -1, unseen: [] },
	};
}

/** Pure over the list: the same events give the same view, live, on reload or at any cursor. */
export function viewOf(events: Iterable<RunEvent>): RunView {
	const view = emptyView();
	for (const event of events) step(view, event);
	return view;
}

/** Takes one event in, in time that does not grow with the run. A touched row is replaced, never changed in place. */
export function step(view: RunView, event: RunEvent & { cut?: number }): void {
	view.lastSeq = event.seq;
	view.lastAt = event.at;
	switch (event.type) {
		case "run.started":
			started(view, event);
			return;
		case "run.paused":
		case "run.resumed":
			hold(view, event);
			return;
		case "attempt.started":
			attempted(view, event);
			return;
		case "turn.started":
			opened(view, event);
			return;
		case "model.failed":
			failed(view, event);
			return;
		case "model.replied":
			replied(view, event);
			return;
		case "turn.rolled_back":
			rolledBack(view, event);
			return;
		case "tool.called":
			called(view, event);
			return;
		case "tool.returned":
			returned(view, event);
			return;
		case "subagent.started":
			spawned(view, event);
			return;
		case "approval.asked":
		case "approval.decided":
			askOrDecide(view, event, callRow(view, event.callId));
			return;
		case "model.requested":
		case "score.recorded":
			return;
		case "note.added":
			remark(view.remarks, event);
			return;
		case "run.forked":
			forked(view, event);
			view.state = "running";
			return;
		case "user.steered":
			view.line.steers.push(view.calls);
			view.index.unseen.push(view.rows.push(steerRow(event)) - 1);
			return;
		case "run.ended":
			ended(view, event);
			return;
		case "run.edited":
			edit(view, event);
			return;
		default:
			event satisfies never;
	}
}

type Stamped<T extends RunEvent["type"]> = AgentEventOf<T> & { runId: string; seq: number; at: number; cut?: number };

function started(view: RunView, event: Stamped<"run.started">): void {
	view.runId = event.runId;
	view.question = event.question;
	view.title = event.question;
	begun(view, event);
	view.settings = event.settings;
	if (event.parent) view.parent = event.parent;
	if (event.spawnedBy) view.spawnedBy = event.spawnedBy;
	if (event.plan) view.plan = event.plan;
	view.state = "running";
	view.startedAt = event.at;
}

function attempted(view: RunView, event: Stamped<"attempt.started">): void {
	view.attempt = event.attempt;
	if (event.attempt > 1) view.rows.push(attemptRow(event));
}

function opened(view: RunView, event: Stamped<"turn.started">): void {
	seeWords(view.rows, view.index.unseen, view.calls + 1);
	view.index.turn = view.rows.push(openRow(view.attempt, event)) - 1;
}

function failed(view: RunView, event: Stamped<"model.failed">): void {
	view.faults++;
	const row = view.rows[view.index.turn];
	if (!isTurnRow(row) || row.turn !== event.turn) return;
	const fault = { seq: event.seq, fault: event.fault, message: event.message, retryAt: event.retryAt };
	view.rows[view.index.turn] = { ...row, faults: [...row.faults, fault] };
}

function replied(view: RunView, event: Stamped<"model.replied">): void {
	const { usage } = event;
	view.usage = addUsage(view.usage, usage);
	view.contextTokens = usage.inputTokens;
	const row = view.rows[view.index.turn];
	if (!isTurnRow(row) || row.turn !== event.turn) return;
	if (row.purpose === "research") view.turns++;
	const facts = { ...row, ...replyFacts(event) };
	const [first] = event.calls;
	if (!first) {
		view.rows[view.index.turn] = { ...facts, kind: "reply" };
		if (row.purpose !== "failure_summary") view.answer = { turn: event.turn, seq: event.seq, content: event.content };
		return;
	}
	view.rows[view.index.turn] = { ...facts, ...callFacts(first) };
	view.index.calls.set(first.id, view.index.turn);
	for (const call of event.calls.slice(1)) {
		const at = view.rows.push({
			...facts,
			...callFacts(call),
			key: event.seq + view.rows.length / 1e6,
			thought: "",
			text: "",
		});
		view.index.calls.set(call.id, at - 1);
	}
}

function callRow(view: RunView, callId: string): [number, CallRow] | undefined {
	const at = view.index.calls.get(callId);
	const row = at === undefined ? undefined : view.rows[at];
	return at !== undefined && row?.kind === "call" ? [at, row] : undefined;
}

function called(view: RunView, event: Stamped<"tool.called">): void {
	const found = callRow(view, event.callId);
	if (!found) return;
	const [at, row] = found;
	view.calls++;
	view.line.kinds += KIND_LETTER[toolKindOf(event.name)];
	const call = { ...row.call, name: event.name, ...(event.repaired && { args: event.repaired }) };
	view.rows[at] = { ...row, call, n: view.calls, status: "running", calledAt: event.at };
}

function spawned(view: RunView, event: Stamped<"subagent.started">): void {
	const found = callRow(view, event.callId);
	if (found) view.rows[found[0]] = { ...found[1], child: event.child };
}

function returned(view: RunView, event: Stamped<"tool.returned">): void {
	const found = callRow(view, event.callId);
	if (!found) return;
	const [at, row] = found;
	const n = row.n ?? view.calls;
	if (event.status === "error") view.line.errors.push(n);
	const query = row.call.args.q ?? row.call.args.query;
	const seen = { n, turn: row.turn, seq: event.seq, ...(typeof query === "string" && { query }) };
	const sources = event.sources.map(
		(source): RowSource => ({ ...source, firstSeen: noteSource(view.sources, source, seen) }),
	);
	if (sources.some((source) => source.firstSeen)) view.line.newSources.push(n);
	view.rows[at] = {
		...row,
		status: event.status,
		endedAt: event.at,
		resultSeq: event.seq,
		summary: event.summary,
		result: event.text,
		resultChars: event.cut ?? event.text.length,
		toolMs: event.ms,
		sources,
		files: event.files ?? [],
	};
}

/** The turn's rows stay, marked; its calls give their numbers back, since it is always the newest turn. */
function rolledBack(view: RunView, event: Stamped<"turn.rolled_back">): void {
	view.rollbacks++;
	const rollback = { reason: event.reason, detail: event.detail };
	let withdrawn = 0;
	let kept = true;
	let opener: TurnRow | undefined;
	for (let at = view.rows.length - 1; at >= 0; at--) {
		const row = view.rows[at];
		if (isTurnRow(row) && row.turn < event.turn) break;
		if (!isTurnRow(row) || row.turn !== event.turn) continue;
		opener = row;
		if (row.kind === "call" && row.n !== undefined) withdrawn++;
		kept = row.kind !== "open";
		view.rows[at] = withdraw(row, rollback);
	}
	if (kept && opener?.purpose === "research") view.turns--;
	if (view.answer?.turn === event.turn) delete view.answer;
	view.calls -= withdrawn;
	withdrawMarks(view.line, view.calls);
	forgetTurn(view.sources, view.rows, event.turn);
	view.line.rollbacks.push(view.calls);
}

function ended(view: RunView, event: Stamped<"run.ended">): void {
	view.state = "ended";
	delete view.asking;
	view.outcome = event.outcome;
	view.detail = event.detail;
	view.endedAt = event.at;
	if (event.answerTurn === undefined) delete view.answer;
	else if (view.answer && event.boxed !== undefined) view.answer = { ...view.answer, boxed: event.boxed };
	view.rows.push(endRow(event));
}
