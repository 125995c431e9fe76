/** A call as far as it is written: the words of the protocol around it are left out. */
export type DraftCall = { name: string; args: string };

const UNFINISHED_TAG = /<\/?[a-z_]*$/;

/** Reads a growing call: the tagged text of MiroThinker's models, or a name followed by JSON. */
export function draftCallOf(text: string): DraftCall {
	if (text.trimStart().startsWith("<")) {
		const last = text.slice(Math.max(0, text.lastIndexOf("<use_mcp_tool>")));
		const name = /<tool_name>\s*([^<]*)/.exec(last)?.[1] ?? "";
		const args = /<arguments>\s*([\s\S]*?)(?:<\/arguments>|$)/.exec(last)?.[1] ?? "";
		return { name: name.trim(), args: args.replace(UNFINISHED_TAG, "").trim() };
	}
	const end = text.search(/\s/);
	return end < 0 ? { name: text, args: "" } : { name: text.slice(0, end), args: text.slice(end).trim() };
}
