"use client";
import { ChevronDown } from "lucide-react";
import { type ComponentProps, lazy, type ReactNode } from "react";
import { OpenedOnUse } from "./opened-on-use";
import type { OptionGroup } from "./select-popup";

const TRIGGER =
	"flex h-8 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-2 bg-surface pr-2 pl-2.5 text-left text-[13px] hover:border-line-3 max-desk:h-10";

const popup = () => import("./select-popup");
const Popup = lazy(async () => ({ default: (await popup()).SelectPopup }));
const MultiPopup = lazy(async () => ({ default: (await popup()).MultiSelectPopup }));

/** `children` is what the closed control shows. */
type Common = { label: string; groups: readonly OptionGroup[]; children: ReactNode };

type TriggerLooks = ComponentProps<"button"> & { label?: string };

/** The closed control: what is chosen, and that there is more. A `label` is read before what is chosen. */
export const SelectTrigger = ({ label, children, ...rest }: TriggerLooks) => (
	<button type="button" {...rest} className={TRIGGER}>
		<span className="min-w-0 truncate">
			{label !== undefined && <span className="sr-only">{label}: </span>}
			{children}
		</span>
		<ChevronDown size={16} strokeWidth={1.5} className="shrink-0 text-ink-3" aria-hidden="true" />
	</button>
);

const triggerOf = ({ label, children }: Common) => SelectTrigger({ "aria-label": label, children });

type One = Common & { value: string; onChange(value: string): void };

/** A choice of one. */
export function Select({ value, onChange, ...common }: One) {
	const trigger = triggerOf(common);
	return (
		<OpenedOnUse kind="listbox" trigger={trigger}>
			<Popup trigger={trigger} groups={common.groups} value={value} onChange={onChange} />
		</OpenedOnUse>
	);
}

type Any = Common & { value: string[]; onChange(value: string[]): void };

/** A choice of any number. */
export function MultiSelect({ value, onChange, ...common }: Any) {
	const trigger = triggerOf(common);
	return (
		<OpenedOnUse kind="listbox" trigger={trigger}>
			<MultiPopup trigger={trigger} groups={common.groups} value={value} onChange={onChange} />
		</OpenedOnUse>
	);
}
