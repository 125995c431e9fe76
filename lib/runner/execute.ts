import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { runAgent } from "../agent/loop";
import type { AgentOptions, CallPlace } from "../agent/options";
import type { ToolContext, ToolOutcome } from "../agent/tool";
import { appendEvents, JournalConflict, readEvents, readSlimEvents } from "../db/events";
import { acquireLease, releaseLease, setCrashes } from "../db/leases";
import { readSummary, setState } from "../db/runs";
import { isDiskFull, unlessFull } from "../db/sqlite";
import { closeSandboxes } from "../sandbox/sandboxes";
import type { AgentEvent, RunEvent } from "../trajectory/event";
import { summaryOf } from "../trajectory/summary";
import { emptyView, type RunView, step } from "../trajectory/view";
import { equipmentFor } from "./equipment";
import { type LiveRun, tellEvent, tellLive, tellState } from "./live";
import { thisOwner } from "./owner";

/** Why a run's work stops before its end: a person stopped it, or this process goes away and another goes on. */
export class Cancelled extends Error {
	override readonly name = "Cancelled";
}
export class Detached extends Error {
	override readonly name = "Detached";
}

/** What came of one execution; `retry`: something outside is missing and the run waits for it. */
export type Executed = "ended" | "paused" | "asking" | "detached" | "elsewhere" | { retry: string };

const DISK_FULL: Executed = { retry: "The disk is full. Free some space; the run then goes on by itself." };

/** Events after which the row in the list of runs changes. */
const REFRESHING = new Set<AgentEvent["type"]>([
	"turn.started",
	"tool.returned",
	"turn.rolled_back",
	"run.ended",
	"run.paused",
	"run.resumed",
	"run.edited",
	"note.added",
	"approval.asked",
	"approval.decided",
]);

/** Has a sub-agent work on a call of a run. */
export type AskSubAgent = (
	parent: LiveRun,
	call: CallPlace & { subtask: string },
	context: Pick<ToolContext, "signal" | "progress">,
) => Promise<ToolOutcome>;

/** The open journal of a run: its followers, its fold, its birth, and who must hold the lease to append to it. */
export type Journal = { live: LiveRun; view: RunView; createdAt: number; owner?: string };

/**
 * Runs a run from wherever its journal stands until it ends or this process lets go of it. Takes the lease first, so
 * that exactly one process does this at a time; stores each event before the agent goes on. Without `ask` it may ask no
 * sub-agent.
 */
export async function execute(live: LiveRun, ask?: AskSubAgent): Promise<Executed> {
	const lease = { runId: live.runId, owner: thisOwner() };
	try {
		return (await acquireLease(lease)) ? await executeOwn(live, ask) : "elsewhere";
	} catch (error) {
		if (isDiskFull(error)) return DISK_FULL;
		throw error;
	} finally {
		// One that stays behind on a full disk is taken again by this process, and runs out for another.
		await releaseLease(lease).catch(unlessFull);
	}
}

async function executeOwn(live: LiveRun, ask: AskSubAgent | undefined): Promise<Executed> {
	try {
		return await resume(live, ask);
	} catch (error) {
		return await interrupted(live, error);
	} finally {
		live.append = undefined;
		live.catchUp = undefined;
		await closeSandboxes(live.runId);
	}
}

async function resume(live: LiveRun, ask: AskSubAgent | undefined): Promise<Executed> {
	const past = await readEvents(live.runId);
	const view = emptyView();
	for (const event of past) step(view, event);
	if (view.state === "ended" || !view.settings) return "ended";
	const paused = view.state === "paused";
	const equipment = await equipmentFor(live.runId, view.settings, past);
	if (!equipment.ok) return { retry: equipment.missing };
	live.seq = view.lastSeq;
	const summary = await readSummary(live.runId);
	const journal = { live, view, createdAt: summary?.createdAt ?? view.startedAt, owner: thisOwner() };
	await setState(live.runId, "running", "");
	tellState(live, "running", "");
	live.append = (event) => appendOwn(journal, event);
	live.catchUp = () => catchUp(journal);
	if (!isFresh(past) && !isDecided(past))
		await appendOwn(journal, { type: "run.resumed", detail: paused ? "Resumed by you." : downtime(past) });
	const since = performance.now();
	const worked = workedMs(past);
	const options: AgentOptions = {
		...equipment,
		toolContext: (progress, signal, call) => ({
			...equipment.toolContext(progress, signal, call),
			...(ask && { subAgent: (subtask) => ask(live, { ...call, subtask }, { signal, progress }) }),
		}),
		runId: live.runId,
		settings: view.settings,
		live: (event) => tellLive(live, event),
		elapsedMs: () => worked + performance.now() - since,
		heard: () => live.inbox.splice(0),
		pausing: () => live.pausing,
		sleep: (ms, signal) => wait(ms, undefined, { signal }),
		signal: live.abort.signal,
	};
	await record(journal, options, past);
	const executed = view.state === "paused" || view.state === "asking" ? view.state : "ended";
	tellState(live, executed, view.detail);
	return executed;
}

/** What the agent does first, and what interrupts it: none of these yet means that the run has not begun. */
const BEGUN = new Set<AgentEvent["type"]>(["attempt.started", "turn.started", "tool.called", "turn.rolled_back"]);
const HELD = new Set<AgentEvent["type"]>(["run.paused", "run.resumed"]);

/** Nothing of its own has happened yet: a new run, or a fork with the events that part it from its parent. */
function isFresh(past: readonly RunEvent[]): boolean {
	const own = past.slice(past.findLastIndex(({ type }) => type === "run.forked") + 1);
	return !own.some(({ type }) => BEGUN.has(type) || HELD.has(type));
}

/** What the run waited for was a person's decision, and here it is: nothing interrupted it. */
const isDecided = (past: readonly RunEvent[]): boolean =>
	past.findLast(({ type }) => !SAID.has(type))?.type === "approval.decided";

/** Lets the agent run and stores each event, telling followers, before the agent goes on. */
export async function record(journal: Journal, options: AgentOptions, past: readonly RunEvent[]): Promise<void> {
	for await (const event of runAgent(options, past)) {
		await appendOwn(journal, event);
		if (event.type === "tool.returned") await setCrashes(journal.live.runId, 0);
	}
}

/** What people add to a run, from whatever process: the run goes on beside it. */
const SAID = new Set<AgentEvent["type"]>(["user.steered", "note.added", "run.edited", "score.recorded"]);

/** Stores an event of a run that is executed here. What people said through another process meanwhile comes before it. */
async function appendOwn(journal: Journal, event: AgentEvent): Promise<RunEvent> {
	for (;;) {
		try {
			return await append(journal, event);
		} catch (error) {
			if (!(error instanceof JournalConflict) || !(await catchUp(journal))) throw error;
		}
	}
}

/**
 * Takes in what another process has added to the journal of a run that is executed here; false when there was nothing.
 * A pause or an end that came so, or another agent's work, ends this execution: throws `JournalConflict`.
 */
async function catchUp({ live, view }: Journal): Promise<boolean> {
	const since = live.seq;
	const added = await readEvents(live.runId, since);
	for (const event of added) {
		if (!SAID.has(event.type)) throw new JournalConflict(live.runId, since);
		if (event.seq <= live.seq) continue;
		step(view, event);
		tellEvent(live, event);
		if (event.type === "user.steered") live.inbox.push(event);
	}
	return added.length > 0;
}

/** Stores one event and tells followers; the run's cached row is refreshed in the same transaction. */
async function append({ live, view, createdAt, owner }: Journal, event: AgentEvent): Promise<RunEvent> {
	const summarise = ([stamped]: readonly RunEvent[]) => {
		if (stamped) step(view, stamped);
		if (!REFRESHING.has(event.type)) return;
		const summary = summaryOf(view, createdAt);
		// Whether a run is queued or waits is no fact of its journal, and stays as it is whatever is said of the run.
		return SAID.has(event.type) ? { ...summary, state: live.state, detail: live.detail } : summary;
	};
	const expected = live.seq;
	// Taken before anything waits: what a person says at the same moment gets the next number.
	live.seq = expected + 1;
	try {
		const [stamped] = await appendEvents(live.runId, expected, [event], { summarise, owner });
		if (!stamped) throw new Error("The event was not stored.");
		tellEvent(live, stamped);
		return stamped;
	} catch (error) {
		live.seq = expected;
		throw error;
	}
}

async function interrupted(live: LiveRun, error: unknown): Promise<Executed> {
	const reason: unknown = live.abort.signal.aborted ? live.abort.signal.reason : error;
	if (isNamed(reason, "Detached")) return "detached";
	if (isNamed(error, "JournalConflict") || isNamed(reason, "JournalConflict")) return "elsewhere";
	if (isNamed(error, "AskingInCall")) return await asking(live, error as Error);
	if (isDiskFull(error)) return DISK_FULL;
	await endRun(live, isNamed(reason, "Cancelled") ? cancelled() : failed(reason));
	return "ended";
}

/** A sub-agent waits for a person's word: nothing of that stands in this run's journal, and nothing waits in memory. */
async function asking(live: LiveRun, { message }: Error): Promise<Executed> {
	await setState(live.runId, "asking", message);
	tellState(live, "asking", message);
	return "asking";
}

const cancelled = (): AgentEvent => ({
	type: "run.ended",
	outcome: "cancelled",
	detail: "Stopped by you. All calls are kept.",
});

const failed = (error: unknown): AgentEvent => ({
	type: "run.ended",
	outcome: "failed",
	detail: `${error instanceof Error ? error.message : String(error)} All calls are kept.`,
});

/** Ends a run from outside the agent: its journal is read anew, whatever state the failure left behind. */
export async function endRun(live: LiveRun, ending: AgentEvent): Promise<void> {
	const ended = await appendOutside(live, ending, ({ state }) => state !== "ended");
	if (ended) tellState(live, "ended", ending.type === "run.ended" ? ending.detail : "");
}

/** Somebody who appends faster than we read is tried again this often. */
const TRIES = 20;

/**
 * Adds an event to the journal of a run that the caller does not execute, after whatever stands there by then.
 * Undefined when the run, as it stands then, is not one to add it to.
 */
export async function appendOutside(
	live: LiveRun,
	event: AgentEvent | ((view: RunView) => AgentEvent),
	fits: (view: RunView) => boolean = () => true,
): Promise<RunEvent | undefined> {
	for (let tries = 1; ; tries++) {
		const journal = await openJournal(live);
		if (!fits(journal.view)) return undefined;
		try {
			return await append(journal, typeof event === "function" ? event(journal.view) : event);
		} catch (error) {
			if (!(error instanceof JournalConflict) || tries === TRIES) throw error;
		}
	}
}

async function openJournal(live: LiveRun): Promise<Journal> {
	const view = emptyView();
	for (const event of await readSlimEvents(live.runId, 0, -1)) step(view, event);
	live.seq = view.lastSeq;
	const summary = await readSummary(live.runId);
	live.state = summary?.state ?? view.state;
	live.detail = summary?.detail ?? view.detail;
	return { live, view, createdAt: summary?.createdAt ?? view.startedAt };
}

function downtime(past: readonly RunEvent[]): string {
	const seconds = Math.max(0, Math.round((Date.now() - (past.at(-1)?.at ?? Date.now())) / 1000));
	return `Went on after an interruption of ${seconds} s. Nothing was lost but the reply in flight.`;
}

const STOPS = new Set<AgentEvent["type"]>(["run.paused", "approval.asked"]);
const GOES_ON = new Set<AgentEvent["type"]>(["run.resumed", "approval.decided", "run.forked"]);

/** A reply is given up after as long: a greater gap between two events counts as a clock that was set. */
const LONGEST_STEP_MS = 3_600_000;

/** Milliseconds between events, what a person took to go on or to decide and the gap before a fork left out. */
function workedMs(past: readonly RunEvent[]): number {
	let total = 0;
	let isHeld = false;
	for (let at = 1; at < past.length; at++) {
		const [before, event] = [past[at - 1], past[at]];
		if (!before || !event) continue;
		isHeld = (isHeld || STOPS.has(before.type)) && !GOES_ON.has(before.type);
		if (!isHeld && !GOES_ON.has(event.type)) total += stepMs(event.at - before.at);
	}
	return total;
}

const stepMs = (gap: number): number => (gap > LONGEST_STEP_MS ? 0 : Math.max(0, gap));

/** By name: the server holds this file in several bundles, and a run of one may be stopped from another. */
const isNamed = (reason: unknown, name: string): boolean => reason instanceof Error && reason.name === name;
