import type { TextPart } from "@/components/run/run-actions";
import { textPart } from "@/lib/trajectory/text-part";
import { refusal } from "../../refusal";

/** A part of a long text that may not have been kept. */
export async function part(text: string | undefined, from: number): Promise<TextPart> {
	return text === undefined ? refusal("notKept") : { ok: true, ...textPart(text, from) };
}
