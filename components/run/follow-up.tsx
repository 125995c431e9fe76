"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { EnterKeys } from "./enter-keys";
import { useDeed } from "./use-deed";
import { useRunActions, useRunDesk, useRunState } from "./use-run";

/** The field's id, for those who lead there. */
export const FOLLOW_UP_FIELD = "follow-up";

/** A further question on a run that has ended: a run of its own that knows all this one found. */
export function FollowUp() {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const actions = useRunActions();
	const state = useRunState();
	const router = useRouter();
	const { act, isBusy, setback, forget } = useDeed();
	const [text, setText] = useState("");
	if (state !== "ended") return;
	const ask = () =>
		act(
			() => actions.fork(store.runId, { kind: "follow_up", question: text }),
			({ runIds: [id] }) => id !== undefined && router.push(`/runs/${id}`),
		);
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.trim() !== "" && !isBusy) ask();
	};
	const ofField = setback?.field === "question" ? setback.message : undefined;
	return (
		<form action={ask} className="mt-12 border-t border-line pt-5 print:hidden">
			<TextArea
				id={FOLLOW_UP_FIELD}
				label={t("askFurther")}
				error={ofField}
				value={text}
				onChange={(next) => {
					setText(next);
					forget();
				}}
				onKeyDown={keys}
				maxLength={20_000}
				placeholder={t("askFurtherPlaceholder")}
				className="text-[15px]/6!"
			/>
			<div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
				<p className="min-w-0 flex-1 basis-64 text-[12px]/[18px] text-ink-3">{t("askFurtherHint")}</p>
				<Button type="submit" variant="ink" disabled={isBusy || text.trim() === ""}>
					{isBusy ? t("starting") : t("ask")} <EnterKeys />
				</Button>
			</div>
			{!ofField && <Problem text={setback?.message} />}
		</form>
	);
}
