import type { ToolCall } from "../../trajectory/event";
import type { Message } from "../../trajectory/messages";
import type { ToolSpec } from "../../trajectory/settings";
import type { ModelDelta, ModelReply, WireMessage, WireTool } from "../model";
import type { Prompts } from "../prompts/prompts";

/** A reply with its tool calls read out. `content` is what goes into the history (tool names already repaired). */
export type ReadReply = {
	content: string;
	calls: ToolCall[];
	/** Text a person reads: think block and call blocks taken out. */
	visible: string;
	/** Control tags stood in the text and yet no call could be read: a format error (spec §1.8.4). */
	malformed: boolean;
	callsInThink: number;
};

/** Sorts a reply's stream into reasoning, text and call for the screen; the same pieces for every split of the stream. */
export type DeltaSorter = { push(delta: ModelDelta): ModelDelta[]; end(): ModelDelta[] };

/** How tools are told to the model and how its calls come back: siblings behind one interface. */
export type Protocol = {
	id: "mirothinker" | "native";
	/** The system prompt of a run, date and tools included; from our own texts unless others are given. */
	systemPrompt(tools: readonly ToolSpec[], date: string, prompts?: Prompts): string;
	/** One message as it is sent; a message with several results may become several. Pure: same message, same wire. */
	toWire(message: Message): WireMessage[];
	/** Tool definitions for the request body; undefined when they stand in the system prompt. */
	wireTools(tools: readonly ToolSpec[]): WireTool[] | undefined;
	read(reply: ModelReply, tools: readonly ToolSpec[]): ReadReply;
	sorter(): DeltaSorter;
};
