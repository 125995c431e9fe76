"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { TextField } from "@/components/ui/field";
import { useSaid } from "./use-said";

/** A line to change the title in: Enter keeps, Esc leaves it as it was. */
export function TitleForm({ title, onLeave }: { title: string; onLeave(): void }) {
	const t = useTranslations("fork");
	const { say, isBusy, problem } = useSaid();
	const [typed, setTyped] = useState(title);
	const save = () => {
		const next = typed.trim();
		if (next === "" || next === title) onLeave();
		else say({ type: "run.edited", title: next }, onLeave);
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Escape") {
			event.stopPropagation();
			onLeave();
		}
	};
	return (
		<form action={save} className="min-w-0 flex-1">
			<TextField
				autoFocus
				value={typed}
				maxLength={300}
				disabled={isBusy}
				hidesLabel
				label={t("titleOf")}
				error={problem}
				onChange={setTyped}
				onKeyDown={keys}
				onBlur={save}
				className="text-[16px]/6! font-semibold"
			/>
		</form>
	);
}
