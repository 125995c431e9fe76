"use client";
import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { useNewest, useRunDesk } from "./use-run";
import { useSaid } from "./use-said";

/** The title, changed where it stands: Enter keeps, Esc leaves it as it was. */
export function TitleEditor() {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const { view } = useNewest();
	const { say, isBusy, problem } = useSaid();
	const [typed, setTyped] = useState<string>();
	const title = view.title || store.summary.title;
	const leave = () => setTyped(undefined);
	const save = () => {
		const next = typed?.trim() ?? "";
		if (next === "" || next === title) leave();
		else say({ type: "run.edited", title: next }, leave);
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Escape") {
			event.stopPropagation();
			leave();
		}
	};
	if (typed === undefined) {
		return (
			<h1
				dir="auto"
				className="group line-clamp-4 flex-1 pt-1 text-[17px]/6 font-semibold tracking-[-0.011em] text-pretty [overflow-wrap:anywhere] desk:line-clamp-2"
			>
				{title}
				<Button
					variant="ghost"
					size="icon-sm"
					aria-label={t("rename")}
					title={t("rename")}
					className="ml-1 inline-grid! size-6! place-items-center align-[-5px] opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-desk:hidden!"
					onClick={() => setTyped(title)}
				>
					<Pencil size={13} strokeWidth={1.5} aria-hidden="true" />
				</Button>
			</h1>
		);
	}
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
