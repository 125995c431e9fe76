"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Segmented } from "@/components/ui/segmented";
import type { AskInput, AskResult } from "@/lib/trajectory/ask";
import { CollectionPicker, PresetPicker } from "./ask-pickers";
import type { AskSetUp } from "./ask-set-up";
import { DepthPicker } from "./depth-picker";

type Props = { setUp: AskSetUp; start: (input: AskInput) => Promise<AskResult>; question: string };
type Problem = { field: string; message: string };

const DRAFT = "soundings-draft";

/** The question and how to go about it. What was typed survives a reload and a refused start. */
export function AskComposer({ setUp, start, question: given }: Props) {
	const t = useTranslations("ask");
	const router = useRouter();
	const box = useRef<HTMLTextAreaElement>(null);
	const [question, setQuestion] = useDraft(given);
	const [preset, setPreset] = useState(setUp.preset);
	const [answerMode, setAnswerMode] = useState<"report" | "boxed">("report");
	const [collections, setCollections] = useState(() => setUp.collections.map(({ name }) => name));
	const [maxCalls, setMaxCalls] = useState(() => setUp.presets.find(({ id }) => id === setUp.preset)?.calls ?? 100);
	const [problem, setProblem] = useState<Problem>();
	const [isStarting, startTransition] = useTransition();

	const submit = () =>
		startTransition(async () => {
			const result = await start({ question, preset, answerMode, collections, maxCalls }).catch(() => undefined);
			if (result?.ok) {
				localStorage.removeItem(DRAFT);
				router.push(`/runs/${result.runId}`);
				return;
			}
			setProblem(result ?? { field: "form", message: t("unreachable") });
			box.current?.focus();
		});
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
	};

	return (
		<form action={submit}>
			<div className="rounded-[10px] border border-line-2 bg-surface focus-within:border-ink-3">
				<label htmlFor="question" className="sr-only">
					{t("question")}
				</label>
				<textarea
					id="question"
					ref={box}
					value={question}
					onChange={(event) => setQuestion(event.target.value)}
					onKeyDown={keys}
					placeholder={t("placeholder")}
					aria-invalid={problem?.field === "question"}
					aria-describedby={problem ? "ask-problem" : undefined}
					className="field-sizing-content block max-h-[50vh] min-h-[104px] w-full resize-none bg-transparent px-5 pt-[18px] pb-2 text-[19px]/7 tracking-[-0.008em] outline-none max-desk:min-h-24 max-desk:px-3.5 max-desk:pt-3.5 max-desk:text-[17px]/[25px]"
				/>
				<div className="grid grid-cols-[minmax(0,1.25fr)_auto_minmax(0,1fr)] items-end gap-4 px-5 pt-2 pb-4 max-desk:grid-cols-1 max-desk:gap-3 max-desk:px-3.5">
					<PresetPicker presets={setUp.presets} value={preset} onChange={setPreset} />
					<div>
						<span className="mb-1.5 block text-[12px]/4 text-ink-3">{t("answer")}</span>
						<Segmented
							label={t("answer")}
							value={answerMode}
							onChange={setAnswerMode}
							options={[
								{ value: "report", label: t("report") },
								{ value: "boxed", label: t("boxed") },
							]}
						/>
					</div>
					<CollectionPicker
						collections={setUp.collections}
						web={setUp.web}
						value={collections}
						onChange={setCollections}
					/>
				</div>
				<DepthPicker value={maxCalls} onChange={setMaxCalls} />
			</div>
			<div className="mt-3.5 flex items-center gap-4 max-desk:flex-col-reverse max-desk:items-stretch">
				<p className="flex-1 text-[13px] text-ink-3 max-desk:text-center">{t("promise")}</p>
				<Button type="submit" variant="primary" size="lg" disabled={isStarting || question.trim() === ""}>
					{isStarting ? t("starting") : t("start")} <Kbd>{t("enterKey")}</Kbd>
				</Button>
			</div>
			{problem && (
				<p id="ask-problem" role="alert" className="mt-3 text-[13px] text-error">
					{problem.message}
				</p>
			)}
		</form>
	);
}

/** The typed question, kept in this browser until a run starts from it. */
function useDraft(given: string): [string, (text: string) => void] {
	const [text, setText] = useState(given);
	useEffect(() => {
		const kept = localStorage.getItem(DRAFT);
		if (kept && !given) setText(kept);
	}, [given]);
	return [
		text,
		(next) => {
			setText(next);
			localStorage.setItem(DRAFT, next);
		},
	];
}
