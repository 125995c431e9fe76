import { createHash } from "node:crypto";
import type { Body } from "./reply";

/** The deterministic tokenizer of the stand-in: four UTF-8 bytes are a token. */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text, "utf8") / 4);

/** How the served model's template treats earlier thoughts, and the names under which the server hands them to it. */
export type Template = { keepsThoughts: boolean; reasoning: readonly ("reasoning" | "reasoning_content")[] };

/** The prompt as its chat template renders it. A reply that is to be continued stays open. */
export function render(body: Body, template: Template): string {
	const { messages, tools } = body;
	const told = tools ? `${JSON.stringify(tools)}\n` : "";
	const turns = messages
		.map((message) => `<|im_start|>${message.role}\n${said(message, template)}<|im_end|>\n`)
		.join("");
	if (body.continue_final_message) return `${told}${turns.slice(0, -"<|im_end|>\n".length)}`;
	return `${told}${turns}<|im_start|>assistant\n`;
}

function said(message: Body["messages"][number], { keepsThoughts, reasoning }: Template): string {
	const { content, tool_calls } = message;
	const calls = tool_calls ? JSON.stringify(tool_calls) : "";
	if (!keepsThoughts) return `${content?.split("</think>").at(-1)?.trimStart() ?? ""}${calls}`;
	const thought = reasoning.map((name) => message[name]).find(Boolean);
	return `${thought ? `<think>\n${thought}\n</think>\n\n` : ""}${content ?? ""}${calls}`;
}

const BLOCK_TOKENS = 16;
const BLOCK_BYTES = BLOCK_TOKENS * 4;

/**
 * The prefix cache of a server: whole blocks of 16 tokens, each hashed with all that stands before it; one changed
 * byte invalidates everything after it.
 */
export class PrefixCache {
	private readonly blocks = new Set<string>();
	queries = 0;
	hits = 0;

	/** Takes a prompt in; returns how many of its tokens were there already. */
	take(prompt: string): number {
		const bytes = Buffer.from(prompt, "utf8");
		let chain = "";
		let cached = 0;
		let unbroken = true;
		for (let at = 0; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) {
			chain = createHash("sha1")
				.update(chain)
				.update(bytes.subarray(at, at + BLOCK_BYTES))
				.digest("base64");
			unbroken &&= this.blocks.has(chain);
			if (unbroken) cached += BLOCK_TOKENS;
			this.blocks.add(chain);
		}
		this.queries += tokensOf(prompt);
		this.hits += cached;
		return cached;
	}
}
