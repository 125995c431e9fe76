/** Control, bidirectional, zero-width and tag characters: invisible to a person, not to a model. */
const INVISIBLE =
	/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu;

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
		.replace(TOKENS, (token) => `< ${token.slice(1)}`);
}
