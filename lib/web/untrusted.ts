/** Control, bidirectional, zero-width and tag characters: invisible to a person, not to a model. */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}]/gu;

/** Marks on one letter beyond what any script writes: they pile up over the lines around. */
const MARKS = /(\p{M}{8})\p{M}+/gu;

/** Tokens by which chat templates and tool protocols are told apart from text. */
const TOKENS =
	/<(\/?)(\|[a-z_]+\||think|use_mcp_tool|server_name|tool_name|arguments|tool_call|tool_response|function_calls?|invoke)>|<\|[a-z_]+\|>/gi;

/**
 * Page text as data: what nobody can see is dropped, and what a template or protocol would take for a command is
 * broken with a space, so that it still reads as what it was.
 */
export function asData(text: string): string {
	return text
		.toWellFormed()
		.replace(INVISIBLE, "")
		.replace(MARKS, "$1")
		.replace(TOKENS, (token) => `< ${token.slice(1)}`);
}
