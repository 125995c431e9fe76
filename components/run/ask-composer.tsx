"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import type { AskInput, AskResult } from "@/lib/trajectory/ask";
import { AskPickers } from "./ask-pickers";
import { AskRefusal, type Refusal, refusalOf } from "./ask-refusal";
import { type AskChoice, type AskSetUp, depthOf } from "./ask-set-up";
import { EnterKeys } from "./enter-keys";
import { useDraft } from "./use-draft";

type Props = { setUp: AskSetUp; start: (input: AskInput) => Promise<AskResult>; question: string };

/** The question and how to go about it. What was typed survives a reload and a refused start. */
export function AskComposer({ setUp, start, question: given }: Props) {
	const t = useTranslations("ask");
	const router = useRouter();
	const box = useRef<HTMLTextAreaElement>(null);
	const draft = useDraft(given, box);
	const [choice, setChoice] = useState<AskChoice>(() => ({
		preset: setUp.preset,
		answerMode: "report",
		collections: setUp.collections.map(({ name }) => name),
	}));
	const [refusal, setRefusal] = useState<Refusal>();
	const [isStarting, startTransition] = useTransition();

	const refuse = (found: Refusal) => {
		setRefusal(found);
		if (found.field === "question") box.current?.focus();
	};
	const send = async () => {
		const { depth: _, ...chosen } = choice;
		const input = { ...chosen, question: draft.text, maxCalls: depthOf(choice, setUp.presets) };
		const result = await start(input).catch(() => undefined);
		if (!result) return refuse({ field: "form", message: t("unreachable") });
		if (!result.ok) return refuse(refusalOf(result));
		draft.drop();
		router.push(`/runs/${result.runId}`);
	};
	const submit = () => {
		const isNowhere = !setUp.web && choice.collections.length === 0;
		if (draft.text.trim() === "") refuse({ field: "question", message: t("needsText") });
		else if (isNowhere) {
			const message = t(setUp.collections.length > 0 ? "nowhereProblem" : "nothingProblem");
			refuse({ field: "collections", message });
		} else startTransition(send);
	};
	const change = (part: Partial<AskChoice>) => {
		setChoice({ ...choice, ...part });
		setRefusal(undefined);
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isStarting) submit();
	};

	return (
		<form action={submit} onKeyDown={keys}>
			<div className="rounded-[10px] border border-line-2 bg-surface focus-within:border-ink-3">
				<label htmlFor="question" className="sr-only">
					{t("question")}
				</label>
				<textarea
					id="question"
					ref={box}
					dir="auto"
					value={draft.text}
					onChange={(event) => {
						draft.write(event.target.value);
						setRefusal(undefined);
					}}
					placeholder={t("placeholder")}
					aria-invalid={refusal?.field === "question"}
					aria-describedby={refusal ? "ask-refusal" : undefined}
					className="field-sizing-content mb-2 block max-h-[50vh] min-h-[104px] w-full resize-none bg-transparent px-5 pt-[18px] text-[19px]/7 tracking-[-0.008em] outline-none max-desk:min-h-24 max-desk:px-3.5 max-desk:pt-3.5 max-desk:text-[17px]/[25px]"
				/>
				<AskRefusal refusal={refusal} of="question" className="px-5 pb-2 max-desk:px-3.5" />
				<AskPickers setUp={setUp} choice={choice} onChange={change} refusal={refusal} />
			</div>
			<div className="mt-3.5 flex items-center gap-4 max-desk:flex-col-reverse max-desk:items-stretch">
				<p className="flex-1 text-[13px] text-ink-3 max-desk:text-center max-desk:text-balance">{t("promise")}</p>
				<Button type="submit" variant="primary" size="lg" disabled={isStarting}>
					{isStarting ? t("starting") : t("start")} <EnterKeys />
				</Button>
			</div>
			<AskRefusal refusal={refusal} of="form" className="mt-3" />
		</form>
	);
}
