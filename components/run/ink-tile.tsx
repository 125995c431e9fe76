import type { ReactNode } from "react";

/** The glyph of a row that is no call. */
export function InkTile({ children }: { children: ReactNode }) {
	return (
		<span className="inline-grid size-5 place-items-center rounded-[4px] bg-ink-2/12 text-ink-2" aria-hidden="true">
			{children}
		</span>
	);
}
