import { type AgentEvent, type AgentEventOf, storable, type ToolCall } from "../trajectory/event";
import { argumentProblem } from "./guards";
import type { OpenTurn } from "./memory";
import type { AgentOptions, RunTools } from "./options";
import { PausedInCall, type ToolOutcome } from "./tool";

/** Longest tool result a model reads, in code points (spec §1.1). */
const MAX_RESULT_CHARS = 100_000;
const CUT_MARK = "\n... [Result truncated]";

/** Runs the calls of the open turn one after another; after a resume only those without a result. A pause comes last. */
export async function* act(open: OpenTurn, options: AgentOptions, run: RunTools): AsyncGenerator<AgentEvent> {
	for (const call of open.reply?.calls ?? []) {
		if (open.returned.some(({ callId }) => callId === call.id)) continue;
		const repaired = run.tools.get(call.name)?.repair?.(call.args);
		if (!open.called.has(call.id)) yield called(open, call, repaired);
		const since = performance.now();
		const outcome = await runTool({ ...call, args: repaired ?? call.args }, open, options, run);
		if (outcome === "paused") {
			yield { type: "run.paused", detail: "Paused by you." };
			return;
		}
		yield returned(open, call, outcome, performance.now() - since);
	}
}

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
