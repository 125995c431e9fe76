import "server-only";
import { JournalConflict } from "../db/events";
import { renewLeases } from "../db/leases";
import { setState } from "../db/runs";
import { isDiskFull, unlessFull } from "../db/sqlite";
import { env } from "../env";
import { execute } from "./execute";
import { dropLive, executing, hub, type LiveRun, makeLive, tellState } from "./live";
import { thisOwner } from "./owner";
import { askSubAgent } from "./sub-agent";

const HEARTBEAT_MS = 5000;
/** A run that waits for something outside is tried again this often. */
const RETRY_MS = 15_000;

type NotTaken = { ok: false; field: "line" | "disk"; message: string };

/**
 * Keeps places in line for new runs, has them written down and puts them in line. Refused when more than
 * `MAX_WAITING_RUNS` would wait, and on a full disk. A run that exists already is always let in by `enqueue`: it had its
 * place when it was new.
 */
export async function inLine<T>(runIds: readonly string[], write: () => Promise<T>): Promise<T | NotTaken> {
	const { MAX_PARALLEL_RUNS, MAX_WAITING_RUNS } = env();
	const { live, running } = hub();
	const taken = live.size - executing().length;
	const free = Math.max(0, MAX_PARALLEL_RUNS - running.size);
	if (taken + runIds.length > MAX_WAITING_RUNS + free) {
		const message =
			`There is no room in line: ${Math.min(taken, MAX_WAITING_RUNS)} of ${MAX_WAITING_RUNS} places are taken (MAX_WAITING_RUNS). ` +
			"Wait until some have ended, stop some, or raise that setting.";
		return { ok: false, field: "line", message };
	}
	// Taken before anything waits: runs that are asked for at the same moment count each other.
	const places = runIds.map(makeLive);
	try {
		const written = await write();
		for (const place of places) enqueue(place);
		return written;
	} catch (error) {
		for (const place of places) dropLive(place);
		if (!isDiskFull(error)) throw error;
		return { ok: false, field: "disk", message: "The disk is full. Free some space and ask again." };
	}
}

/** Puts a run in line; it goes on from wherever its journal stands. */
export function enqueue(live: LiveRun): void {
	heartbeat();
	hub().waiting.push(live.runId);
	startNext();
}

/** Gives up a run's place in line. */
export function leaveLine(live: LiveRun): void {
	hub().waiting = hub().waiting.filter((waiting) => waiting !== live.runId);
	dropLive(live);
}

function startNext(): void {
	const { waiting, running, live } = hub();
	while (running.size < env().MAX_PARALLEL_RUNS) {
		const runId = waiting.shift();
		if (runId === undefined) return;
		const next = live.get(runId);
		if (next) void work(next);
	}
}

async function work(live: LiveRun): Promise<void> {
	const { runId } = live;
	hub().running.add(runId);
	const executed = await execute(live, askSubAgent);
	hub().running.delete(runId);
	if (typeof executed === "object") await waitFor(live, executed.retry);
	else dropLive(live);
	startNext();
}

async function waitFor(live: LiveRun, missing: string): Promise<void> {
	tellState(live, "waiting", missing);
	await setState(live.runId, "waiting", missing).catch(unlessFull);
	setTimeout(() => enqueue(live), RETRY_MS).unref();
}

type Held = { soundingsHeartbeat?: ReturnType<typeof setInterval> };

function heartbeat(): void {
	const held = globalThis as Held;
	held.soundingsHeartbeat ??= setInterval(() => void beat(), HEARTBEAT_MS);
	held.soundingsHeartbeat.unref();
}

/** Keeps the leases, stops what another process has taken over, and hears what people told our runs through others. */
async function beat(): Promise<void> {
	const runs = executing();
	const held = await renewLeases(
		thisOwner(),
		runs.map(({ runId }) => runId),
	).catch(unlessFull);
	for (const run of runs) {
		if (run.append && held?.has(run.runId) === false) run.abort.abort(new JournalConflict(run.runId, run.seq));
		await run.catchUp?.().catch((conflict: unknown) => run.abort.abort(conflict));
	}
}
