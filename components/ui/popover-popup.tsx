"use client";
import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import type { TriggerProps } from "./opened-on-use";

export type PopoverProps = {
	trigger: ReactElement<TriggerProps>;
	title: string;
	children: ReactNode;
	align?: "start" | "center" | "end";
};

/** What `Popover` becomes when it is opened first. */
export function PopoverPopup({ trigger, title, children, align = "end" }: PopoverProps) {
	return (
		<Base.Root defaultOpen>
			<Base.Trigger render={trigger} />
			<Base.Portal>
				<Base.Positioner sideOffset={6} align={align} collisionPadding={8} className="z-40">
					<Base.Popup className="max-h-(--available-height) w-[min(360px,calc(100vw-16px))] overflow-y-auto rounded-[10px] border border-line-2 bg-surface p-4 text-[13px]/5 shadow-float outline-none">
						<Base.Title className="mb-3 text-[13px]/5 font-semibold">{title}</Base.Title>
						{children}
					</Base.Popup>
				</Base.Positioner>
			</Base.Portal>
		</Base.Root>
	);
}
