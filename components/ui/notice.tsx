import type { ReactNode } from "react";

/** A whole-page word: what happened, what was kept, what can be done. */
export function Notice({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
	return (
		<div className="mx-auto max-w-[560px] px-6 py-24">
			<h1 className="text-[22px]/7">{title}</h1>
			{children && <div className="mt-2 text-ink-2">{children}</div>}
			{action && <div className="mt-6 flex gap-2">{action}</div>}
		</div>
	);
}
