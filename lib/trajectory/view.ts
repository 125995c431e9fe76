import type { AgentEventOf, Outcome, RunEvent, Usage } from "./event";
import { type CallRow, isTurnRow, type OpenRow, type Row, type RowSource, type TurnRow } from "./row";
import type { RunSettings } from "./settings";
import { splitThink } from "./think";
import { KIND_LETTER, toolKindOf } from "./tool-kind";

/** What the sounding line draws. Positions count kept calls; `rollbacks` stand behind the call they name. */
export type LineMarks = {
	/** One letter a call (`KIND_LETTER`). */
	kinds: string;
	newSources: number[];
	errors: number[];
	rollbacks: number[];
	steers: number[];
};

/** A source of the run: where it was first seen, where it was read. Numbers are call numbers. */
export type SourceView = {
	url: string;
	title: string;
	docId?: string | undefined;
	hash?: string | undefined;
	date?: string | undefined;
	firstCall: number;
	openedCall?: number;
	/** `seq` of the `tool.returned` that holds the text as read. */
	openedSeq?: number;
	/** The query of the search that first brought it. */
	query?: string;
	/** It was first seen in this turn, and leaves if the turn is rolled back. */
	firstTurn: number;
};

export type AnswerView = { turn: number; seq: number; content: string; boxed?: string };
export type RunState = "queued" | "running" | "waiting" | "paused" | "recovering" | "ended";

/** The timeline model of a run: the fold of its events. Built by `step` alone, so `viewOf` of any prefix is exact. */
export type RunView = {
	runId: string;
	question: string;
	title: string;
	settings?: RunSettings;
	parent?: { runId: string; seq: number };
	state: RunState;
	outcome?: Outcome;
	detail: string;
	startedAt: number;
	endedAt?: number;
	lastAt: number;
	lastSeq: number;
	attempt: number;
	rows: Row[];
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
	answer?: AnswerView;
	tags: string[];
	/** Row index by call id and by the row that opened the turn: the fold's own lookup. */
	index: { calls: Map<string, number>; turn: number };
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
		line: { kinds: "", newSources: [], errors: [], rollbacks: [], steers: [] },
		sources: new Map(),
		tags: [],
		index: { calls: new Map(), turn: -1 },
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
			return started(view, event);
		case "run.paused":
		case "run.resumed":
			return paused(view, event);
		case "attempt.started":
			view.attempt = event.attempt;
			if (event.attempt > 1) view.rows.push(attemptRow(event));
			return;
		case "turn.started":
			view.index.turn = view.rows.push(openRow(view, event)) - 1;
			return;
		case "model.requested":
			return;
		case "model.failed":
			return failed(view, event);
		case "model.replied":
			return replied(view, event);
		case "turn.rolled_back":
			return rolledBack(view, event);
		case "tool.called":
			return called(view, event);
		case "tool.returned":
			return returned(view, event);
		case "approval.asked":
		case "approval.decided":
		case "score.recorded":
		case "note.added":
			return;
		case "user.steered":
			view.line.steers.push(view.calls);
			view.rows.push({ kind: "steer", key: event.seq, at: event.at, text: event.text, afterCall: view.calls });
			return;
		case "run.ended":
			return ended(view, event);
		case "run.edited":
			if (event.title !== undefined) view.title = event.title;
			if (event.tags !== undefined) view.tags = event.tags;
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
	view.settings = event.settings;
	if (event.parent) view.parent = event.parent;
	view.state = "running";
	view.startedAt = event.at;
}

function paused(view: RunView, event: Stamped<"run.paused"> | Stamped<"run.resumed">): void {
	const isPaused = event.type === "run.paused";
	view.state = isPaused ? "paused" : "running";
	view.rows.push({ kind: "pause", key: event.seq, at: event.at, paused: isPaused, detail: event.detail });
}

const attemptRow = (event: Stamped<"attempt.started">): Row => ({
	kind: "attempt",
	key: event.seq,
	attempt: event.attempt,
	...(event.carried !== undefined && { carried: event.carried }),
});

const openRow = (view: RunView, event: Stamped<"turn.started">): OpenRow => ({
	kind: "open",
	key: event.seq,
	turn: event.turn,
	attempt: view.attempt,
	purpose: event.purpose,
	startedAt: event.at,
	faults: [],
	thought: "",
	text: "",
});

function failed(view: RunView, event: Stamped<"model.failed">): void {
	view.faults++;
	const row = view.rows[view.index.turn];
	if (!isTurnRow(row) || row.turn !== event.turn) return;
	const fault = { seq: event.seq, fault: event.fault, message: event.message, retryAt: event.retryAt };
	view.rows[view.index.turn] = { ...row, faults: [...row.faults, fault] };
}

function replied(view: RunView, event: Stamped<"model.replied">): void {
	const { usage } = event;
	view.usage = {
		inputTokens: view.usage.inputTokens + usage.inputTokens,
		outputTokens: view.usage.outputTokens + usage.outputTokens,
		cachedTokens: (view.usage.cachedTokens ?? 0) + (usage.cachedTokens ?? 0),
		reasoningTokens: (view.usage.reasoningTokens ?? 0) + (usage.reasoningTokens ?? 0),
	};
	view.contextTokens = usage.inputTokens;
	const row = view.rows[view.index.turn];
	if (!isTurnRow(row) || row.turn !== event.turn) return;
	if (row.purpose === "research") view.turns++;
	const split = splitThink(event.content);
	const facts = {
		...row,
		endedAt: event.at,
		usage,
		modelMs: event.ms,
		finish: event.finish,
		replySeq: event.seq,
		thought: (event.reasoning ?? split.reasoning).trim(),
		text: proseOf(split.visible),
	};
	const [first] = event.calls;
	if (!first) {
		view.rows[view.index.turn] = { ...facts, kind: "reply" };
		if (row.purpose !== "failure_summary") view.answer = { turn: event.turn, seq: event.seq, content: event.content };
		return;
	}
	view.rows[view.index.turn] = { ...facts, ...emptyCall(first) };
	view.index.calls.set(first.id, view.index.turn);
	for (const call of event.calls.slice(1)) {
		const at = view.rows.push({
			...facts,
			...emptyCall(call),
			key: event.seq + view.rows.length / 1e6,
			thought: "",
			text: "",
		});
		view.index.calls.set(call.id, at - 1);
	}
}

/** Prose before the first call block: upstream shows nothing that follows it. */
function proseOf(visible: string): string {
	const call = visible.indexOf("<use_mcp_tool>");
	return (call < 0 ? visible : visible.slice(0, call)).trim();
}

const emptyCall = (call: CallRow["call"]) =>
	({ kind: "call", call, status: "queued", summary: "", result: "", resultChars: 0, sources: [] }) as const;

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

function returned(view: RunView, event: Stamped<"tool.returned">): void {
	const found = callRow(view, event.callId);
	if (!found) return;
	const [at, row] = found;
	const n = row.n ?? view.calls;
	if (event.status === "error") view.line.errors.push(n);
	const sources = event.sources.map(
		(source): RowSource => ({ ...source, firstSeen: noteSource(view, row, event, source) }),
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
	};
}

/** Enters a source into the run's list; true when no earlier call had brought it. */
function noteSource(
	view: RunView,
	row: CallRow,
	event: Stamped<"tool.returned">,
	source: Stamped<"tool.returned">["sources"][number],
): boolean {
	const n = row.n ?? view.calls;
	const known = view.sources.get(source.url);
	const opened = source.opened && known?.openedCall === undefined ? { openedCall: n, openedSeq: event.seq } : {};
	if (known) {
		view.sources.set(source.url, { ...known, ...(source.hash && { hash: source.hash }), ...opened });
		return false;
	}
	const { opened: _, ...facts } = source;
	const query = row.call.args.q ?? row.call.args.query;
	view.sources.set(source.url, {
		...facts,
		firstCall: n,
		firstTurn: row.turn,
		...opened,
		...(typeof query === "string" && { query }),
	});
	return true;
}

/** The turn's rows stay, marked; its calls give their numbers back, since it is always the newest turn. */
function rolledBack(view: RunView, event: Stamped<"turn.rolled_back">): void {
	view.rollbacks++;
	const rollback = { reason: event.reason, detail: event.detail };
	let withdrawn = 0;
	let kept = true;
	for (let at = view.rows.length - 1; at >= Math.max(view.index.turn, 0); at--) {
		const row = view.rows[at];
		if (!isTurnRow(row) || row.turn !== event.turn) continue;
		if (row.kind === "call" && row.n !== undefined) withdrawn++;
		kept = row.kind !== "open";
		view.rows[at] = withdraw(row, rollback);
	}
	const opener = view.rows[view.index.turn];
	if (kept && isTurnRow(opener) && opener.turn === event.turn && opener.purpose === "research") view.turns--;
	if (view.answer?.turn === event.turn) delete view.answer;
	view.calls -= withdrawn;
	forget(view, event.turn);
	view.line.rollbacks.push(view.calls);
}

function withdraw(row: TurnRow, rolledBack: TurnRow["rolledBack"] & object): TurnRow {
	if (row.kind !== "call") return { ...row, kind: "reply", rolledBack };
	const { n: _, ...rest } = row;
	return { ...rest, rolledBack };
}

/** Takes marks and sources of withdrawn calls off the line. */
function forget(view: RunView, turn: number): void {
	const { line } = view;
	line.kinds = line.kinds.slice(0, view.calls);
	const drop = (marks: number[]) => {
		while ((marks.at(-1) ?? 0) > view.calls) marks.pop();
	};
	drop(line.errors);
	drop(line.newSources);
	for (const row of view.rows.slice(Math.max(view.index.turn, 0))) {
		if (row.kind !== "call" || row.turn !== turn) continue;
		for (const source of row.sources) {
			const known = view.sources.get(source.url);
			if (known?.firstTurn === turn) view.sources.delete(source.url);
			else if (known?.openedSeq !== undefined && known.openedSeq === row.resultSeq) unopen(view, known);
		}
	}
}

function unopen(view: RunView, source: SourceView): void {
	const { openedCall: _, openedSeq: __, ...rest } = source;
	view.sources.set(source.url, rest);
}

function ended(view: RunView, event: Stamped<"run.ended">): void {
	view.state = "ended";
	view.outcome = event.outcome;
	view.detail = event.detail;
	view.endedAt = event.at;
	if (event.answerTurn === undefined) delete view.answer;
	else if (view.answer && event.boxed !== undefined) view.answer = { ...view.answer, boxed: event.boxed };
	view.rows.push({ kind: "end", key: event.seq, at: event.at, outcome: event.outcome, detail: event.detail });
}
