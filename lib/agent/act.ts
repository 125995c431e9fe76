import { type AgentEvent, type AgentEventOf, storable, type ToolCall } from "../trajectory/event";
import { argumentProblem } from "./guards";
import type { Memory, OpenTurn } from "./memory";
import type { AgentOptions, RunTools } from "./options";
import { AskingInCall, PausedInCall, type ToolOutcome } from "./tool";

/** Calls that one reply may have run. */
const MAX_RUN = 50;
/** Calls of one reply that are kept at all; each that is not run is answered so. */
export const MAX_KEPT = 1000;

/** Longest tool result a model reads, in code points (spec §1.1). */
const MAX_RESULT_CHARS = 100_000;
const CUT_MARK = "\n... [Result truncated]";

/**
 * Runs the calls of the open turn one after another; after a resume only those without a result. Ends early at a call
 * that waits for a person (`isAsking`), and after a pause; called again, it goes on there.
 */
export async function* act(
	{ allowed, calls }: Pick<Memory, "allowed" | "calls">,
	open: OpenTurn,
	options: AgentOptions,
	run: RunTools,
): AsyncGenerator<AgentEvent> {
	const answered = new Set(open.returned.map(({ callId }) => callId));
	for (const call of open.reply?.calls ?? []) {
		if (answered.has(call.id)) continue;
		const tooMany = open.called.has(call.id) ? undefined : beyond(open.called.size, calls, options);
		if (tooMany) yield returned(open, call, failure(tooMany), 0);
		else yield* runCall(call, { allowed, open }, options, run);
		if (isAsking(open)) return;
	}
}

/** Why a further call of a reply is not run, when it is not: `inTurn` calls of it were, and `before` it the run made others. */
function beyond(inTurn: number, before: number, { settings: { limits } }: AgentOptions): string | undefined {
	if (before + inTurn >= limits.calls) return `Not run: all ${limits.calls} calls of this run are used.`;
	return inTurn < MAX_RUN ? undefined : `Not run: one reply may make ${MAX_RUN} calls. Make fewer at a time.`;
}

async function* runCall(
	call: ToolCall,
	{ allowed, open }: Pick<Memory, "allowed"> & { open: OpenTurn },
	options: AgentOptions,
	run: RunTools,
): AsyncGenerator<AgentEvent> {
	const repaired = run.tools.get(call.name)?.repair?.(call.args);
	if (!open.called.has(call.id)) yield called(open, call, repaired);
	const toRun = { ...call, args: repaired ?? call.args };
	const word = asksFirst(toRun, options, run) && !allowed.has(call.name) ? wordOn(call.id, open) : "go";
	if (word === "ask") yield { type: "approval.asked", turn: open.turn, callId: call.id };
	if (word === "ask" || word === "wait") return;
	const since = performance.now();
	const outcome = word === "go" ? await runTool(toRun, open, options, run) : notAllowed(word.note);
	if (outcome === "paused") yield { type: "run.paused", detail: "Paused by you." };
	else yield returned(open, call, outcome, performance.now() - since);
}

/** What a person's word makes of a call that needs one. */
function wordOn(callId: string, { asked, decided }: OpenTurn): "go" | "ask" | "wait" | { note: string | undefined } {
	const word = decided.get(callId);
	if (word) return word.approved ? "go" : { note: word.note };
	return asked.has(callId) ? "wait" : "ask";
}

/** Whether a call of the open turn waits for a person's word. */
export const isAsking = ({ asked, decided }: Pick<OpenTurn, "asked" | "decided">): boolean =>
	[...asked].some((callId) => !decided.has(callId));

/** A call that could not run anyway is no question to a person. */
function asksFirst(call: ToolCall, { settings }: AgentOptions, run: RunTools): boolean {
	if (!settings.approval?.includes(call.name)) return false;
	const tool = run.tools.get(call.name);
	return tool !== undefined && argumentProblem(tool, call.args) === undefined;
}

const notAllowed = (note = ""): ToolOutcome =>
	failure(note === "" ? "The user did not allow this call." : `The user did not allow this call. They say: ${note}`);

function called(open: OpenTurn, call: ToolCall, repaired: ToolCall["args"] | undefined): AgentEvent {
	const changed = repaired && JSON.stringify(repaired) !== JSON.stringify(call.args);
	return { type: "tool.called", turn: open.turn, callId: call.id, name: call.name, ...(changed && { repaired }) };
}

/** A failed tool is an answer to the model, not the end of the run. */
async function runTool(
	call: ToolCall,
	open: OpenTurn,
	options: AgentOptions,
	run: RunTools,
): Promise<ToolOutcome | "paused"> {
	const tool = run.tools.get(call.name);
	if (!tool) return failure(`Unknown tool: ${call.name}`);
	const wrong = argumentProblem(tool, call.args);
	if (wrong) return failure(wrong);
	const progress = (text: string) => options.live({ type: "tool.progressed", turn: open.turn, callId: call.id, text });
	try {
		return await tool.run(
			tool.input.parse(call.args),
			options.toolContext(progress, options.signal, { turn: open.turn, callId: call.id }),
		);
	} catch (error) {
		options.signal.throwIfAborted();
		if (error instanceof PausedInCall) return "paused";
		if (error instanceof AskingInCall) throw error;
		return failure(error instanceof Error ? error.message : String(error));
	}
}

const failure = (message: string): ToolOutcome => ({ status: "error", text: message, summary: message, sources: [] });

function returned(open: OpenTurn, call: ToolCall, outcome: ToolOutcome, ms: number): AgentEventOf<"tool.returned"> {
	return {
		type: "tool.returned",
		turn: open.turn,
		callId: call.id,
		status: outcome.status,
		text: storable(textForModel(call, outcome)),
		summary: outcome.summary,
		sources: outcome.sources,
		...(outcome.files && outcome.files.length > 0 && { files: outcome.files }),
		ms: Math.round(ms),
	};
}

/** Spec §1.8.8: the tool's own text, cut at 100,000 code points; a sentence for an error or for nothing. */
function textForModel(call: ToolCall, { status, text }: Pick<ToolOutcome, "status" | "text">): string {
	const on = call.server ? ` on ${call.server}` : "";
	if (status === "error") return `Tool call to ${call.name}${on} failed. Error: ${text}`;
	if (!text) return `Tool call to ${call.name}${on} completed, but produced no specific output or result.`;
	if (text.length <= MAX_RESULT_CHARS) return text;
	const points = Array.from(text);
	return points.length <= MAX_RESULT_CHARS ? text : points.slice(0, MAX_RESULT_CHARS).join("") + CUT_MARK;
}
