"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export type DialogProps = {
	open: boolean;
	onClose(): void;
	title: string;
	/** What the dialog is for, or what will happen. */
	description?: ReactNode;
	/** Name of the button with the cross. */
	closeLabel: string;
	/** Buttons at the bottom, the main one last. */
	actions?: ReactNode;
	wide?: boolean;
	children: ReactNode;
};

/** What `Dialog` opens. */
export function DialogFrame({
	open,
	onClose,
	title,
	description,
	closeLabel,
	actions,
	wide = false,
	children,
}: DialogProps) {
	return (
		<Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
			<Base.Portal>
				<Base.Backdrop className="fixed inset-0 z-40 bg-ink/20 dark:bg-black/50" />
				<Base.Popup
					className={cn(
						"fixed z-50 flex flex-col rounded-[10px] border border-line-2 bg-surface shadow-float outline-none",
						"top-1/2 left-1/2 max-h-[min(86dvh,900px)] -translate-x-1/2 -translate-y-1/2",
						"max-desk:inset-x-0 max-desk:top-auto max-desk:bottom-0 max-desk:left-0 max-desk:w-full max-desk:translate-x-0 max-desk:translate-y-0 max-desk:rounded-b-none",
						wide ? "w-[min(860px,calc(100vw-48px))]" : "w-[min(560px,calc(100vw-48px))]",
					)}
				>
					<header className="flex items-start gap-3 border-b border-line py-3 pr-3 pl-5 max-desk:pl-4">
						<div className="min-w-0 flex-1">
							<Base.Title className="text-[16px]/6 font-semibold [overflow-wrap:anywhere]">{title}</Base.Title>
							{description && (
								<Base.Description render={<div />} className="mt-0.5 text-[13px]/5 text-ink-2">
									{description}
								</Base.Description>
							)}
						</div>
						<Base.Close render={<Button variant="ghost" size="icon" aria-label={closeLabel} />}>
							<X size={16} strokeWidth={1.5} aria-hidden="true" />
						</Base.Close>
					</header>
					<div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4 max-desk:px-4">{children}</div>
					{actions && (
						<footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3 max-desk:px-4 max-desk:*:flex-1">
							{actions}
						</footer>
					)}
				</Base.Popup>
			</Base.Portal>
		</Base.Root>
	);
}
