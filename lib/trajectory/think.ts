const OPEN = "<think>";
const CLOSE = "</think>";
const CALL = "<tool_call>";

export type SplitText = { reasoning: string; visible: string };

/**
 * Where a reader of a reply stands. `fresh`: nothing but blanks since the last line break or tag. `opening`: the block
 * was opened by the prompt and nothing of it has been read, so that a repeated opening tag is dropped.
 */
type ThinkState = { inside: boolean; fresh: boolean; opening: boolean };

/** A tag that ends a piece of text: the text goes on at `end`, in the state `next`. */
type ThinkTag = { start: number; end: number; next: ThinkState };

/** The tags that can end a piece: what a reader of a stream must not cut in two. */
export const thinkTags = (state: ThinkState): readonly string[] => (state.inside ? [OPEN, CLOSE, CALL] : [OPEN]);

export const thinkStart = (opened: boolean): ThinkState => ({ inside: opened, fresh: true, opening: opened });

/**
 * The next tag at or after `from` that changes sides. A block opens at the start of a line (a tag in the middle of a
 * sentence is prose) and ends at its closing tag, or where the server's own call markup begins a line (Qwen models leave
 * the closing tag out there; the markup stays).
 */
export function nextThinkTag(text: string, from: number, state: ThinkState): ThinkTag | undefined {
	const tags = state.inside ? /<\/?think>|<tool_call>/g : /<think>/g;
	tags.lastIndex = from;
	for (let found = tags.exec(text); found; found = tags.exec(text)) {
		const [tag] = found;
		const tagged = { start: found.index, end: found.index + tag.length };
		if (tag === CLOSE) return { ...tagged, next: { inside: false, fresh: true, opening: false } };
		const fresh = after(text, from, found.index, state).fresh;
		if (tag === CALL && fresh) {
			return { ...tagged, end: found.index, next: { inside: false, fresh: true, opening: false } };
		}
		const opens = state.inside ? state.opening && isBlank(text, from, found.index) : fresh;
		if (tag === OPEN && opens) return { ...tagged, next: { inside: true, fresh: true, opening: false } };
	}
	return undefined;
}

/** The state once `text` from `from` to `to` was read as plain text. */
export function after(text: string, from: number, to: number, state: ThinkState): ThinkState {
	if (from === to) return state;
	let at = to - 1;
	while (at >= from && isInlineBlank(text.charCodeAt(at))) at--;
	const fresh = at < from ? state.fresh : text[at] === "\n";
	return { inside: state.inside, fresh, opening: state.opening && isBlank(text, from, to) };
}

const isInlineBlank = (code: number): boolean => code === 32 || code === 9 || code === 13;

function isBlank(text: string, from: number, to: number): boolean {
	for (let at = from; at < to; at++) {
		const code = text.charCodeAt(at);
		if (code !== 10 && !isInlineBlank(code)) return false;
	}
	return true;
}

/**
 * Takes the think blocks out of a whole reply, in linear time. A reply that closes a block it never opened (templates
 * that open it in the prompt) reasons up to that tag; an unclosed block reasons to the end.
 */
export function splitThink(content: string): SplitText {
	let state = thinkStart(opensInPrompt(content));
	const split = { reasoning: "", visible: "" };
	for (let at = 0; ; ) {
		const tag = nextThinkTag(content, at, state);
		const piece = content.slice(at, tag?.start);
		if (state.inside) split.reasoning += piece;
		else split.visible += piece;
		if (!tag) return split;
		at = tag.end;
		state = tag.next;
	}
}

/** Whether the prompt must have opened the think block: the reply closes one before it opens any. */
export function opensInPrompt(content: string): boolean {
	const close = content.indexOf(CLOSE);
	if (close < 0) return false;
	const open = content.indexOf(OPEN);
	return (open < 0 || close < open) && !isArgument(content, close);
}

/** The tag at `at` stands in the arguments of a text-protocol call, where it is somebody's search query. */
function isArgument(content: string, at: number): boolean {
	const block = content.lastIndexOf("<use_mcp_tool>", at);
	if (block < 0 || content.lastIndexOf("</use_mcp_tool>", at) > block) return false;
	const args = content.indexOf("<arguments>", block);
	const end = content.indexOf("</use_mcp_tool>", at);
	const next = content.indexOf("<use_mcp_tool>", at);
	return args >= 0 && args < at && end >= 0 && (next < 0 || end < next);
}
