import type { AgentEvent } from "../trajectory/event";
import { act, isAsking } from "./act";
import { ask } from "./ask";
import { nextEvent } from "./finish";
import { judgeCalls, judgeReply, judgeResults, MAX_EMPTY } from "./guards";
import { emptyMemory, type Memory, type OpenTurn } from "./memory";
import type { AgentOptions, RunTools } from "./options";
import { overflows } from "./overflow";
import { RequestBuilder } from "./request";
import { RequestHasher } from "./request-hash";
import { settle, take } from "./settle";

/**
 * Ask, call tools, repeat until there is an answer or a limit. Yields events; the caller stores each before it asks for
 * the next. What a person says meanwhile is heard between steps. `past` starts with `run.started`: alone for a new run,
 * the run's own events for a resume, another run's for a fork. Ends without `run.ended` when it pauses
 * or when a call waits for a person; the runner calls it again with what was said since. An abort throws its reason: how
 * such a run goes on is the runner's to say.
 */
export async function* runAgent(options: AgentOptions, past: Iterable<AgentEvent>): AsyncGenerator<AgentEvent> {
	const tools = new Map(options.tools.map((tool) => [tool.spec.name, tool]));
	const { protocol } = options;
	const run = { protocol, tools, builder: new RequestBuilder(protocol), hasher: new RequestHasher() };
	const memory = emptyMemory();
	for (const event of past) take(memory, event, tools);
	while (!memory.ended) {
		options.signal.throwIfAborted();
		for (const event of options.heard()) take(memory, event, tools);
		if (options.pausing()) {
			yield { type: "run.paused", detail: "Paused by you." };
			return;
		}
		for await (const event of step(memory, options, run)) {
			yield event;
			take(memory, event, tools);
			if (event.type === "run.paused") return;
		}
		if (memory.open && isAsking(memory.open)) return;
	}
}

/** The next thing to do, decided by the memory alone. */
async function* step(memory: Memory, options: AgentOptions, run: RunTools): AsyncGenerator<AgentEvent> {
	const { open } = memory;
	if (memory.streak.empty >= MAX_EMPTY) {
		yield { type: "run.ended", outcome: "failed", detail: `The model sent ${MAX_EMPTY} empty replies in a row.` };
	} else if (!open) yield nextEvent(memory, options.settings, options.elapsedMs());
	else if (open.reply) yield* judgeAndAct(memory, open, options, run);
	else yield* ask(memory, open, options, run);
}

async function* judgeAndAct(
	memory: Memory,
	open: OpenTurn,
	options: AgentOptions,
	run: RunTools,
): AsyncGenerator<AgentEvent> {
	const read = readOf(open, options, run);
	const verdict = open.called.size === 0 && (judgeReply(memory, open, read) ?? judgeCalls(memory, read, run.tools));
	if (verdict) {
		yield { type: "turn.rolled_back", turn: open.turn, ...verdict };
		return;
	}
	for await (const event of act(memory, open, options, run)) yield event;
	if (isAsking(open)) return;
	const wanting = judgeResults(memory, open);
	if (wanting) {
		yield { type: "turn.rolled_back", turn: open.turn, ...wanting };
		return;
	}
	if (open.returned.length > 0 && isFull(memory, open, options)) {
		yield {
			type: "turn.rolled_back",
			turn: open.turn,
			reason: "overflow",
			detail: "The context window is nearly full.",
		};
		return;
	}
	settle(memory, open, run.tools);
}

function readOf(open: OpenTurn, options: AgentOptions, run: RunTools) {
	if (open.read) return open.read;
	const { content = "", reasoning = "", calls = [], finish = "unknown" } = open.reply ?? {};
	const read = run.protocol.read({ content, reasoning, calls, finish, ms: 0 }, options.settings.tools);
	open.read = { ...read, calls };
	return open.read;
}

function isFull(memory: Memory, open: OpenTurn, { settings, countTokens }: AgentOptions): boolean {
	return overflows(
		{
			inputTokens: memory.lastInputTokens,
			outputTokens: memory.lastOutputTokens,
			results: open.returned.map(({ text }) => text).join("\n"),
			answerPrompt: settings.prompts.answer + memory.conversation.question,
			maxTokens: settings.sampling.max_tokens ?? 0,
			contextTokens: settings.contextTokens,
		},
		countTokens,
	);
}
