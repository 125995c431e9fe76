"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { TextArea, TextField } from "@/components/ui/field";
import type { PlanDraft } from "./use-plan";

type Made = Extract<PlanDraft, { kind: "made" }>;
type Props = {
	draft: PlanDraft;
	isStarting: boolean;
	onChange(draft: Made): void;
	onStart(draft: Made): void;
	onAgain(): void;
	onDrop(): void;
};

/** The model's questions and its plan, to be answered and changed before anything is spent. */
export function AskPlan({ draft, isStarting, onChange, onStart, onAgain, onDrop }: Props) {
	const t = useTranslations("planFirst");
	if (draft.kind === "none" || draft.kind === "failed") return;
	return (
		<section
			aria-label={t("title")}
			className="mt-5 rounded-[10px] border border-line-2 bg-surface px-5 py-4 max-desk:px-4"
		>
			<h2 className="text-[14px]/5 font-semibold">{t("title")}</h2>
			{draft.kind === "asking" ? (
				<div className="mt-2 flex items-center gap-4">
					<p role="status" className="flex-1 text-[13px]/5 text-ink-2">
						<span
							className="mr-2 inline-block size-2 rounded-full bg-accent motion-safe:animate-live"
							aria-hidden="true"
						/>
						{t("asking")}
					</p>
					<Button onClick={onDrop}>{t("cancel")}</Button>
				</div>
			) : (
				<Agreement {...{ draft, isStarting, onChange, onStart, onAgain, onDrop }} />
			)}
		</section>
	);
}

function Agreement({ draft, isStarting, onChange, onStart, onAgain, onDrop }: Props & { draft: Made }) {
	const t = useTranslations("planFirst");
	const { questions, plan } = draft;
	const answer = (at: number, text: string) =>
		onChange({
			...draft,
			questions: questions.map((each, index) => (index === at ? { ...each, answer: text } : each)),
		});
	return (
		<div className="mt-3 flex flex-col gap-4">
			{questions.length > 0 && (
				<fieldset className="flex flex-col gap-3">
					<legend className="mb-2 text-[13px]/5 text-ink-2">
						{t("questions")} <span className="text-ink-3">{t("optional")}</span>
					</legend>
					{questions.map(({ question, answer: given }, at) => (
						<TextField
							key={question}
							label={question}
							value={given}
							onChange={(text) => answer(at, text)}
							maxLength={1000}
						/>
					))}
				</fieldset>
			)}
			<TextArea
				label={t("plan")}
				hint={t("planHint")}
				value={plan}
				onChange={(text) => onChange({ ...draft, plan: text })}
			/>
			<div className="flex flex-wrap justify-end gap-2 max-desk:*:flex-1">
				<Button variant="ghost" onClick={onDrop}>
					{t("drop")}
				</Button>
				<Button onClick={onAgain}>{t("again")}</Button>
				<Button variant="primary" disabled={isStarting} onClick={() => onStart(draft)}>
					{t("start")}
				</Button>
			</div>
		</div>
	);
}
