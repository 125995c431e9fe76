import type { CitedPassage as Found } from "./passage";

/** Sentences of a source; those that match the claim are marked. */
export function CitedPassage({ passage }: { passage: Found }) {
	return (
		<p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
			{passage.pieces.map(({ start, text, isHit }) =>
				isHit ? (
					<mark key={start} className="rounded-[2px] bg-mark px-px text-ink">
						{text}
					</mark>
				) : (
					<span key={start}>{text}</span>
				),
			)}
		</p>
	);
}
