"use client";
import { lazy, type ReactElement, type ReactNode } from "react";
import { OpenedOnUse, type TriggerProps } from "./opened-on-use";

export type PopoverProps = {
	trigger: ReactElement<TriggerProps>;
	title: string;
	children: ReactNode;
	align?: "start" | "center" | "end";
};

const Popup = lazy(async () => ({ default: (await import("./popover-popup")).PopoverPopup }));

/** A small panel beside its button, for choices that need more room than a menu. */
export const Popover = (props: PopoverProps) => (
	<OpenedOnUse kind="dialog" trigger={props.trigger}>
		<Popup {...props} />
	</OpenedOnUse>
);
