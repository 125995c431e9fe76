"use client";
import { lazy } from "react";
import { OpenedOnUse } from "./opened-on-use";
import type { PopoverProps } from "./popover-popup";

const Popup = lazy(async () => ({ default: (await import("./popover-popup")).PopoverPopup }));

/** A small panel beside its button, for choices that need more room than a menu. */
export const Popover = (props: PopoverProps) => (
	<OpenedOnUse kind="dialog" trigger={props.trigger}>
		<Popup {...props} />
	</OpenedOnUse>
);
