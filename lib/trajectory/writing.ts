import type { AgentEventOf, ToolCall } from "./event";

/** A reply as far as it is written, in the parts a stream brings. */
export type Writing = { turn: number; reasoning: string; text: string; call: string };

const CALL_BLOCK = "<use_mcp_tool>";

/** A recorded reply as it was being written: the first `share` (0 to 1) of its characters, thought first. */
export function writingAt(reply: AgentEventOf<"model.replied">, share: number): Writing {
	const { reasoning = "", content, calls } = reply;
	const block = content.indexOf(CALL_BLOCK);
	const text = block < 0 ? content : content.slice(0, block);
	const call = block < 0 ? calls.map(written).join("\n") : content.slice(block);
	let left = Math.floor(share * (reasoning.length + text.length + call.length));
	const take = (part: string) => {
		const taken = part.slice(0, left);
		left -= taken.length;
		return taken;
	};
	return { turn: reply.turn, reasoning: take(reasoning), text: take(text), call: take(call) };
}

const written = ({ name, args }: ToolCall) => `${name} ${JSON.stringify(args)}`;
