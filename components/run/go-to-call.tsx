"use client";
import { useTranslations } from "next-intl";
import { lazy, useState } from "react";
import { useCommand } from "@/components/shell/use-commands";
import { useEarlyKeys } from "@/components/shell/use-early-keys";
import { OnceOpen } from "@/components/ui/once-open";
import { rowOfCall } from "./row-facts";
import { useNewest, useRunDesk } from "./use-run";
import { useRunPage } from "./use-run-page";

const CallDialog = lazy(async () => ({ default: (await import("./small-forms")).smallForms.CallDialog }));

/** Goes to a call by its number: `g`, the digits, Enter. */
export function GoToCall() {
	const t = useTranslations("run.goToCall");
	const commands = useTranslations("commands");
	const { store } = useRunDesk();
	const { view } = useNewest();
	const { goToCall, openTab } = useRunPage();
	const [text, setText] = useState<string>();
	const [error, setError] = useState<string>();
	useCommand({ id: "go-to-call", label: commands("goToCall"), group: "step", keys: ["g"], run: () => setText("") });
	const close = () => {
		setText(undefined);
		setError(undefined);
	};
	const go = () => {
		if (store.isCaughtUp && rowOfCall(view.rows, Number(text)) === undefined) {
			setError(t("none", { n: text ?? "", calls: view.calls }));
			return;
		}
		close();
		openTab("timeline");
		goToCall(Number(text));
	};
	useEarlyKeys(text !== undefined, (key) => {
		if (/^\d$/.test(key)) setText((typed = "") => digitsOf(typed + key));
		else if (key === "Enter") go();
		else return false;
		return true;
	});
	return (
		<OnceOpen open={text !== undefined}>
			<CallDialog typed={text} error={error} onType={(typed) => setText(digitsOf(typed))} onGo={go} onClose={close} />
		</OnceOpen>
	);
}

const digitsOf = (typed: string): string => typed.replace(/\D/g, "").slice(0, 7);
