"use client";
import { Select as Base } from "@base-ui/react/select";
import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { cn } from "./cn";

type Option = { value: string; label: string; detail?: string; disabled?: boolean };
/** Choices that belong together, under a label that says how, or why they cannot be chosen. */
export type OptionGroup = { label?: string; options: readonly Option[] };

const POPUP =
	"max-h-[min(460px,var(--available-height))] w-max max-w-[min(440px,var(--available-width))] min-w-(--anchor-width) origin-(--transform-origin) overflow-auto overscroll-contain rounded-[10px] border border-line-2 bg-surface p-1 shadow-float outline-none transition-[opacity,scale] duration-160 ease-out data-starting-style:scale-[0.985] data-starting-style:opacity-0 data-ending-style:opacity-0 motion-reduce:transition-none";

type PopupProps = { trigger: ReactElement; groups: readonly OptionGroup[] };

/** The control and what it opens. */
function Parts({ trigger, groups }: PopupProps) {
	return (
		<>
			<Base.Trigger render={trigger} />
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

/** What `Select` becomes when it is opened first. */
export function SelectPopup({
	value,
	onChange,
	...parts
}: PopupProps & { value: string; onChange(value: string): void }) {
	return (
		<Base.Root defaultOpen value={value} onValueChange={(next) => next !== null && onChange(next)}>
			<Parts {...parts} />
		</Base.Root>
	);
}

/** What `MultiSelect` becomes when it is opened first. */
export function MultiSelectPopup({
	value,
	onChange,
	...parts
}: PopupProps & { value: string[]; onChange(value: string[]): void }) {
	return (
		<Base.Root defaultOpen multiple value={value} onValueChange={onChange}>
			<Parts {...parts} />
		</Base.Root>
	);
}
