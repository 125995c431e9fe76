"use client";
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type Option = { value: string; label: string; detail?: string; disabled?: boolean };

const TRIGGER =
	"flex h-8 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-2 bg-surface pr-2 pl-2.5 text-left text-[13px] hover:border-line-3 max-desk:h-10";

function Closed({ label, children }: { label: string; children: ReactNode }) {
	return (
		<Base.Trigger aria-label={label} className={TRIGGER}>
			<span className="min-w-0 truncate">{children}</span>
			<ChevronDown size={16} strokeWidth={1.5} className="shrink-0 text-ink-3" aria-hidden="true" />
		</Base.Trigger>
	);
}

function Options({ options }: { options: readonly Option[] }) {
	return (
		<Base.Portal>
			<Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-40">
				<Base.Popup className="max-h-[min(420px,var(--available-height))] w-max max-w-[min(480px,90vw)] min-w-(--anchor-width) overflow-auto rounded-[10px] border border-line-2 bg-surface p-1 shadow-float">
					{options.map(({ value, label, detail, disabled }) => (
						<Base.Item
							key={value}
							value={value}
							disabled={disabled ?? false}
							className={cn(
								"grid cursor-default grid-cols-[16px_minmax(0,1fr)] items-baseline gap-2 rounded-md px-2 py-1.5 text-[13px] outline-none data-highlighted:bg-hover",
								disabled && "opacity-60",
							)}
						>
							<Base.ItemIndicator className="col-start-1 self-center">
								<Check size={14} aria-hidden="true" />
							</Base.ItemIndicator>
							<span className="col-start-2 min-w-0">
								<Base.ItemText className="font-medium">{label}</Base.ItemText>
								{detail && <span className="block text-[12px]/4 text-ink-3">{detail}</span>}
							</span>
						</Base.Item>
					))}
				</Base.Popup>
			</Base.Positioner>
		</Base.Portal>
	);
}

type Common = { label: string; options: readonly Option[]; children: ReactNode };

/** A choice of one; `children` is what the closed control shows. */
export function Select({
	label,
	options,
	children,
	value,
	onChange,
}: Common & { value: string; onChange: (value: string) => void }) {
	return (
		<Base.Root value={value} onValueChange={(next) => next !== null && onChange(next)}>
			<Closed label={label}>{children}</Closed>
			<Options options={options} />
		</Base.Root>
	);
}

/** A choice of any number. */
export function MultiSelect({
	label,
	options,
	children,
	value,
	onChange,
}: Common & { value: string[]; onChange: (value: string[]) => void }) {
	return (
		<Base.Root multiple value={value} onValueChange={onChange}>
			<Closed label={label}>{children}</Closed>
			<Options options={options} />
		</Base.Root>
	);
}
