"use client";
import { useRef, useState } from "react";
import type { PlanInput } from "@/lib/trajectory/ask";
import { agreed, type PlanReply } from "@/lib/trajectory/plan";

/** What is agreed before a run: asked of the model, then answered and changed by a person. */
export type PlanDraft =
	| { kind: "none" }
	| { kind: "asking" }
	| { kind: "made"; questions: { question: string; answer: string }[]; plan: string }
	| { kind: "failed"; field: string; message: string };

/** Asks for a plan, one at a time; `drop` calls a request off and forgets what came of it. */
export function usePlan(lost: string) {
	const [draft, setDraft] = useState<PlanDraft>({ kind: "none" });
	const going = useRef<AbortController>(undefined);
	const ask = async (asked: PlanInput) => {
		going.current?.abort();
		const mine = new AbortController();
		going.current = mine;
		setDraft({ kind: "asking" });
		const body = JSON.stringify(asked);
		const reply = await fetch("/api/plan", { method: "POST", body, signal: mine.signal })
			.then((response): Promise<PlanReply> => response.json())
			.catch((): PlanReply => ({ ok: false, field: "form", message: lost }));
		if (mine.signal.aborted) return;
		if (!reply.ok) setDraft({ kind: "failed", field: reply.field, message: reply.message });
		else {
			const questions = reply.questions.map((each) => ({ question: each, answer: "" }));
			setDraft({ kind: "made", questions, plan: reply.steps.join("\n") });
		}
	};
	const drop = () => {
		going.current?.abort();
		setDraft({ kind: "none" });
	};
	return { draft, ask, drop, change: setDraft };
}

/** What was agreed, as the run is told it. */
export const agreementOf = ({ questions, plan }: Extract<PlanDraft, { kind: "made" }>): string =>
	agreed(
		questions.map(({ question, answer }) => [question, answer] as const),
		plan,
	);
