import type { ReactNode } from "react";

/** A key on the keyboard. */
export const Kbd = ({ children }: { children: ReactNode }) => (
	<kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-[4px] border border-current/45 px-1 font-sans text-[11px]/[16px] font-medium">
		{children}
	</kbd>
);
