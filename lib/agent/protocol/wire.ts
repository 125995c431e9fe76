import { pictureRef, type WireMessage } from "../model";

/**
 * A user message; what was added to it later (steering, the answer prompt) follows after a blank line, and pictures
 * after the text.
 */
export function userText(content: string, appended: string | undefined, pictures: readonly string[] = []): WireMessage {
	const text = appended === undefined ? content : `${content}\n\n${appended}`;
	if (pictures.length === 0) return { role: "user", content: text };
	const shown = pictures.map((hash) => ({ type: "image_url", image_url: { url: pictureRef(hash) } }) as const);
	return { role: "user", content: [{ type: "text", text }, ...shown] };
}

/** Reasoning goes back under both names: which one a server hands to its template depends on its version. */
export const reasoningFields = (reasoning: string | undefined): { reasoning?: string; reasoning_content?: string } =>
	reasoning ? { reasoning, reasoning_content: reasoning } : {};
