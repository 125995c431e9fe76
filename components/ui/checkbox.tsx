"use client";
import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type Props = {
	checked: boolean;
	/** Some of what it stands for is chosen. */
	mixed?: boolean;
	disabled?: boolean;
	onChange(checked: boolean, event: Event): void;
	/** Its name; a `children` is seen as well as read. */
	label?: string;
	children?: ReactNode;
	className?: string;
};

/** Chosen or not. With `children` the words beside it are part of the target. */
export function Checkbox({ checked, mixed = false, disabled = false, onChange, label, children, className }: Props) {
	const box = (
		<Base.Root
			checked={checked}
			indeterminate={mixed}
			disabled={disabled}
			onCheckedChange={(next, { event }) => onChange(next, event)}
			{...(label !== undefined && { "aria-label": label })}
			className="relative grid size-4 flex-none place-items-center rounded-[4px] before:absolute before:-inset-2 border border-line-3 bg-surface data-checked:border-ink data-checked:bg-ink data-disabled:opacity-50 data-indeterminate:border-ink data-indeterminate:bg-ink"
		>
			<Base.Indicator className="text-paper">
				{mixed ? (
					<Minus size={12} strokeWidth={2.5} aria-hidden="true" />
				) : (
					<Check size={12} strokeWidth={2.5} aria-hidden="true" />
				)}
			</Base.Indicator>
		</Base.Root>
	);
	if (!children) return <span className={cn("inline-flex", className)}>{box}</span>;
	return (
		// biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control.
		<label className={cn("flex items-start gap-2 text-[13px]/5 *:first:mt-0.5", className)}>
			{box}
			<span className="min-w-0">{children}</span>
		</label>
	);
}
