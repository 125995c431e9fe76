"use client";
import { Switch as Base } from "@base-ui/react/switch";
import type { ReactNode } from "react";

type Props = { checked: boolean; disabled?: boolean; onChange(checked: boolean): void; children: ReactNode };

/** On or off, at once. */
export function Switch({ checked, disabled = false, onChange, children }: Props) {
	return (
		// biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control.
		<label className="inline-flex items-center gap-2 text-[13px]/5 max-desk:min-h-10">
			<Base.Root
				checked={checked}
				disabled={disabled}
				onCheckedChange={(next) => onChange(next)}
				className="inline-flex h-[18px] w-8 flex-none items-center rounded-full border border-line-3 bg-sunk p-px transition-colors duration-90 data-checked:border-ink data-checked:bg-ink data-disabled:opacity-50"
			>
				<Base.Thumb className="size-3.5 rounded-full bg-line-3 transition-transform duration-90 data-checked:translate-x-3.5 data-checked:bg-paper" />
			</Base.Root>
			<span className="min-w-0">{children}</span>
		</label>
	);
}
