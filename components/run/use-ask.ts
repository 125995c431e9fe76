"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useRef, useState, useTransition } from "react";
import type { AskInput, AskResult } from "@/lib/trajectory/ask";
import { type Refusal, refusalOf } from "./ask-refusal";
import { type AskChoice, type AskSetUp, inputOf } from "./ask-set-up";
import { useAttachments } from "./use-attachments";
import { useDraft } from "./use-draft";
import { usePlan } from "./use-plan";

export type Asking = { setUp: AskSetUp; start: (input: AskInput) => Promise<AskResult>; question: string };

const firstChoice = (setUp: AskSetUp): AskChoice => ({
	preset: setUp.preset,
	answerMode: "report",
	collections: setUp.collections.map(({ name }) => name),
	onlySites: "",
	neverSites: "",
	subAgents: false,
	...(setUp.depth !== undefined && { depth: setUp.depth }),
	withoutTools: [],
	approval: setUp.approval.includes("*") ? setUp.presets.flatMap(({ tools }) => tools) : setUp.approval,
});

/** The state of the composer: what is written and chosen, what was refused, what was agreed, and how a run starts. */
export function useAsk({ setUp, start, question }: Asking, box: RefObject<HTMLTextAreaElement | null>) {
	const t = useTranslations("ask");
	const plans = useTranslations("planFirst");
	const router = useRouter();
	const draft = useDraft(question, box);
	const attachments = useAttachments(question);
	const files = useTranslations("attach");
	const plan = usePlan(plans("lost"));
	const [choice, setChoice] = useState(() => firstChoice(setUp));
	const [refusal, setRefusal] = useState<Refusal>();
	const [isStarting, startTransition] = useTransition();
	const isUnderWay = useRef(false);

	const refuse = (found: Refusal) => {
		setRefusal(found);
		if (found.field === "question") box.current?.focus();
	};
	const startOnce = async (agreement?: string) => {
		const input = {
			...inputOf(choice, setUp),
			question: draft.text,
			...(agreement && { plan: agreement }),
			...(attachments.ids.length > 0 && { attachments: attachments.ids }),
		};
		const result = await start(input).catch(() => undefined);
		if (!result?.ok) {
			refuse(result ? refusalOf(result) : { field: "form", message: t("unreachable") });
			return;
		}
		draft.drop();
		attachments.drop();
		router.push(`/runs/${result.runId}`);
		return result.runId;
	};
	/** Presses that come before the page shows that the run starts, or while it goes there, mean the same run. */
	const send = async (agreement?: string) => {
		if (isUnderWay.current) return;
		isUnderWay.current = true;
		isUnderWay.current = (await startOnce(agreement)) !== undefined;
	};
	/** Does something with the question, once there is one and somewhere to look. */
	const submit = (go: () => void | Promise<void>) => {
		if (isUnderWay.current) return;
		setRefusal(undefined);
		if (draft.text.trim() === "") refuse({ field: "question", message: t("needsText") });
		else if (attachments.hindrance) refuse({ field: "attachments", message: files(attachments.hindrance) });
		else if (setUp.web.length === 0 && choice.collections.length + attachments.ids.length === 0) {
			const message = t(setUp.collections.length > 0 ? "nowhereProblem" : "nothingProblem");
			refuse({ field: "collections", message });
		} else startTransition(go);
	};
	const failed = plan.draft.kind === "failed" ? plan.draft : undefined;
	return {
		draft,
		choice,
		plan,
		attachments,
		isStarting,
		refused: refusal ?? (failed && refusalOf(failed)),
		write: (text: string) => {
			draft.write(text);
			setRefusal(undefined);
		},
		change: (part: Partial<AskChoice>) => {
			setChoice({ ...choice, ...part });
			setRefusal(undefined);
		},
		submit,
		send,
		planFirst: () => void plan.ask({ question: draft.text, preset: choice.preset, attachments: attachments.ids }),
	};
}
