"use client";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";

type Props<T extends string> = {
	label: string;
	value: T;
	options: { value: T; label: string }[];
	onChange: (value: T) => void;
};

/** Two or three choices side by side, all in sight. */
export function Segmented<T extends string>({ label, value, options, onChange }: Props<T>) {
	return (
		<RadioGroup
			aria-label={label}
			value={value}
			onValueChange={(next) => onChange(next as T)}
			className="inline-flex gap-0.5 rounded-md border border-line-2 bg-sunk p-0.5 max-desk:flex"
		>
			{options.map((option) => (
				<Radio.Root
					key={option.value}
					value={option.value}
					render={<button type="button" />}
					nativeButton
					className="inline-flex h-[26px] items-center justify-center rounded-[4px] px-2.5 text-[13px] whitespace-nowrap text-ink-2 data-checked:bg-surface data-checked:font-medium data-checked:text-ink data-checked:shadow-[0_0_0_1px_var(--line-2)] max-desk:h-[34px] max-desk:flex-1"
				>
					{option.label}
				</Radio.Root>
			))}
		</RadioGroup>
	);
}
