import "server-only";
import { emptyMemory, type Memory } from "../agent/memory";
import { protocolOf } from "../agent/protocol/protocols";
import { RequestBuilder } from "../agent/request";
import { RequestHasher } from "../agent/request-hash";
import { take } from "../agent/settle";
import type { Tool } from "../agent/tool";
import { TOOLS } from "../tools/tools";
import type { AgentEventOf, RunEvent } from "../trajectory/event";
import { type Message, visibleMessages } from "../trajectory/messages";
import type { Retention, RunSettings } from "../trajectory/settings";

type Requested = AgentEventOf<"model.requested"> & { seq: number };

/** A reply that left the conversation, and how many messages stood before it. */
export type Withdrawn = { turn: number; after: number; content: string };

/** The fold at one request: the memory as the loop had it, and what the request before it was made of. */
export type ContextMoment = {
	memory: Memory;
	settings: RunSettings;
	requested: Requested;
	/** Messages of the request before this one in the same attempt; undefined for the first. */
	before: { turn: number; visible: Message[] } | undefined;
	withdrawn: Withdrawn[];
	/** Number of each turn's first kept call, and the tool it called. */
	calls: Map<number, { n: number; tool: string }>;
	/** Kept calls made up to here. */
	made: number;
};

const tools = new Map<string, Tool>(TOOLS.map((tool) => [tool.spec.name, tool]));

/**
 * Folds the events of a run up to the last request of a turn, by the loop's own functions. Undefined when that turn
 * asked nothing yet. Linear in the events before it.
 */
export function walkTo(events: readonly RunEvent[], turn: number): ContextMoment | undefined {
	const at = events.findLastIndex((event) => event.type === "model.requested" && event.turn === turn);
	const requested = events[at];
	const first = events[0];
	if (requested?.type !== "model.requested" || first?.type !== "run.started") return undefined;
	const previous = events.findLast(
		(event, index) => index < at && event.type === "model.requested" && event.turn < turn,
	);
	const walk = { memory: emptyMemory(), withdrawn: [], calls: new Map(), made: 0 } as Walk;
	let before: ContextMoment["before"];
	for (const event of events.slice(0, at)) {
		if (event === previous && previous?.type === "model.requested")
			before = { turn: previous.turn, visible: visibleMessages(walk.memory.conversation) };
		walkOver(walk, event);
		if (event.type === "attempt.started" && event.attempt > 1) before = undefined;
	}
	return { ...walk, settings: first.settings, requested, before };
}

type Walk = Pick<ContextMoment, "memory" | "withdrawn" | "calls" | "made">;

function walkOver(walk: Walk, event: RunEvent): void {
	const { memory, withdrawn, calls } = walk;
	const reply = event.type === "turn.rolled_back" ? replyOf(memory, event.turn) : undefined;
	take(memory, event, tools);
	if (event.type === "attempt.started" && event.attempt > 1) withdrawn.length = 0;
	if (event.type === "tool.called") {
		walk.made++;
		if (!calls.has(event.turn)) calls.set(event.turn, { n: walk.made, tool: event.name });
	}
	if (event.type !== "turn.rolled_back") return;
	walk.made = (calls.get(event.turn)?.n ?? walk.made + 1) - 1;
	calls.delete(event.turn);
	if (reply !== undefined)
		withdrawn.push({ turn: event.turn, after: memory.conversation.messages.length, content: reply });
}

function replyOf({ conversation }: Memory, turn: number): string | undefined {
	const reply = conversation.messages.findLast((message) => message.role === "assistant" && message.turn === turn);
	return reply?.role === "assistant" ? reply.content : undefined;
}

/** The hash of the request as the loop would send it now, with the output limit it was sent with. */
export function rebuiltHash({ memory, settings, requested }: ContextMoment): string {
	const { request } = new RequestBuilder(protocolOf(settings.protocol)).build(memory, settings);
	const { maxTokens } = requested;
	const params = maxTokens === undefined ? request.params : { ...request.params, max_tokens: maxTokens };
	return new RequestHasher().hash({ ...request, params });
}

/** The messages of the request, under its own policy or a supposed one. */
export function visibleUnder(
	{ memory, settings }: ContextMoment,
	retention: Retention = settings.retention,
): Message[] {
	return visibleMessages({ ...memory.conversation, settings: { ...settings, retention } });
}
