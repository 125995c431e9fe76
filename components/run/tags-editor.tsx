"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { TextField } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { withTag } from "@/lib/trajectory/notes";
import { useNewest } from "./use-run";
import { useSaid } from "./use-said";

/** The tags of the run; Enter or a comma adds the one being typed, Backspace in the empty field takes the last off. */
export function TagsEditor() {
	const t = useTranslations("fork");
	const { view } = useNewest();
	const { say, isBusy, problem } = useSaid();
	const [typed, setTyped] = useState("");
	const { tags } = view;
	const add = () => {
		const next = withTag(tags, typed);
		if (next.length === tags.length) setTyped("");
		else say({ type: "run.edited", tags: next }, () => setTyped(""));
	};
	const takeOff = (tag: string) => say({ type: "run.edited", tags: tags.filter((known) => known !== tag) });
	const keys = (event: KeyboardEvent) => {
		if (event.nativeEvent.isComposing) return;
		const last = tags.at(-1);
		if (event.key === "Enter" || event.key === ",") {
			event.preventDefault();
			add();
		} else if (event.key === "Backspace" && typed === "" && last !== undefined) takeOff(last);
	};
	return (
		<>
			<div className="flex flex-wrap items-center gap-1.5">
				{tags.map((tag) => (
					<span
						key={tag}
						className="inline-flex h-[26px] items-center gap-0.5 rounded-[4px] border border-line-2 pl-2 text-[12px]/4 max-desk:h-8"
					>
						{tag}
						<button
							type="button"
							disabled={isBusy}
							aria-label={t("takeTagOff", { tag })}
							className="grid size-6 place-items-center text-ink-3 hover:text-ink"
							onClick={() => takeOff(tag)}
						>
							<X size={12} strokeWidth={1.75} aria-hidden="true" />
						</button>
					</span>
				))}
				<TextField
					value={typed}
					onChange={setTyped}
					onKeyDown={keys}
					onBlur={() => typed.trim() !== "" && add()}
					hidesLabel
					label={t("addTag")}
					placeholder={t("addTag")}
					maxLength={40}
					className="h-[26px]! w-32! text-[12px]/4! max-desk:h-8!"
				/>
			</div>
			<Problem text={problem} />
		</>
	);
}
