"use client";
import { lazy, type ReactElement, type ReactNode } from "react";
import { OpenedOnUse, type TriggerProps } from "./opened-on-use";

export type MenuItem = {
	key: string;
	label: string;
	icon?: ReactNode;
	/** The key that does the same. */
	hint?: ReactNode;
	/** Stands under the label: what it does, or why it cannot be done. */
	detail?: string;
	disabled?: boolean;
	danger?: boolean;
	onSelect(): void;
};

export type MenuProps = { trigger: ReactElement<TriggerProps>; groups: readonly (readonly MenuItem[])[] };

const Popup = lazy(async () => ({ default: (await import("./menu-popup")).MenuPopup }));

/** Actions behind one button. `trigger` is that button; groups are ruled off from each other. */
export const Menu = ({ trigger, groups }: MenuProps) => (
	<OpenedOnUse kind="menu" trigger={trigger}>
		<Popup trigger={trigger} groups={groups} />
	</OpenedOnUse>
);
