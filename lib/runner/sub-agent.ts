import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { loadPrompts } from "../agent/prompts/prompts";
import { protocolOf } from "../agent/protocol/protocols";
import { AskingInCall, PausedInCall, type ToolContext, type ToolOutcome } from "../agent/tool";
import { attachmentsOfRun } from "../db/attachments";
import { readEvents } from "../db/events";
import { leaseOwner, releaseLease, setCrashes } from "../db/leases";
import { createRun } from "../db/runs";
import { spawnedFor } from "../db/spawned";
import { env } from "../env";
import type { Source } from "../trajectory/event";
import type { RunSettings } from "../trajectory/settings";
import { summaryOf } from "../trajectory/summary";
import { splitThink } from "../trajectory/think";
import { emptyView, type RunView, step, viewOf } from "../trajectory/view";
import { type AskSubAgent, type Executed, execute } from "./execute";
import { dropLive, type Heard, type LiveRun, makeLive } from "./live";
import { isGone } from "./owner";

/** A sub-agent's own budget, whatever its run has left. */
const CALLS = 25;
const TURNS = 50;
/** A run that another process seems to execute is tried again this often, until its lease has run out. */
const LEASE_POLL_MS = 500;
const LEASE_TRIES = 50;

/**
 * Has a sub-agent work on a call in a run of its own, in the place of the run that waits for it. Called again for the
 * same call, after a pause or a crash, it goes on with the same sub-agent. Ends and pauses with its parent.
 */
export const askSubAgent: AskSubAgent = async (parent, { turn, callId, subtask }, context) => {
	const spawner = { runId: parent.runId, callId };
	const child = (await spawnedFor(spawner)) ?? (await spawn(spawner, subtask));
	await tellParent(parent, { turn, callId, child });
	const live = makeLive(child);
	live.pausing = parent.pausing;
	parent.nested = live;
	const stop = () => live.abort.abort(context.signal.reason);
	context.signal.addEventListener("abort", stop, { once: true });
	if (context.signal.aborted) stop();
	const tell = progressOf(context);
	const listener = (heard: Heard) => {
		tell(heard);
		// The run moves on as long as its sub-agent does: only deaths without progress in between quarantine it.
		if (heard.kind === "event" && heard.event.type === "tool.returned") void setCrashes(parent.runId, 0);
	};
	live.listeners.add(listener);
	try {
		const executed = await carryOut(live, context.signal);
		context.signal.throwIfAborted();
		if (executed === "paused") throw new PausedInCall("The sub-agent is paused.");
		if (executed === "asking") throw new AskingInCall("A sub-agent asks you before a call. Decide in its run.");
		if (executed !== "ended") return failed("The sub-agent could not go on.");
		return outcomeOf(viewOf(await readEvents(child)));
	} finally {
		context.signal.removeEventListener("abort", stop);
		live.listeners.delete(listener);
		parent.nested = undefined;
		dropLive(live);
	}
};

/** Executes it; one whose process is gone leaves a lease behind, which is taken over. */
async function carryOut(live: LiveRun, signal: AbortSignal): Promise<Executed> {
	for (let tries = 1; ; tries++) {
		const owner = await leaseOwner(live.runId);
		if (owner !== undefined && isGone(owner)) await releaseLease({ runId: live.runId, owner });
		const executed = await execute(live);
		if (executed !== "elsewhere" || tries === LEASE_TRIES) return executed;
		await wait(LEASE_POLL_MS, undefined, { signal });
	}
}

async function spawn(spawnedBy: { runId: string; callId: string }, question: string): Promise<string> {
	const [first] = await readEvents(spawnedBy.runId, 0, 1);
	if (first?.type !== "run.started") throw new Error("The run that asks has no beginning.");
	const attachments = await attachmentsOfRun(spawnedBy.runId);
	const runId = crypto.randomUUID();
	const at = Date.now();
	const started = {
		type: "run.started",
		version: 1,
		question,
		settings: settingsOf(first.settings),
		spawnedBy,
		// The files, for its Python; what messages say of them, and show, is the asking run's own.
		...(attachments.length > 0 && { attachments: attachments.map(({ shown: _, ...file }) => file) }),
	} as const;
	const view = emptyView();
	step(view, { ...started, runId, seq: 1, at });
	await createRun({ ...summaryOf(view, at), state: "queued" }, started);
	return runId;
}

/** The asking run's settings with the sub-agent's task, tools and budget: it cannot ask a sub-agent in turn. */
function settingsOf({ recordedFrom: _, ...asking }: RunSettings): RunSettings {
	const { PROMPTS_DIR } = env();
	const prompts = loadPrompts(PROMPTS_DIR ? [PROMPTS_DIR] : []);
	const tools = asking.tools.filter(({ server }) => server !== "agent-browsing");
	const objective = prompts.objectiveSubagent;
	const texts = { ...prompts, objective, systemGeneric: `${prompts.systemGeneric}\n\n${objective}` };
	const { limits } = asking;
	return {
		...asking,
		tools,
		answerMode: "report",
		restarts: 0,
		failureSummary: false,
		limits: { ...limits, calls: Math.min(CALLS, limits.calls), turns: Math.min(TURNS, limits.turns) },
		prompts: {
			...asking.prompts,
			system: protocolOf(asking.protocol).systemPrompt(tools, asking.date, texts),
			taskSuffix: prompts.taskSuffixSubagent,
			answer: prompts.answerSubagent,
		},
	};
}

/** Once a call: a run that goes on after a crash has said it before. */
async function tellParent(parent: LiveRun, started: { turn: number; callId: string; child: string }): Promise<void> {
	const past = await readEvents(parent.runId);
	const isTold = past.some((event) => event.type === "subagent.started" && event.callId === started.callId);
	if (!isTold) await parent.append?.({ type: "subagent.started", ...started });
}

/** Tells the asking run's timeline what the sub-agent does: its newest call, in the model's own words. */
function progressOf({ progress }: Pick<ToolContext, "progress">): (heard: Heard) => void {
	let calls = 0;
	const queries = new Map<string, string>();
	return (heard) => {
		if (heard.kind !== "event") return;
		const { event } = heard;
		if (event.type === "model.replied") {
			for (const { id, args } of event.calls) queries.set(id, String(args.q ?? args.url ?? args.query ?? ""));
		}
		if (event.type !== "tool.called") return;
		progress([`${++calls} · ${event.name}`, queries.get(event.callId)?.slice(0, 120)].filter(Boolean).join(" · "));
	};
}

const failed = (text: string): ToolOutcome => ({ status: "error", text, summary: text, sources: [] });

/** What the asking model reads: the sub-agent's report, without its thoughts. The pages it read are sources here too. */
function outcomeOf(view: RunView): ToolOutcome {
	if (view.outcome === "cancelled") return failed("The sub-agent was stopped by a person before it had answered.");
	const text = view.answer ? splitThink(view.answer.content).visible.trim() : "";
	if (text === "") return failed("No final answer generated by sub agent agent-browsing.");
	const sources = [...view.sources.values()].flatMap((source): Source[] => {
		const { url, title, hash, docId, date, openedSeq } = source;
		if (openedSeq === undefined) return [];
		return [{ url, title, opened: true, ...(docId && { docId }), ...(hash && { hash }), ...(date && { date }) }];
	});
	return { status: "ok", text, summary: `${view.calls} calls, ${sources.length} pages read`, sources };
}
