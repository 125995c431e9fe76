import { TriangleAlert } from "lucide-react";

/** What is wrong, in a glyph, a hue and words; nothing when nothing is. */
export function Problem({ text }: { text: string | undefined }) {
	if (!text) return;
	return (
		<p role="alert" className="mt-1 flex gap-1.5 text-[12px]/[18px] text-error [overflow-wrap:anywhere]">
			<TriangleAlert size={13} strokeWidth={1.75} className="mt-[3px] shrink-0" aria-hidden="true" />
			{text}
		</p>
	);
}
