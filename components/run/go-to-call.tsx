"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { rowOfCall } from "./row-facts";
import { useNewest } from "./use-run";
import { useRunPage } from "./use-run-page";

/** Goes to a call by its number: `g`, the digits, Enter. */
export function GoToCall() {
	const t = useTranslations("run.goToCall");
	const commands = useTranslations("commands");
	const { view } = useNewest();
	const { goToCall, openTab } = useRunPage();
	const [text, setText] = useState<string>();
	const [error, setError] = useState<string>();
	useCommand({ id: "go-to-call", label: commands("goToCall"), group: "step", keys: ["g"], run: () => setText("") });
	const close = () => {
		setText(undefined);
		setError(undefined);
	};
	const go = (event: FormEvent) => {
		event.preventDefault();
		if (rowOfCall(view.rows, Number(text)) === undefined) {
			setError(t("none", { n: text ?? "", calls: view.calls }));
			return;
		}
		close();
		openTab("timeline");
		goToCall(Number(text));
	};
	return (
		<Dialog open={text !== undefined} onClose={close} title={t("title")} closeLabel={commands("close")}>
			<form onSubmit={go} className="flex items-start gap-2 *:first:flex-1" noValidate>
				<TextField
					label={t("label")}
					hidesLabel
					inputMode="numeric"
					autoComplete="off"
					autoFocus
					value={text ?? ""}
					error={error}
					onChange={(typed) => setText(typed.replace(/\D/g, "").slice(0, 7))}
				/>
				<Button type="submit" variant="ink">
					{t("go")}
				</Button>
			</form>
		</Dialog>
	);
}
