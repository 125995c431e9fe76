import type { ReactNode } from "react";

type Props = { id: string; title: string; detail: string; children: ReactNode };

/** A section of the page: its heading with what it decides, and what can be set and tried. */
export const Panel = ({ id, title, detail, children }: Props) => (
	<section aria-labelledby={id} className="scroll-mt-16 not-first:mt-10">
		<h2 id={id} className="scroll-mt-16 text-[17px]/6">
			{title}
		</h2>
		<p className="mt-0.5 mb-3 max-w-[68ch] text-[13px]/5 text-pretty text-ink-2">{detail}</p>
		<div className="rounded-[10px] border border-line bg-surface p-5 max-desk:p-4">{children}</div>
	</section>
);

/** A part of a panel that is ruled off from what stands above it. */
export const PanelPart = ({ children }: { children: ReactNode }) => (
	<div className="mt-5 border-t border-line pt-4">{children}</div>
);
