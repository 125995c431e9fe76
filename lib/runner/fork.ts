import "server-only";
import { presetOf } from "../agent/presets";
import { rewriteReply } from "../agent/rewrite-reply";
import { readEvents } from "../db/events";
import { createRun } from "../db/runs";
import { copySandboxes, mainNames } from "../sandbox/folders";
import { attachmentsOf, mayBringFiles } from "../trajectory/asking";
import { collectionsUpTo } from "../trajectory/attachments";
import type { AgentEvent, ForkChange, RunEvent } from "../trajectory/event";
import {
	type Fork,
	type ForkFromCall,
	type ForkInput,
	type ForkResult,
	forkInputSchema,
	type Parting,
	partingOf,
	settledBefore,
	turnAtCall,
} from "../trajectory/fork";
import type { RunSettings } from "../trajectory/settings";
import { summaryOf } from "../trajectory/summary";
import { emptyView, type RunView, step, viewOf } from "../trajectory/view";
import { attachedFiles, attachedTo, claimAttachments, shelfFor } from "./attachments";
import { inLine } from "./line";
import { modelProblem } from "./model-problem";
import { settingsFor, withShelf } from "./settings";

/** Calls a fork may make from where it begins, when nobody said. */
const MORE_CALLS = 25;

type Planned = { cut: number; changes: ForkChange[]; settings: RunSettings; edited?: AgentEvent; asked?: Asked };
/** A further question, what the event that puts it says of its files, and the files. */
type Asked = { followUp: string; told: ReturnType<typeof attachedTo>; files: Parameters<typeof claimAttachments>[1] };
type Plan = { ok: true; planned: Planned } | { ok: false; field: string; message: string };
/** What a fork leaves, and the id of the first run it makes. */
type Leaving = { events: readonly RunEvent[]; view: RunView; settings: RunSettings; child: string };

const refused = (field: string, message: string) => ({ ok: false, field, message }) as const;

/**
 * Starts runs that share a run's past up to some event and go on differently from there. The parent is never touched.
 * Bad input names its field. `again` gives one run a sample, everything else one run.
 */
export async function forkRun(runId: string, input: ForkInput): Promise<ForkResult> {
	const parsed = forkInputSchema.safeParse(input);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		return refused(String(issue?.path.at(-1) ?? "kind"), issue?.message ?? "Not valid.");
	}
	const events = await readEvents(runId);
	const view = viewOf(events);
	const { settings } = view;
	if (!settings) return refused("run", "There is no such run.");
	const samples = parsed.data.kind === "again" ? parsed.data.samples : 1;
	const runIds = Array.from({ length: samples }, () => crypto.randomUUID());
	const [child = ""] = runIds;
	const plan = await planOf(parsed.data, { events, view, settings, child });
	if (!plan.ok) return plan;
	const problem = await modelProblem(plan.planned.settings);
	if (problem) return refused("model", problem);
	return inLine(runIds, async () => {
		if (plan.planned.asked) await claimAttachments(child, plan.planned.asked.files);
		for (const id of runIds) await begin(id, view, events, plan.planned);
		return { ok: true, runIds };
	});
}

async function planOf(fork: Fork, leaving: Leaving): Promise<Plan> {
	const { events, view, settings } = leaving;
	switch (fork.kind) {
		case "again":
			return { ok: true, planned: { cut: askedAt(events), changes: ["sample"], settings } };
		case "recorded_tools":
			return {
				ok: true,
				planned: {
					cut: askedAt(events),
					changes: ["recorded_tools"],
					settings: { ...settings, recordedFrom: view.runId },
				},
			};
		case "answer_now":
			return answerNow(fork.call, events, settings);
		case "follow_up":
			return followUp(fork, leaving);
		case "from_call":
			return fromCall(fork, events, view);
		default:
			return fork satisfies never;
	}
}

/** The event that asked the run's question: the first, or of a further question the one that put it to the thread. */
const askedAt = (events: readonly RunEvent[]): number =>
	events.findLast((event) => event.type === "run.forked" && event.followUp !== undefined)?.seq ?? 1;

/** A run that has used up its calls is told to answer from what it has: so its budget is what it has used. */
function answerNow(call: number, events: readonly RunEvent[], settings: RunSettings): Plan {
	const at = turnAtCall(events, call);
	if (!at) return refused("call", `Call ${call} has no result yet, or was rolled back.`);
	const limits = { ...settings.limits, calls: call };
	return { ok: true, planned: { cut: at.endSeq, changes: ["answer_now"], settings: { ...settings, limits } } };
}

async function followUp(
	{ question, calls = MORE_CALLS, attachments = [] }: Extract<Fork, { kind: "follow_up" }>,
	{ events, view, settings, child }: Leaving,
): Promise<Plan> {
	const end = events.findLast(({ type }) => type === "run.ended");
	if (!end) return refused("question", "This run is still going on. Tell it your question instead.");
	const found = await attachedFiles(attachments, await namesBefore(events, view.runId));
	if (!found.ok) return found;
	const { tokens, ...others } = settings.limits;
	const spent = view.usage.inputTokens + view.usage.outputTokens;
	const limits = {
		...others,
		calls: view.calls + calls,
		turns: Math.max(settings.limits.turns, calls),
		...(tokens !== undefined && { tokens: tokens + spent }),
	};
	const cut = settledBefore(events, end.seq);
	const own = withShelf({ ...settings, limits }, shelfFor(child, found.files));
	const before = events.flatMap((event) => (mayBringFiles(event) ? (event.attached ?? []) : [])).join("");
	const told = attachedTo(own, found.files, before);
	const asked = { followUp: question, told, files: found.files };
	return { ok: true, planned: { cut, changes: ["follow_up"], settings: own, asked } };
}

/** Names that files of a further question cannot have: what the thread has, and what stands where they will be laid. */
const namesBefore = async (events: readonly RunEvent[], runId: string): Promise<string[]> => [
	...attachmentsOf(events).map(({ name }) => name),
	...(await mainNames(runId)),
];

async function fromCall(fork: ForkFromCall, events: readonly RunEvent[], view: RunView): Promise<Plan> {
	const at = turnAtCall(events, fork.call);
	if (!at) return refused("call", `Call ${fork.call} has no result yet, or was rolled back.`);
	const parting = partingOf(at, fork, rewriteReply);
	const chosen = await settingsOf(fork, view, parting);
	if (!chosen.ok) return chosen;
	const changes: ForkChange[] = chosen.changed ? [...parting.changes, "settings"] : parting.changes;
	const { cut, edited } = parting;
	return { ok: true, planned: { cut, changes, settings: chosen.settings, ...(edited && { edited }) } };
}

type Chosen = { ok: true; settings: RunSettings; changed: boolean } | { ok: false; field: string; message: string };

async function settingsOf(fork: ForkFromCall, view: RunView, parting: Parting): Promise<Chosen> {
	const before = view.settings as RunSettings;
	const calls = fork.call + (fork.calls ?? Math.max(MORE_CALLS, before.limits.calls - fork.call));
	const made = await presetFor(fork, view, parting, calls);
	if (!made.ok) return made;
	const { model, retention = made.settings.retention } = fork;
	if (model !== undefined && made.settings.model.provider === "extractive") {
		return refused("model", "The built-in engine is no language model. Choose another preset to use one.");
	}
	const settings = {
		...made.settings,
		retention,
		...sitesOf(fork, before),
		model: { ...made.settings.model, ...(model !== undefined && { id: model }) },
	};
	return { ok: true, settings, changed: JSON.stringify(settings) !== JSON.stringify(before) };
}

/** The sites a fork is bound to: its own, or those of the run it leaves. */
function sitesOf({ onlySites, neverSites }: ForkFromCall, { sites }: RunSettings): Pick<RunSettings, "sites"> {
	const only = onlySites ?? sites?.only ?? [];
	const never = neverSites ?? sites?.never ?? [];
	return only.length + never.length > 0 || sites ? { sites: { only, never } } : {};
}

type Made = { ok: true; settings: RunSettings } | { ok: false; field: string; message: string };

async function presetFor(fork: ForkFromCall, view: RunView, { changes }: Parting, calls: number): Promise<Made> {
	const before = view.settings as RunSettings;
	if (fork.preset === undefined || fork.preset === before.preset) {
		return { ok: true, settings: { ...before, limits: { ...before.limits, calls } } };
	}
	const preset = presetOf(fork.preset);
	if (preset && preset.protocol !== before.protocol && changes.length > 0) {
		return refused("preset", "This preset writes its calls another way, so an edited reply does not fit. Choose one.");
	}
	const { answerMode, collections } = before;
	return settingsFor({ question: view.question, preset: fork.preset, answerMode, collections, maxCalls: calls });
}

/** The child's own first event. Of the settings, what came with questions after the fork stays behind. */
function startOf(parent: RunView, events: readonly RunEvent[], { cut, settings, asked }: Planned) {
	const first = events.find((event) => event.type === "run.started");
	const task = asked ? (first?.task ?? parent.question) : first?.task;
	const shared = events.filter(({ seq }) => seq <= cut);
	const further = shared.flatMap((event) => (event.type === "run.forked" ? (event.followUp ?? []) : [])).at(-1);
	return {
		type: "run.started",
		version: 1,
		question: asked?.followUp ?? further ?? first?.task ?? parent.question,
		settings: { ...settings, collections: collectionsUpTo(settings.collections, events, cut) },
		parent: { runId: parent.runId, seq: cut },
		...(task !== undefined && { task }),
		...(first?.plan !== undefined && { plan: first.plan }),
		...(first?.attachments && { attachments: first.attachments }),
		...(first?.attached !== undefined && { attached: first.attached }),
	} as const;
}

/** Writes the child's own first event and what parts it from its parent. */
async function begin(runId: string, parent: RunView, events: readonly RunEvent[], planned: Planned): Promise<void> {
	const at = Date.now();
	const { cut, changes, edited, asked } = planned;
	const started = startOf(parent, events, planned);
	const forked: AgentEvent = {
		type: "run.forked",
		parent: started.parent,
		changes,
		...(asked && { followUp: asked.followUp, ...asked.told }),
	};
	const own = [forked, ...(edited ? [edited] : [])].map((event, index) => ({
		...event,
		runId,
		seq: cut + 1 + index,
		at,
	}));
	const view = emptyView();
	step(view, { ...started, runId, seq: 1, at });
	for (const event of events) if (event.seq > 1 && event.seq <= cut) step(view, { ...event, runId });
	for (const event of own) step(view, event);
	await createRun({ ...summaryOf(view, at), state: "queued" }, started, own);
	// Working directories are as the parent's last call left them, which fits only a fork from after it.
	await copySandboxes(parent.runId, runId, !events.some(({ type, seq }) => type === "tool.called" && seq > cut));
}
