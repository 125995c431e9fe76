import "server-only";
import { type LeaseState, openRuns, releaseLease, setCrashes } from "../db/leases";
import { createRun, readSummary, setState } from "../db/runs";
import { openSpawned } from "../db/spawned";
import { type AskInput, type AskResult, askInputSchema } from "../trajectory/ask";
import type { Decision } from "../trajectory/decision";
import type { AgentEvent } from "../trajectory/event";
import { summaryOf } from "../trajectory/summary";
import { emptyView, type RunView, step } from "../trajectory/view";
import { attachedFiles, attachedTo, claimAttachments, shelfFor } from "./attachments";
import { appendOutside, Cancelled, Detached, endRun } from "./execute";
import { enqueue, inLine, leaveLine } from "./line";
import { executing, hub, type LiveRun, makeDetached, makeLive, tellState } from "./live";
import { isGone } from "./owner";
import { settingsFor } from "./settings";

/** A run that killed the process this often is left alone until somebody looks at it. */
const MAX_CRASHES = 3;

/** Starts a run that belongs to the server: it goes on when the browser leaves. Bad input names its field. */
export async function startRun(input: AskInput): Promise<AskResult> {
	const parsed = askInputSchema.safeParse(input);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		return { ok: false, field: String(issue?.path[0] ?? "question"), message: issue?.message ?? "Not valid." };
	}
	const runId = crypto.randomUUID();
	const { question, plan, attachments = [] } = parsed.data;
	const found = await attachedFiles(attachments);
	if (!found.ok) return found;
	const made = await settingsFor(parsed.data, shelfFor(runId, found.files));
	if (!made.ok) return made;
	return inLine([runId], async () => {
		await claimAttachments(runId, found.files);
		const createdAt = Date.now();
		const started = {
			type: "run.started",
			version: 1,
			question,
			settings: made.settings,
			...(plan && { plan }),
			...attachedTo(made.settings, found.files),
		} as const;
		const view = emptyView();
		step(view, { ...started, runId, seq: 1, at: createdAt });
		await createRun({ ...summaryOf(view, createdAt), state: "queued" }, started);
		return { ok: true, runId };
	});
}

/** Puts a run in line; it goes on from wherever its journal stands. */
export function takeUp(runId: string): void {
	enqueue(makeLive(runId));
}

/**
 * Tells a run something; the model reads it at its next turn, which a queued, paused or waiting run takes when it goes
 * on. A run of another process hears it within a heartbeat. False when the run has ended.
 */
export async function steerRun(runId: string, text: string): Promise<boolean> {
	const live = hub().live.get(runId);
	const event = { type: "user.steered", text } as const;
	if (live?.append) {
		await live.append(event);
		live.inbox.push(event);
		return true;
	}
	return (await appendOutside(live ?? makeDetached(runId), event, isOpen)) !== undefined;
}

/**
 * Pauses a run: after the step it is in when this process executes it, at once when it waits, within a heartbeat when
 * another process executes it (which then loses the reply in flight). False when it has ended or is paused already.
 */
export async function pauseRun(asked: string): Promise<boolean> {
	const runId = await askedFor(asked);
	const live = hub().live.get(runId);
	if (live && hub().running.has(runId)) {
		setPausing(live, true);
		tellState(live, "running", "Pausing after this step.");
		return true;
	}
	const event = { type: "run.paused", detail: "Paused by you." } as const;
	const paused = await appendOutside(live ?? makeDetached(runId), event, (view) => isOpen(view) && !isPaused(view));
	if (live && paused) leaveLine(live);
	return paused !== undefined;
}

/** Goes on with a paused run, or takes a pause back that has not come yet. False when it is not paused. */
export async function resumeRun(asked: string): Promise<boolean> {
	const runId = await askedFor(asked);
	const live = hub().live.get(runId);
	if (live?.state === "paused") await live.settled;
	else if (live?.pausing) {
		setPausing(live, false);
		tellState(live, "running", "");
		return true;
	}
	if (hub().live.has(runId) || (await readSummary(runId))?.state !== "paused") return false;
	await setState(runId, "queued", "");
	takeUp(runId);
	return true;
}

/** The run that a person asked for: a sub-agent pauses and goes on with the run it works for. */
const askedFor = async (runId: string): Promise<string> => (await readSummary(runId))?.spawnedBy?.runId ?? runId;

function setPausing(live: LiveRun, pausing: boolean): void {
	live.pausing = pausing;
	if (live.nested) live.nested.pausing = pausing;
}

/**
 * Says whether the call that a run asks about may run; the run then goes on, unless it is paused. False when that call
 * does not ask (any more): somebody else has decided, or the run has ended.
 */
export async function decideCall(runId: string, decision: Decision): Promise<boolean> {
	// The execution that asked is about to let go of the run; with it gone the journal is nobody's.
	const asked = await askedFor(runId);
	if (hub().running.has(asked) && (await readSummary(runId))?.state === "asking") await settled(asked);
	const live = hub().live.get(runId) ?? makeDetached(runId);
	const turnOf = (view: RunView) => {
		const row = view.rows.findLast((known) => known.kind === "call" && known.call.id === decision.callId);
		return row?.kind === "call" ? row.turn : 1;
	};
	let isHeld = false;
	const asks = (view: RunView) => {
		isHeld = isPaused(view);
		return isOpen(view) && view.asking === decision.callId;
	};
	const decided = await appendOutside(
		live,
		(view) => ({ type: "approval.decided", turn: turnOf(view), ...decision }),
		asks,
	);
	if (!decided) return false;
	if (isHeld || hub().live.has(asked)) return true;
	await setState(asked, "queued", "");
	takeUp(asked);
	return true;
}

const isOpen = ({ state }: RunView): boolean => state !== "ended";
const isPaused = ({ state }: RunView): boolean => state === "paused";

/** Adds a note, a label or a change of title or tags to a run, whatever state it is in and whoever executes it. */
export async function annotateRun(runId: string, event: AgentEvent): Promise<void> {
	const live = hub().live.get(runId);
	if (live?.append) await live.append(event);
	else await appendOutside(live ?? makeDetached(runId), event);
}

/**
 * Stops a run; what it has is kept. A run that waits or is paused ends at once, one that runs within a second, one that
 * another process executes within a heartbeat. Its sub-agents end with it; a sub-agent that is stopped alone tells its
 * run so, which goes on.
 */
export async function cancelRun(runId: string): Promise<void> {
	const live = hub().live.get(runId) ?? makeLive(runId);
	live.abort.abort(new Cancelled());
	live.pausing = false;
	if (executing().includes(live)) return;
	const ending = { type: "run.ended", outcome: "cancelled", detail: "Stopped by you. All calls are kept." } as const;
	await endRun(live, ending);
	leaveLine(live);
	for (const child of await openSpawned(runId)) await endRun(makeDetached(child), ending);
}

/** Resolves when the run has ended or this process no longer executes it; at once when it never did. */
export async function settled(runId: string): Promise<void> {
	await hub().live.get(runId)?.settled;
}

/**
 * Takes up every run that nobody runs: after a crash, a restart, or when another process's lease ran out. Called at
 * start and then now and again; returns how many were taken up.
 */
export async function recoverRuns(): Promise<number> {
	let taken = 0;
	for (const run of await openRuns()) {
		if (hub().live.has(run.runId) || isHeld(run)) continue;
		if (await quarantined(run)) continue;
		if (run.owner !== null) await releaseLease({ runId: run.runId, owner: run.owner });
		const live = makeLive(run.runId);
		tellState(live, "recovering", "");
		await setState(run.runId, "recovering", "");
		enqueue(live);
		taken++;
	}
	return taken;
}

const LEASE_GRACE_MS = 15_000;

const isHeld = ({ owner, leaseAt }: LeaseState): boolean =>
	owner !== null && !isGone(owner) && Math.abs(Date.now() - (leaseAt ?? 0)) < LEASE_GRACE_MS;

/** A lease left behind by a dead process counts as a crash; the third one leaves the run waiting. */
async function quarantined(run: LeaseState): Promise<boolean> {
	const crashes = run.owner === null ? run.crashes : run.crashes + 1;
	if (run.owner !== null) await setCrashes(run.runId, crashes);
	if (crashes < MAX_CRASHES) return false;
	const detail = `This run ended the process ${crashes} times. It is left alone; all its calls are kept.`;
	await setState(run.runId, "waiting", detail);
	if (run.owner !== null) await releaseLease({ runId: run.runId, owner: run.owner });
	return true;
}

/** Lets go of all runs without ending them, so that the next process goes on with them. */
export async function detachRuns(): Promise<void> {
	for (const live of hub().live.values()) live.abort.abort(new Detached());
	const deadline = performance.now() + 3000;
	while (hub().running.size > 0 && performance.now() < deadline) await new Promise((wake) => setTimeout(wake, 20));
}
