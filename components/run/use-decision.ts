"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCommand } from "@/components/shell/use-commands";
import type { CallRow } from "@/lib/trajectory/row";
import { useDeed } from "./use-deed";
import { useRunActions, useRunDesk } from "./use-run";

/** The keys that say yes and no to the call that asks. */
export const YES = "y";
export const NO = "n";

/** A person's word on a call that asks, by button or by key. */
export function useDecision({ call }: CallRow) {
	const t = useTranslations("approval");
	const { store } = useRunDesk();
	const actions = useRunActions();
	const { act, isBusy, setback } = useDeed();
	const [note, setNote] = useState("");
	const decide = (approved: boolean, further = false) => {
		if (isBusy) return;
		const said = note.trim();
		const word = {
			callId: call.id,
			approved,
			...(!approved && said && { note: said }),
			...(further && { further }),
		};
		act(() => actions.decide(store.runId, word));
	};
	useCommand({ id: "allow-call", group: "run", label: t("allowCommand"), keys: [YES], run: () => decide(true) });
	useCommand({ id: "refuse-call", group: "run", label: t("refuseCommand"), keys: [NO], run: () => decide(false) });
	return { decide, note, setNote, isBusy, problem: setback?.message };
}
