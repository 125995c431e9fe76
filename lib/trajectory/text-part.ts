/** Characters of a long text that are handed out at once, so that no answer is larger than a page can take. */
const PART_CHARS = 100_000;

/**
 * The part of a long text that begins at `from`, at most `most` UTF-16 units. `next` is where the following part begins,
 * absent at the end. No part begins or ends between the two halves of a character.
 */
export function textPart(
	text: string,
	from: number,
	most = PART_CHARS,
): { text: string; chars: number; next?: number } {
	const end = whole(text, from + most);
	return { text: text.slice(whole(text, from), end), chars: text.length, ...(end < text.length && { next: end }) };
}

/** The place itself, or the one before it where it would part a character. */
const whole = (text: string, at: number): number =>
	isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at)) ? at - 1 : at;

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
