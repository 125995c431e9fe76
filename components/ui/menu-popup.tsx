"use client";
import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn";
import type { TriggerProps } from "./opened-on-use";

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

/** What `Menu` becomes when it is opened first. */
export function MenuPopup({ trigger, groups }: MenuProps) {
	return (
		<Base.Root defaultOpen>
			<Base.Trigger render={trigger} />
			<Base.Portal>
				<Base.Positioner sideOffset={4} align="end" collisionPadding={8} className="z-40">
					<Base.Popup className="min-w-48 max-w-[min(360px,calc(100vw-16px))] rounded-[10px] border border-line-2 bg-surface p-1 shadow-float outline-none">
						{groups
							.filter((items) => items.length > 0)
							.map((items) => (
								<Base.Group
									key={items[0]?.key}
									className="not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1"
								>
									{items.map(({ key, ...item }) => (
										<Item key={key} {...item} />
									))}
								</Base.Group>
							))}
					</Base.Popup>
				</Base.Positioner>
			</Base.Portal>
		</Base.Root>
	);
}

function Item({ label, icon, hint, detail, disabled = false, danger = false, onSelect }: Omit<MenuItem, "key">) {
	return (
		<Base.Item
			disabled={disabled}
			onClick={onSelect}
			className={cn(
				"flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-[13px]/[18px] outline-none data-highlighted:bg-hover max-desk:min-h-11",
				danger && "text-error",
				disabled && "text-ink-3",
			)}
		>
			{icon && (
				<span className="flex-none" aria-hidden="true">
					{icon}
				</span>
			)}
			<span className="min-w-0 flex-1">
				{label}
				{detail && <span className="block text-[12px]/4 text-ink-3">{detail}</span>}
			</span>
			{hint && <span className="flex-none pl-3 text-ink-3">{hint}</span>}
		</Base.Item>
	);
}
