import type { AgentEventOf } from "../trajectory/event";
import type { ReplyEdits } from "../trajectory/fork";
import { splitThink } from "../trajectory/think";

type Reply = AgentEventOf<"model.replied">;

const CALL = "<use_mcp_tool>";
const ARGUMENTS = /(<arguments>)[\s\S]*?(<\/arguments>)/g;

/**
 * A reply with another thought or other arguments, written as the model would have written it: the history that the
 * model reads next must hold what was called. A reply without reasoning has its prose replaced instead.
 */
export function rewriteReply(reply: Reply, { callId, thought, args }: ReplyEdits): Reply {
	const rethought = thought === undefined ? reply : withThought(reply, thought);
	if (args === undefined) return rethought;
	const at = reply.calls.findIndex(({ id }) => id === callId);
	const calls = reply.calls.map((call, index) => (index === at ? { ...call, args } : call));
	return { ...rethought, content: withArguments(rethought.content, at, args), calls };
}

function withThought(reply: Reply, thought: string): Reply {
	if (reply.reasoning !== undefined) return { ...reply, reasoning: thought };
	const { reasoning, visible } = splitThink(reply.content);
	if (reasoning) return { ...reply, content: `<think>\n${thought}\n</think>\n\n${visible.trimStart()}` };
	const call = reply.content.indexOf(CALL);
	return { ...reply, content: call < 0 ? thought : `${thought}\n\n${reply.content.slice(call)}` };
}

/** The text protocol writes its arguments as JSON inside the call block; native calls stand beside the text. */
function withArguments(content: string, at: number, args: Record<string, unknown>): string {
	const start = content.length - splitThink(content).visible.length;
	let n = -1;
	const json = JSON.stringify(args, undefined, 2);
	return (
		content.slice(0, start) +
		content.slice(start).replace(ARGUMENTS, (block, open: string, close: string) => {
			n++;
			return n === at ? `${open}\n${json}\n${close}` : block;
		})
	);
}
