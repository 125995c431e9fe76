"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/problem";
import { useForkDesk } from "./fork-desk";
import { useDeed } from "./use-deed";
import { useNewest, useRunActions, useRunDesk } from "./use-run";

/** Words for a run that has not ended: the model reads them at its next turn. Enter sends. */
export function SteerForm() {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const actions = useRunActions();
	const { view, state } = useNewest();
	const { answerNow } = useForkDesk();
	const { act, isBusy, setback } = useDeed();
	const [text, setText] = useState("");
	const send = () => {
		if (text.trim() === "" || isBusy) return;
		act(
			() => actions.steer(store.runId, text),
			() => setText(""),
		);
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
		event.preventDefault();
		send();
	};
	const returned = callsReturned(view.rows);
	return (
		<form
			action={send}
			className="border-t border-line bg-paper px-4 py-2.5 max-desk:sticky max-desk:bottom-0 max-desk:z-6 desk:px-6"
		>
			<div className="flex items-end gap-1.5 rounded-md border border-line-2 bg-surface py-1 pr-1 pl-3 focus-within:border-ink-3">
				<textarea
					rows={1}
					value={text}
					onChange={(event) => setText(event.target.value)}
					onKeyDown={keys}
					aria-label={t("steer")}
					placeholder={state === "paused" ? t("steerPaused") : t("steer")}
					maxLength={20_000}
					className="field-sizing-content max-h-[30dvh] min-h-7 max-desk:placeholder:text-[14px] min-w-0 flex-1 resize-none bg-transparent py-1 text-[14px]/5 outline-none max-desk:text-[16px]/6"
				/>
				{returned > 0 && (
					<Button
						variant="ghost"
						size="sm"
						title={t("answerNowHint", { n: returned })}
						onClick={() => answerNow(returned)}
					>
						{t("answerNow")}
					</Button>
				)}
				<Button type="submit" variant="ink" size="sm" disabled={isBusy || text.trim() === ""}>
					{isBusy ? t("sending") : t("send")}
				</Button>
			</div>
			<Problem text={setback?.message} />
		</form>
	);
}

/** The newest kept call that has its result: what can be answered from now. */
function callsReturned(rows: ReturnType<typeof useNewest>["view"]["rows"]): number {
	for (let at = rows.length - 1; at >= 0; at--) {
		const row = rows[at];
		if (row?.kind === "call" && row.n !== undefined && row.resultSeq !== undefined) return row.n;
	}
	return 0;
}
