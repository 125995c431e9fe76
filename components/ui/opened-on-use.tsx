"use client";
import { type ComponentProps, cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

export type TriggerProps = ComponentProps<"button">;

type Props = {
	kind: "menu" | "listbox" | "dialog";
	trigger: ReactElement<TriggerProps>;
	/** The same button with what it opens, open from its first render; its code may be on its way. */
	children: ReactNode;
};

/** A button whose popup costs nothing until it is wanted. Down and up arrows open menus and lists, as they do later. */
export function OpenedOnUse({ kind, trigger, children }: Props) {
	const [isUsed, setUsed] = useState(false);
	const open = () => setUsed(true);
	const closed = cloneElement(trigger, {
		...(kind === "listbox" && { role: "combobox" }),
		"aria-haspopup": kind,
		"aria-expanded": false,
		onClick: open,
		...(kind !== "dialog" && {
			onKeyDown: (event) => {
				if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
				event.preventDefault();
				open();
			},
		}),
	});
	return isUsed ? <Suspense fallback={closed}>{children}</Suspense> : closed;
}
