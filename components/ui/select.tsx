"use client";
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type Option = { value: string; label: string; detail?: string; disabled?: boolean };
/** Choices that belong together, under a label that says how, or why they cannot be chosen. */
export type OptionGroup = { label?: string; options: readonly Option[] };

const TRIGGER =
	"flex h-8 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-2 bg-surface pr-2 pl-2.5 text-left text-[13px] hover:border-line-3 max-desk:h-10";

const POPUP =
	"max-h-[min(460px,var(--available-height))] w-max max-w-[min(440px,var(--available-width))] min-w-(--anchor-width) origin-(--transform-origin) overflow-auto overscroll-contain rounded-[10px] border border-line-2 bg-surface p-1 shadow-float outline-none transition-[opacity,scale] duration-160 ease-out data-starting-style:scale-[0.985] data-starting-style:opacity-0 data-ending-style:opacity-0 motion-reduce:transition-none";

type Common = { label: string; groups: readonly OptionGroup[]; children: ReactNode };

/** The closed control and what it opens; `children` is what the closed one shows. */
function Parts({ label, groups, children }: Common) {
	return (
		<>
			<Base.Trigger aria-label={label} className={TRIGGER}>
				<span className="min-w-0 truncate">{children}</span>
				<ChevronDown size={16} strokeWidth={1.5} className="shrink-0 text-ink-3" aria-hidden="true" />
			</Base.Trigger>
			<Base.Portal>
				<Base.Positioner sideOffset={4} align="start" alignItemWithTrigger={false} className="z-40">
					<Base.Popup className={POPUP}>
						{groups.map((group) => (
							<Group key={group.label ?? group.options[0]?.value} {...group} />
						))}
					</Base.Popup>
				</Base.Positioner>
			</Base.Portal>
		</>
	);
}

const Group = ({ label, options }: OptionGroup) => (
	<Base.Group className="not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1">
		{label && <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-[12px]/4 text-ink-3">{label}</Base.GroupLabel>}
		{options.map((option) => (
			<Choice key={option.value} {...option} />
		))}
	</Base.Group>
);

function Choice({ value, label, detail, disabled = false }: Option) {
	return (
		<Base.Item
			value={value}
			disabled={disabled}
			className={cn(
				"grid min-h-8 cursor-default grid-cols-[16px_minmax(0,1fr)] items-center gap-x-2 rounded-md px-2 py-1 text-[13px]/[18px] outline-none data-highlighted:bg-hover max-desk:min-h-10",
				disabled && "text-ink-3",
			)}
		>
			<Base.ItemIndicator className="col-start-1">
				<Check size={14} strokeWidth={2} aria-hidden="true" />
			</Base.ItemIndicator>
			<span className="col-start-2 min-w-0">
				<Base.ItemText className={cn(!disabled && "font-medium")}>{label}</Base.ItemText>
				{detail && <span className="block text-[12px]/4 text-ink-3">{detail}</span>}
			</span>
		</Base.Item>
	);
}

/** A choice of one. */
export function Select({ value, onChange, ...parts }: Common & { value: string; onChange: (value: string) => void }) {
	return (
		<Base.Root value={value} onValueChange={(next) => next !== null && onChange(next)}>
			<Parts {...parts} />
		</Base.Root>
	);
}

/** A choice of any number. */
export function MultiSelect({
	value,
	onChange,
	...parts
}: Common & { value: string[]; onChange: (value: string[]) => void }) {
	return (
		<Base.Root multiple value={value} onValueChange={onChange}>
			<Parts {...parts} />
		</Base.Root>
	);
}
