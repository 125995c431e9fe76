import type { ToolCall } from "../../trajectory/event";
import type { Message } from "../../trajectory/messages";
import type { ToolSpec } from "../../trajectory/settings";
import { splitThink } from "../../trajectory/think";
import type { ModelDelta, ModelReply, WireMessage } from "../model";
import { builtInPrompts, fill, type Prompts } from "../prompts/prompts";
import { readArguments } from "./arguments";
import { hasControlTag, readBlocks, withoutBlocks, writeBlock } from "./call-blocks";
import { CallSplitter } from "./call-splitter";
import { repairNames } from "./name-repair";
import type { DeltaSorter, Protocol, ReadReply } from "./protocol";
import { pyRepr } from "./py-repr";
import { ThinkSplitter } from "./think-splitter";
import { reasoningFields, userText } from "./wire";

/**
 * The `<use_mcp_tool>` text protocol of the MiroThinker models: tools stand in the system prompt, calls in the reply's
 * text, results in one user message (spec §1.3, §1.8).
 */
export const mirothinker: Protocol = {
	id: "mirothinker",
	systemPrompt,
	toWire: (message) => [wireOf(message)],
	wireTools: () => undefined,
	read,
	sorter,
};

function systemPrompt(tools: readonly ToolSpec[], date: string, prompts: Prompts = builtInPrompts()): string {
	return fill(prompts.systemMirothinker, { date, tools: toolSection(tools), objective: prompts.objective });
}

/** Tools under their servers, both in the order given; a blank line before each server (spec §1.3, section 4). */
function toolSection(tools: readonly ToolSpec[]): string {
	const servers = Map.groupBy(tools, ({ server }) => server);
	return [...servers].map(([server, own]) => `\n## Server name: ${server}\n${own.map(toolEntry).join("")}`).join("");
}

const toolEntry = ({ name, description, schema }: ToolSpec): string =>
	`### Tool name: ${name}\nDescription: ${docstring(description)}\nInput JSON schema: ${pyRepr(schema)}\n`;

/**
 * A description as the models saw it: a Python docstring with the indentation it has in source, the closing line too
 * (spec §1.3.1, form a). One that already ends so, or has one line, stays as it is.
 */
function docstring(description: string): string {
	if (!description.includes("\n") || description.endsWith("\n    ")) return description;
	return `${description.trimEnd().replace(/\n(?=[^\n])/g, "\n    ")}\n    `;
}

function wireOf(message: Message): WireMessage {
	if (message.role === "system") return { role: "system", content: message.content };
	if (message.role === "assistant") {
		return { role: "assistant", content: message.content, ...reasoningFields(message.reasoning) };
	}
	const content = message.kind === "results" ? message.results.map(({ text }) => text).join("\n") : message.content;
	return userText(content, message.appended, message.pictures);
}

/**
 * Reads the calls of a reply outside its think block; those inside are counted, not run (decision D6). A reply that is
 * nothing but a thought with a call in it is malformed as well: its think block was never closed.
 */
function read(reply: ModelReply, tools: readonly ToolSpec[]): ReadReply {
	const content = repairNames(withServerCalls(reply), tools);
	const { reasoning, visible } = splitThink(content);
	const blocks = readBlocks(visible);
	const callsInThink = readBlocks(reasoning).length + readBlocks(reply.reasoning ?? "").length;
	const calls = blocks.map(
		({ server, tool, args }, index): ToolCall => ({
			id: `call_${index + 1}`,
			server,
			name: tool,
			args: readArguments(args),
		}),
	);
	const prose = withoutBlocks(visible, blocks).trim();
	const malformed = calls.length === 0 && (hasControlTag(prose) || (prose === "" && callsInThink > 0));
	return { content, calls, visible: prose, malformed, callsInThink };
}

/** Calls that a server's own parser took out of the text are put back as blocks: the history must show them. */
function withServerCalls({ content, calls }: ModelReply): string {
	if (calls.length === 0 || content.includes("<use_mcp_tool>")) return content;
	const blocks = calls.map((call) => {
		return writeBlock(call.server ?? "default", call.name, call.raw ?? JSON.stringify(call.args ?? {}));
	});
	return [content.trimEnd(), ...blocks].filter(Boolean).join("\n\n");
}

function sorter(): DeltaSorter {
	const thoughts = new ThinkSplitter();
	const calls = new CallSplitter();
	const sort = (pieces: ModelDelta[]) =>
		pieces.flatMap((piece): ModelDelta[] => (piece.part === "text" ? calls.push(piece.text) : [...calls.end(), piece]));
	return {
		push: (delta) =>
			delta.part === "text" ? sort(thoughts.push(delta.text)) : [...sort(thoughts.end()), ...calls.end(), delta],
		end: () => [...sort(thoughts.end()), ...calls.end()],
	};
}
