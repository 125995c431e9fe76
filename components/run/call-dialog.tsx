"use client";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";

type Props = {
	/** The number as far as it is typed; undefined while nobody asks for it. */
	typed: string | undefined;
	error: string | undefined;
	onType(text: string): void;
	onGo(): void;
	onClose(): void;
};

/** Asks for the number of a call. */
export function CallDialog({ typed, error, onType, onGo, onClose }: Props) {
	const t = useTranslations("run.goToCall");
	const commands = useTranslations("commands");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onGo();
	};
	return (
		<Dialog open={typed !== undefined} onClose={onClose} title={t("title")} closeLabel={commands("close")}>
			<form onSubmit={submit} className="flex items-start gap-2 *:first:flex-1" noValidate>
				<TextField
					label={t("label")}
					hidesLabel
					inputMode="numeric"
					autoComplete="off"
					autoFocus
					value={typed ?? ""}
					error={error}
					onChange={onType}
				/>
				<Button type="submit" variant="ink">
					{t("go")}
				</Button>
			</form>
		</Dialog>
	);
}
