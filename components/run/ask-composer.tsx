"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { AskPickers } from "./ask-pickers";
import { AskPlan } from "./ask-plan";
import { AskRefusal } from "./ask-refusal";
import { AttachFiles } from "./attach-files";
import { AttachedFiles } from "./attached-files";
import { DropHint } from "./drop-hint";
import { EnterKeys } from "./enter-keys";
import { type Asking, useAsk } from "./use-ask";
import { useBroughtFiles } from "./use-brought-files";
import { agreementOf } from "./use-plan";

/** The question and how to go about it. What was typed survives a reload and a refused start. */
export function AskComposer({ setUp, start, question: given }: Asking) {
	const t = useTranslations("ask");
	const plans = useTranslations("planFirst");
	const box = useRef<HTMLTextAreaElement>(null);
	const { draft, choice, plan, attachments, refused, isStarting, write, change, submit, send, planFirst } = useAsk(
		{ setUp, start, question: given },
		box,
	);
	const canPlan = setUp.presets.find(({ id }) => id === choice.preset)?.plans ?? false;
	const isPlanned = plan.draft.kind === "made";
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isStarting) submit(send);
	};
	const { held, paste } = useBroughtFiles(attachments);
	return (
		<form action={() => submit(send)} onKeyDown={keys}>
			<div
				className={cn(
					"relative rounded-[10px] border border-line-2 bg-surface focus-within:border-ink-3",
					held && "outline-2 outline-offset-2 outline-accent outline-dashed",
				)}
			>
				{held && <DropHint />}
				<label htmlFor="question" className="sr-only">
					{t("question")}
				</label>
				<textarea
					id="question"
					ref={box}
					dir="auto"
					value={draft.text}
					onChange={(event) => write(event.target.value)}
					onPaste={paste}
					placeholder={t("placeholder")}
					aria-invalid={refused?.field === "question"}
					aria-describedby={refused ? "ask-refusal" : undefined}
					className="field-sizing-content mb-2 block max-h-[50vh] min-h-[104px] w-full resize-none bg-transparent px-5 pt-[18px] text-[19px]/7 tracking-[-0.008em] outline-none max-desk:min-h-24 max-desk:px-3.5 max-desk:pt-3.5 max-desk:text-[17px]/[25px]"
				/>
				<AskRefusal refusal={refused} of="question" className="px-5 pb-2 max-desk:px-3.5" />
				<AttachedFiles
					attachments={attachments}
					sees={setUp.seesImages && canPlan}
					className="px-5 pb-1 max-desk:px-3.5"
				/>
				<AskRefusal refusal={refused} of="attachments" className="px-5 pt-1 pb-1 max-desk:px-3.5" />
				<AttachFiles onChoose={attachments.add} className="px-3.5 py-1 max-desk:px-2" />
				<AskPickers setUp={setUp} choice={choice} onChange={change} refusal={refused} />
			</div>
			<div className="mt-3.5 flex items-center gap-4 max-desk:flex-col-reverse max-desk:items-stretch">
				<p className="flex-1 text-[13px] text-ink-3 max-desk:text-center max-desk:text-balance">{t("promise")}</p>
				{canPlan && !isPlanned && (
					<Button size="lg" disabled={isStarting || plan.draft.kind === "asking"} onClick={() => submit(planFirst)}>
						{plans("open")}
					</Button>
				)}
				<Button type="submit" variant={isPlanned ? "default" : "primary"} size="lg" disabled={isStarting}>
					{isStarting ? t("starting") : t("start")} <EnterKeys />
				</Button>
			</div>
			<AskRefusal refusal={refused} of="form" className="mt-3" />
			<AskPlan
				draft={plan.draft}
				isStarting={isStarting}
				onChange={plan.change}
				onStart={(made) => submit(() => send(agreementOf(made)))}
				onAgain={() => submit(planFirst)}
				onDrop={plan.drop}
			/>
		</form>
	);
}
