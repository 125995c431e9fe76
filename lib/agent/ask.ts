import { type AgentEvent, type LiveEvent, storable, type Usage } from "../trajectory/event";
import { MAX_KEPT } from "./act";
import { retryDelay } from "./fault";
import type { Memory, OpenTurn } from "./memory";
import { ModelFault, type ModelReply, type WireRequest } from "./model";
import type { AgentOptions, RunTools } from "./options";
import { estimateTokens } from "./overflow";

const SMALLEST_OUTPUT = 1024;
const TOKEN_MARGIN = 64;

/**
 * Asks the model for the open turn's reply, trying again by the retry rule. Every fault is an event. An overflow takes
 * the newest pair back instead; a fault that ends the run ends it with all calls kept.
 */
export async function* ask(
	memory: Memory,
	open: OpenTurn,
	options: AgentOptions,
	run: RunTools,
): AsyncGenerator<AgentEvent> {
	const { settings } = options;
	const built = run.builder.build(memory, settings);
	let { request, maxTokens } = built;
	yield requested(open, request, { masked: built.masked, maxTokens, hash: run.hasher.hash(request) });
	for (let tries = 1; ; tries++) {
		const outcome = await tryOnce(open, request, options, run);
		if (!(outcome instanceof ModelFault)) {
			yield await replied(open, request, outcome, { options, run });
			return;
		}
		const shrunk = outcome.fault === "overflow" && tries === 1 ? await shrink(request, options) : undefined;
		const wait = shrunk ? 0 : retryDelay(outcome, tries, Math.random);
		yield failed(open, outcome, wait);
		if (shrunk) {
			request = shrunk;
			maxTokens = Number(shrunk.params.max_tokens);
			yield requested(open, request, { masked: built.masked, maxTokens, hash: run.hasher.hash(request) });
		} else if (wait === undefined) {
			yield giveUp(memory, open, outcome);
			return;
		} else await options.sleep(wait, options.signal);
	}
}

/** One try: the reply, or the fault it met. Anything else it throws (an abort) goes on up. */
async function tryOnce(
	open: OpenTurn,
	request: WireRequest,
	options: AgentOptions,
	run: RunTools,
): Promise<ModelReply | ModelFault> {
	const sorter = run.protocol.sorter();
	const show = (deltas: { part: "reasoning" | "text" | "call"; text: string }[]) => {
		for (const { part, text } of deltas)
			options.live({ type: "model.delta", turn: open.turn, part, text } satisfies LiveEvent);
	};
	try {
		const stream = options.model.reply(request, { signal: options.signal, runId: options.runId, turn: open.turn });
		let next = await stream.next();
		while (!next.done) {
			show(sorter.push(next.value));
			next = await stream.next();
		}
		show(sorter.end());
		return next.value;
	} catch (error) {
		if (error instanceof ModelFault) return error;
		throw error;
	}
}

const requested = (
	open: OpenTurn,
	request: WireRequest,
	facts: { masked: number; maxTokens: number | undefined; hash: string },
): AgentEvent => ({
	type: "model.requested",
	turn: open.turn,
	masked: facts.masked,
	messages: request.messages.length,
	...(facts.maxTokens !== undefined && { maxTokens: facts.maxTokens }),
	requestHash: facts.hash,
});

const failed = (open: OpenTurn, fault: ModelFault, wait: number | undefined): AgentEvent => ({
	type: "model.failed",
	turn: open.turn,
	fault: fault.fault,
	message: fault.message,
	...(fault.status !== undefined && { status: fault.status }),
	...(wait !== undefined && { retryAt: Date.now() + wait }),
});

/** Asks for less output when the prompt itself fits (vLLM refuses prompt + max_tokens beyond the window). */
async function shrink(
	request: WireRequest,
	{ model, settings, signal }: AgentOptions,
): Promise<WireRequest | undefined> {
	const count = await model.countTokens?.(request, signal);
	if (count === undefined) return undefined;
	const room = settings.contextTokens - count - TOKEN_MARGIN;
	if (room < SMALLEST_OUTPUT || room >= Number(request.params.max_tokens ?? 0)) return undefined;
	return { ...request, params: { ...request.params, max_tokens: room } };
}

/** Overflow: the turn leaves, the pair before it follows, the research of this attempt is over. Else the run ends. */
function giveUp(memory: Memory, open: OpenTurn, fault: ModelFault): AgentEvent {
	if (fault.fault !== "overflow" || memory.keptTurns.length === 0)
		return { type: "run.ended", outcome: "failed", detail: `${fault.message} All ${memory.calls} calls are kept.` };
	const detail = "The prompt no longer fits the context window.";
	return { type: "turn.rolled_back", turn: open.turn, reason: "overflow", detail };
}

async function replied(
	open: OpenTurn,
	request: WireRequest,
	reply: ModelReply,
	{ options, run }: { options: AgentOptions; run: RunTools },
): Promise<AgentEvent> {
	const read = run.protocol.read(reply, options.settings.tools);
	const calls = open.purpose === "research" ? read.calls.slice(0, MAX_KEPT) : [];
	open.read = { ...read, calls: calls.map((call, index) => ({ ...call, id: `call_${open.turn}_${index + 1}` })) };
	return {
		type: "model.replied",
		turn: open.turn,
		content: storable(read.content),
		...(reply.reasoning !== undefined && { reasoning: reply.reasoning }),
		calls: open.read.calls,
		...(read.callsInThink > 0 && { callsInThink: read.callsInThink }),
		finish: reply.finish,
		usage: reply.usage ?? (await countUsage(request, reply, options)),
		...(reply.ttftMs !== undefined && { ttftMs: reply.ttftMs }),
		ms: reply.ms,
		...(reply.serverModel !== undefined && { serverModel: reply.serverModel }),
	};
}

/** The overflow guard is blind without usage, so it is counted by the server's tokenizer, else estimated (decision D26). */
async function countUsage(request: WireRequest, reply: ModelReply, { model, signal }: AgentOptions): Promise<Usage> {
	const inputTokens = (await model.countTokens?.(request, signal)) ?? estimateTokens(request);
	return {
		inputTokens,
		outputTokens: Math.ceil((reply.content.length + (reply.reasoning?.length ?? 0)) / 4),
		estimated: true,
	};
}
