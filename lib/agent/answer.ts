/** Contents upstream counts as no answer; compared before blanks are taken off (spec §1.9). */
const NO_ANSWER = new Set(["?", "??", "???", "？", "……", "…", "...", "unknown"]);

const BOXED = "\\boxed";

/**
 * The content of the last `\boxed{…}` of a text, think block included; undefined when there is none, or when it holds
 * nothing or a mark of not knowing. Braces nest, a backslash takes the next character along, an unclosed box reaches to
 * the end (spec §1.9).
 */
export function extractBoxed(text: string): string | undefined {
	const start = lastBox(text);
	if (start === undefined) return undefined;
	const content = text.slice(start, boxEnd(text, start));
	return NO_ANSWER.has(content) ? undefined : content.trim() || undefined;
}

/** Index behind the opening brace of the last box: blanks may stand before the brace, nothing else. */
function lastBox(text: string): number | undefined {
	const brace = /\s*\{/y;
	for (let at = text.lastIndexOf(BOXED); at >= 0; at = at > 0 ? text.lastIndexOf(BOXED, at - 1) : -1) {
		brace.lastIndex = at + BOXED.length;
		if (brace.test(text)) return brace.lastIndex;
	}
	return undefined;
}

function boxEnd(text: string, start: number): number {
	let depth = 1;
	for (let at = start; at < text.length; at++) {
		const char = text[at];
		if (char === "\\") at++;
		else if (char === "{") depth++;
		else if (char === "}" && --depth === 0) return at;
	}
	return text.length;
}

/**
 * The failure summary in a reply: what follows the think block, up to a tool call it should not have made; the thought
 * itself when nothing follows (spec §1.9).
 */
export function extractFailureSummary(reply: string): string {
	const close = reply.lastIndexOf("</think>");
	const said = beforeCall(close < 0 ? reply : reply.slice(close + "</think>".length));
	return said || beforeCall(close < 0 ? reply : reply.slice(0, close)).replace(/^\s*<think>\s*/, "");
}

function beforeCall(text: string): string {
	const call = text.indexOf("<use_mcp_tool>");
	return (call < 0 ? text : text.slice(0, call)).trim();
}
