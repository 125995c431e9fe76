import type { ReactNode } from "react";

/** A key on the keyboard. */
export const Kbd = ({ children }: { children: ReactNode }) => (
	<kbd className="inline-block h-[18px] min-w-[18px] rounded-[4px] border border-current px-1 text-center font-mono text-[11px]/[17px] font-medium opacity-75">
		{children}
	</kbd>
);
