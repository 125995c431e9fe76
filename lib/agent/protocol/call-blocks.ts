const BLOCK = "<use_mcp_tool>";

/** Marks of an attempted call: with one of them in the text and no readable call, the format is wrong (spec §1.8.4). */
const CONTROL_TAGS = [BLOCK, "</use_mcp_tool>", "<server_name>", "</server_name>", "<arguments>", "</arguments>"];

export const hasControlTag = (text: string): boolean => CONTROL_TAGS.some((tag) => text.includes(tag));

/** A call block as written: names trimmed, arguments as text without outer blanks; `start` and `end` are its place. */
type CallBlock = { server: string; tool: string; args: string; start: number; end: number };

/**
 * All complete call blocks, in order (spec §1.8.1): blanks between tags do not matter, order and spelling of tags do. Reads
 * what upstream's lazy pattern reads, but in linear time: each joint of two tags is looked for once, going forward only.
 */
export function readBlocks(text: string): CallBlock[] {
	const blocks: CallBlock[] = [];
	const joints = [
		jointFinder(text, /<\/server_name>\s*<tool_name>/g),
		jointFinder(text, /<\/tool_name>\s*<arguments>/g),
		jointFinder(text, /<\/arguments>\s*<\/use_mcp_tool>/g),
	] as const;
	const head = /<use_mcp_tool>\s*<server_name>/g;
	for (let found = head.exec(text); found; found = head.exec(text)) {
		const toTool = joints[0](head.lastIndex);
		const toArgs = toTool && joints[1](toTool.end);
		const last = toArgs && joints[2](toArgs.end);
		if (!last) break;
		blocks.push({
			server: text.slice(head.lastIndex, toTool.start).trim(),
			tool: text.slice(toTool.end, toArgs.start).trim(),
			args: text.slice(toArgs.end, last.start).trim(),
			start: found.index,
			end: last.end,
		});
		head.lastIndex = last.end;
	}
	return blocks;
}

/** The text with its blocks cut out. */
export function withoutBlocks(text: string, blocks: readonly CallBlock[]): string {
	let kept = "";
	let at = 0;
	for (const { start, end } of blocks) {
		kept += text.slice(at, start);
		at = end;
	}
	return kept + text.slice(at);
}

/** A block as the model is told to write it. */
export const writeBlock = (server: string, tool: string, args: string): string =>
	`${BLOCK}\n<server_name>${server}</server_name>\n<tool_name>${tool}</tool_name>\n<arguments>\n${args}\n</arguments>\n</use_mcp_tool>`;

type Joint = { start: number; end: number };

/** Finds the first match at or after a position. Asked with growing positions only, it passes over the text once. */
function jointFinder(text: string, pattern: RegExp): (from: number) => Joint | undefined {
	let next: Joint | undefined = { start: -1, end: 0 };
	return (from) => {
		if (next && next.start < from) {
			pattern.lastIndex = from;
			const found = pattern.exec(text);
			next = found ? { start: found.index, end: pattern.lastIndex } : undefined;
		}
		return next;
	};
}
