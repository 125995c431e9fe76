import "server-only";
import type { AgentEvent, LiveEvent, RunEvent } from "../trajectory/event";
import { type SlimEvent, slim } from "../trajectory/packet";
import type { RunState } from "../trajectory/run-state";

/** What followers of a run in this process hear. */
export type Heard =
	| { kind: "event"; event: SlimEvent }
	| { kind: "live"; event: LiveEvent; offset: number }
	| { kind: "state"; state: RunState; detail: string }
	/** This process has done with the run: what comes next stands in the journal. */
	| { kind: "left" };

/** The open turn as written so far: the snapshot a new follower starts from. */
export type OpenText = { turn: number; reasoning: string; text: string; call: string };

/** Events kept at hand for followers that were a moment behind. */
const RECENT = 2000;

/** A run that this process executes or is about to. */
export type LiveRun = {
	runId: string;
	seq: number;
	recent: SlimEvent[];
	open: OpenText | undefined;
	state: RunState;
	detail: string;
	abort: AbortController;
	/** What a person said, stored already, that the agent has not heard yet. */
	inbox: AgentEvent[];
	/** A person wants it to pause before its next step. */
	pausing: boolean;
	/** The sub-agent that works on a call of it, in its place in line. */
	nested: LiveRun | undefined;
	/** Stores an event and tells followers, while this process executes the run. */
	append: ((event: AgentEvent) => Promise<RunEvent>) | undefined;
	/** Hears what another process has added to the journal, while this one executes the run. */
	catchUp: (() => Promise<boolean>) | undefined;
	listeners: Set<(heard: Heard) => void>;
	/** Resolves when this process has done with the run: it ended, or somebody else goes on with it. */
	settled: Promise<void>;
	settle: () => void;
};

type Hub = { live: Map<string, LiveRun>; waiting: string[]; running: Set<string> };
type Held = { soundingsHub?: Hub };

/** The runs of this process: one hub for all bundles, so it hangs on `globalThis`. */
export function hub(): Hub {
	const held = globalThis as Held;
	held.soundingsHub ??= { live: new Map(), waiting: [], running: new Set() };
	return held.soundingsHub;
}

/** The runs that this process executes at this moment, each followed by its sub-agent. */
export function executing(): LiveRun[] {
	const { running, live } = hub();
	return [...running].flatMap((runId) => {
		const run = live.get(runId);
		return run ? [run, ...(run.nested ? [run.nested] : [])] : [];
	});
}

/** A run that this process executes from now on, until `dropLive`. */
export function makeLive(runId: string): LiveRun {
	const run = makeDetached(runId);
	hub().live.set(runId, run);
	return run;
}

/** A run with nobody listening: to add to the journal of one that is not executed here. */
export function makeDetached(runId: string): LiveRun {
	const { promise, resolve } = Promise.withResolvers<void>();
	return {
		runId,
		seq: 0,
		recent: [],
		open: undefined,
		state: "queued",
		detail: "",
		abort: new AbortController(),
		inbox: [],
		pausing: false,
		nested: undefined,
		append: undefined,
		catchUp: undefined,
		listeners: new Set(),
		settled: promise,
		settle: resolve,
	};
}

/** This process has done with the run. */
export function dropLive(run: LiveRun): void {
	hub().live.delete(run.runId);
	tell(run, { kind: "left" });
	run.settle();
}

export function tellEvent(run: LiveRun, event: RunEvent): void {
	run.seq = event.seq;
	if (event.type === "turn.started") run.open = { turn: event.turn, reasoning: "", text: "", call: "" };
	if (event.type === "model.replied" || event.type === "model.failed") run.open = undefined;
	const light = slim(event);
	run.recent.push(light);
	if (run.recent.length > 2 * RECENT) run.recent.splice(0, run.recent.length - RECENT);
	tell(run, { kind: "event", event: light });
}

/** Adds a piece to the open turn's text; a retried reply starts over (`model.failed` cleared it). */
export function tellLive(run: LiveRun, event: LiveEvent): void {
	if (event.type !== "model.delta") {
		tell(run, { kind: "live", event, offset: 0 });
		return;
	}
	if (run.open?.turn !== event.turn) run.open = { turn: event.turn, reasoning: "", text: "", call: "" };
	const offset = run.open[event.part].length;
	run.open[event.part] += event.text;
	tell(run, { kind: "live", event, offset });
}

export function tellState(run: LiveRun, state: RunState, detail: string): void {
	run.state = state;
	run.detail = detail;
	tell(run, { kind: "state", state, detail });
}

function tell(run: LiveRun, heard: Heard): void {
	for (const listener of run.listeners) listener(heard);
}
