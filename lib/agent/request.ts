import { type Message, maskedUsers, visibleMessages } from "../trajectory/messages";
import type { RunSettings } from "../trajectory/settings";
import type { Memory } from "./memory";
import type { WireMessage, WireRequest } from "./model";
import type { Protocol } from "./protocol/protocol";

/** Growth of the output limit after each reply that was cut (spec §1.6, decision D13). */
const GROWTH = 1.1;

export type BuiltRequest = { request: WireRequest; masked: number; maxTokens: number | undefined };

/**
 * Puts the conversation on the wire. A message is serialised once and reused by identity, so the work of a turn does
 * not grow with the run. One instance a run.
 */
export class RequestBuilder {
	private readonly wires = new WeakMap<Message, WireMessage[]>();
	private tools: WireRequest["tools"] | "unknown" = "unknown";
	private readonly protocol: Protocol;

	constructor(protocol: Protocol) {
		this.protocol = protocol;
	}

	build(memory: Memory, settings: RunSettings): BuiltRequest {
		const visible = visibleMessages(memory.conversation);
		const messages: WireMessage[] = [];
		for (const message of visible) for (const wire of this.wireOf(message)) messages.push(wire);
		const maxTokens = outputLimit(memory, settings);
		const params: WireRequest["params"] = {};
		for (const [name, value] of Object.entries(settings.sampling)) if (value !== undefined) params[name] = value;
		if (maxTokens !== undefined) params.max_tokens = maxTokens;
		const last = visible.at(-1);
		if (last?.role === "assistant" && last.prefill) {
			params.continue_final_message = true;
			params.add_generation_prompt = false;
		}
		const tools = this.toolsOf(settings);
		const request = { messages, params, ...(tools && { tools }) };
		return { request, masked: Math.min(maskedUsers(memory.conversation), visible.length), maxTokens };
	}

	private wireOf(message: Message): WireMessage[] {
		const known = this.wires.get(message);
		if (known) return known;
		const made = this.protocol.toWire(message);
		this.wires.set(message, made);
		return made;
	}

	private toolsOf(settings: RunSettings): WireRequest["tools"] {
		if (this.tools === "unknown") this.tools = this.protocol.wireTools(settings.tools);
		return this.tools;
	}
}

/** 10 % more for each cut reply in a row, never beyond what the window leaves. */
function outputLimit(memory: Memory, settings: RunSettings): number | undefined {
	const want = settings.sampling.max_tokens;
	if (want === undefined) return undefined;
	const grown = Math.trunc(want * GROWTH ** memory.streak.resampled);
	const room = settings.contextTokens - memory.lastInputTokens - memory.lastOutputTokens;
	return Math.max(want, Math.min(grown, room));
}
