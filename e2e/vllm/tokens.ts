import { createHash } from "node:crypto";
import type { Body } from "./reply";

/** The deterministic tokenizer of the stand-in: four UTF-8 bytes are a token. */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text, "utf8") / 4);

/** The prompt as its chat template renders it; earlier thoughts stay in. */
export function render({ messages, tools }: Pick<Body, "messages" | "tools">): string {
	const told = tools ? `${JSON.stringify(tools)}\n` : "";
	const turns = messages.map(({ role, content, tool_calls }) => {
		const calls = tool_calls ? JSON.stringify(tool_calls) : "";
		return `<|im_start|>${role}\n${content ?? ""}${calls}<|im_end|>\n`;
	});
	return `${told}${turns.join("")}<|im_start|>assistant\n`;
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
