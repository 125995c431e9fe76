"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import type { AskChoice } from "./ask-set-up";

export type ToolMarks = Pick<AskChoice, "withoutTools" | "approval">;
type Props = {
	/** What the tool is called here, and in the choice where that is another name. */
	name: string;
	id?: string;
	choice: ToolMarks;
	/** Whether it may not be switched off. */
	isLast?: boolean;
	/** Whether it asks first whatever is chosen. */
	alwaysAsks?: boolean;
	onChange(part: Partial<ToolMarks>): void;
};

const toggled = (names: readonly string[], name: string, isIn: boolean) =>
	isIn ? [...names, name] : names.filter((known) => known !== name);

/** A tool of the run: whether it may be called, and whether its calls wait for a person's word. */
export function ToolRow({ name, id = name, choice, isLast = false, alwaysAsks = false, onChange }: Props) {
	const t = useTranslations("ask");
	const { withoutTools, approval } = choice;
	const isOn = !withoutTools.includes(id);
	return (
		<li className="flex min-h-8 items-center justify-between gap-3 max-desk:min-h-10">
			<Checkbox
				checked={isOn}
				disabled={isOn && isLast}
				onChange={(checked) => onChange({ withoutTools: toggled(withoutTools, id, !checked) })}
				className="min-w-0"
			>
				<span className="font-mono text-[12.5px]/5 [overflow-wrap:anywhere]">{name}</span>
			</Checkbox>
			<Checkbox
				label={t("asksFirstOf", { name })}
				checked={isOn && (alwaysAsks || approval.includes(id))}
				disabled={!isOn || alwaysAsks}
				onChange={(checked) => onChange({ approval: toggled(approval, id, checked) })}
			/>
		</li>
	);
}
