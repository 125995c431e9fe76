import type { WireMessage } from "../model";

/** A user message; what was added to it later (steering, the answer prompt) follows after a blank line. */
export const userText = (content: string, appended: string | undefined): WireMessage => ({
	role: "user",
	content: appended === undefined ? content : `${content}\n\n${appended}`,
});

/** Reasoning goes back under both names: which one a server hands to its template depends on its version. */
export const reasoningFields = (reasoning: string | undefined): { reasoning?: string; reasoning_content?: string } =>
	reasoning ? { reasoning, reasoning_content: reasoning } : {};
