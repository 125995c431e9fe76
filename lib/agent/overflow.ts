import { type WireMessage, type WireRequest, wireText } from "./model";

/** Safety margin of upstream's estimate (spec §2.3). */
const MARGIN = 1000;
const FACTOR = 1.5;

type Fill = {
	inputTokens: number;
	outputTokens: number;
	/** Text the next request adds: the new tool results, and the prompt that asks for the answer. */
	results: string;
	answerPrompt: string;
	maxTokens: number;
	contextTokens: number;
};

/**
 * Whether the next request, the answer prompt included, would no longer fit (spec §2.3: prompt + completion + 1.5 ×
 * new text + 1.5 × answer prompt + output + 1000 ≥ window). `count` is the tokenizer; a text never has more tokens
 * than bytes, so it is asked only when that bound does not settle the matter.
 */
export function overflows(fill: Fill, count: (text: string) => number): boolean {
	const fixed = fill.inputTokens + fill.outputTokens + fill.maxTokens + MARGIN;
	const bound = bytes(fill.results) + bytes(fill.answerPrompt);
	if (fixed + Math.ceil(FACTOR * bound) < fill.contextTokens) return false;
	const added = Math.trunc(FACTOR * count(fill.results)) + Math.trunc(FACTOR * count(fill.answerPrompt));
	return fixed + added >= fill.contextTokens;
}

const bytes = (text: string): number => Buffer.byteLength(text, "utf8");

/** What a picture is taken for: about 1,000 tokens of the usual models. */
const PICTURE = 4000;
const picturesIn = ({ content }: WireMessage): number =>
	Array.isArray(content) ? content.filter(({ type }) => type === "image_url").length : 0;

/** Tokens of a whole request when nobody counts them for us: one for every four bytes of its text. */
export function estimateTokens(request: WireRequest): number {
	let total = 0;
	for (const message of request.messages) total += bytes(wireText(message)) + PICTURE * picturesIn(message) + 16;
	return Math.ceil((total + (request.tools ? bytes(JSON.stringify(request.tools)) : 0)) / 4);
}
