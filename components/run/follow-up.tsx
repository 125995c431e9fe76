"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { TextArea } from "@/components/ui/field";
import { useInBrowser } from "@/components/ui/in-browser";
import { Problem } from "@/components/ui/problem";
import { AttachFiles } from "./attach-files";
import { AttachedFiles } from "./attached-files";
import { DropHint } from "./drop-hint";
import { EnterKeys } from "./enter-keys";
import { FOLLOW_UP_FIELD } from "./follow-up-field";
import { useBroughtFiles } from "./use-brought-files";
import { useFollowUp } from "./use-follow-up";
import { useRunState } from "./use-run";

/**
 * A further question on a run that has ended: a run of its own that knows all this one found. The server draws no form: the
 * events of the run may overtake the scripts, and what was typed into it would be lost.
 */
export function FollowUp() {
	const isInBrowser = useInBrowser();
	return useRunState() === "ended" && isInBrowser ? <FollowUpForm /> : undefined;
}

function FollowUpForm() {
	const t = useTranslations("fork");
	const form = useRef<HTMLFormElement>(null);
	const box = useRef<HTMLTextAreaElement>(null);
	const { draft, write, attachments, sees, ask, isBusy, problemOf } = useFollowUp(box);
	const { held, paste } = useBroughtFiles(attachments, () => form.current?.scrollIntoView({ block: "nearest" }));
	const isEmpty = draft.text.trim() === "";
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isEmpty && !isBusy) ask();
	};
	return (
		<form
			ref={form}
			action={ask}
			className={cn(
				"relative mt-12 border-t border-line pt-5 print:hidden",
				held && "outline-2 outline-offset-4 outline-accent outline-dashed",
			)}
		>
			{held && <DropHint />}
			<TextArea
				id={FOLLOW_UP_FIELD}
				ref={box}
				label={t("askFurther")}
				error={problemOf("question")}
				value={draft.text}
				onChange={write}
				onKeyDown={keys}
				onPaste={paste}
				maxLength={20_000}
				placeholder={t("askFurtherPlaceholder")}
				className="text-[15px]/6!"
			/>
			<AttachedFiles attachments={attachments} sees={sees} className="mt-2" />
			<Problem text={problemOf("attachments")} />
			<div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
				<AttachFiles onChoose={attachments.add} className="-ml-2" />
				<p className="min-w-0 flex-1 basis-64 text-[12px]/[18px] text-ink-3">{t("askFurtherHint")}</p>
				<Button type="submit" variant="ink" disabled={isBusy || isEmpty}>
					{isBusy ? t("starting") : t("ask")} <EnterKeys />
				</Button>
			</div>
			<Problem text={problemOf(undefined)} />
		</form>
	);
}
