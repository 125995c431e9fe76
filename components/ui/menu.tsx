"use client";
import { lazy } from "react";
import type { MenuProps } from "./menu-popup";
import { OpenedOnUse } from "./opened-on-use";

const Popup = lazy(async () => ({ default: (await import("./menu-popup")).MenuPopup }));

/** Actions behind one button. `trigger` is that button; groups are ruled off from each other. */
export const Menu = ({ trigger, groups }: MenuProps) => (
	<OpenedOnUse kind="menu" trigger={trigger}>
		<Popup trigger={trigger} groups={groups} />
	</OpenedOnUse>
);
