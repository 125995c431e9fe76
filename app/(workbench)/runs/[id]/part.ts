import type { TextPart } from "@/components/run/run-actions";
import { refusal } from "../../refusal";

const PART_CHARS = 100_000;

/** A long text is handed out in parts, so that no answer is larger than a page can take at once. */
export async function part(text: string | undefined, from: number): Promise<TextPart> {
	if (text === undefined) return refusal("notKept");
	const end = from + PART_CHARS;
	return { ok: true, text: text.slice(from, end), chars: text.length, ...(end < text.length && { next: end }) };
}
