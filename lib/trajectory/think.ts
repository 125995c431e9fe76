const OPEN = "<think>";
const CLOSE = "</think>";

export type SplitText = { reasoning: string; visible: string };

/**
 * Takes the think block out of a whole reply. A reply that closes a block it never opened (templates that open it in
 * the prompt) reasons up to the tag; an unclosed block reasons to the end.
 */
export function splitThink(content: string): SplitText {
	const open = content.indexOf(OPEN);
	const close = content.indexOf(CLOSE);
	if (close >= 0 && (open < 0 || close < open)) {
		return { reasoning: content.slice(0, close), visible: content.slice(close + CLOSE.length) };
	}
	if (open < 0) return { reasoning: "", visible: content };
	if (close < 0) return { reasoning: content.slice(open + OPEN.length), visible: content.slice(0, open) };
	return {
		reasoning: content.slice(open + OPEN.length, close),
		visible: content.slice(0, open) + content.slice(close + CLOSE.length),
	};
}
