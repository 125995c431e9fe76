import type { ToolCall } from "../../trajectory/event";
import type { Message } from "../../trajectory/messages";
import type { ToolSpec } from "../../trajectory/settings";
import { splitThink } from "../../trajectory/think";
import type { ModelDelta, ModelReply, WireMessage, WireTool, WireToolCall } from "../model";
import { builtInPrompts, fill, type Prompts } from "../prompts/prompts";
import { unreadable, unreadText, withoutNulls } from "./arguments";
import type { DeltaSorter, Protocol, ReadReply } from "./protocol";
import { ThinkSplitter } from "./think-splitter";
import { reasoningFields, userText } from "./wire";

/** The server's own tool calls: tools in the request body, `tool_calls` in the reply, results as `tool` messages. */
export const native: Protocol = {
	id: "native",
	systemPrompt: (_tools: readonly ToolSpec[], date: string, prompts: Prompts = builtInPrompts()) =>
		fill(prompts.systemGeneric, { date }),
	toWire,
	wireTools: (tools) => (tools.length === 0 ? undefined : tools.map(wireTool)),
	read,
	sorter,
};

const wireTool = ({ name, description, schema }: ToolSpec): WireTool => ({
	type: "function",
	function: { name, description, parameters: schema },
});

function toWire(message: Message): WireMessage[] {
	if (message.role === "system") return [{ role: "system", content: message.content }];
	if (message.role === "assistant") return [assistant(message)];
	if (message.kind !== "results") return [userText(message.content, message.appended, message.pictures)];
	const results = message.results.map(
		({ callId, text }): WireMessage => ({ role: "tool", tool_call_id: callId, content: text }),
	);
	return message.appended === undefined
		? results
		: [...results, userText(message.appended, undefined, message.pictures)];
}

/**
 * A thought that leaked into the content (vllm-wire §6.3) goes back as reasoning, so that a request does not depend on
 * whether the server split it. A prefill is continued by the server and stays as it is.
 */
function assistant(message: Extract<Message, { role: "assistant" }>): WireMessage {
	const { calls, content, prefill } = message;
	if (prefill) return { role: "assistant", content };
	const split = splitThink(content);
	const text = split.visible.trim() === "" && calls.length > 0 ? null : split.visible;
	return {
		role: "assistant",
		content: text,
		...reasoningFields(message.reasoning ?? split.reasoning),
		...(calls.length > 0 && { tool_calls: calls.map(wireCall) }),
	};
}

/** Arguments that could not be read go back as `{}`: invalid JSON in the history fails every later request (§7.4). */
const wireCall = ({ id, name, args }: ToolCall): WireToolCall => ({
	id,
	type: "function",
	function: { name, arguments: unreadText(args) === undefined ? JSON.stringify(args) : "{}" },
});

/** The calls the server's own parser found. Arguments that were no JSON object become ones that say so. */
const callsOf = ({ calls }: ModelReply): ToolCall[] =>
	calls.map(({ raw, args, ...call }) => ({
		...call,
		args: args === undefined ? unreadable(raw ?? "") : withoutNulls(args),
	}));

/** Call markup of the common chat templates, left in the text when a server's parser did not recognise it. */
const MARKUP = ["<tool_call>", "</tool_call>", "<function=", "<|tool_call", "<use_mcp_tool>", "[TOOL_CALLS]"];

function read(reply: ModelReply): ReadReply {
	const visible = splitThink(reply.content).visible.trim();
	const calls = callsOf(reply);
	const malformed = calls.length === 0 && MARKUP.some((mark) => visible.includes(mark));
	return { content: reply.content, calls, visible, malformed, callsInThink: 0 };
}

function sorter(): DeltaSorter {
	const thoughts = new ThinkSplitter();
	return {
		push: (delta): ModelDelta[] => (delta.part === "text" ? thoughts.push(delta.text) : [...thoughts.end(), delta]),
		end: () => thoughts.end(),
	};
}
