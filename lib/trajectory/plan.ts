/** Questions to the person, and the steps of the plan, as the model wrote them. */
export type ModelPlan = { questions: string[]; steps: string[] };
export type PlanReply = ({ ok: true } & ModelPlan) | { ok: false; field: string; message: string };

const MOST_QUESTIONS = 3;
const MOST_STEPS = 12;
const LONGEST_LINE = 500;

/** Reads the two lists of a reply, whatever marks their lines; what stands before and between them is left out. */
export function readPlan(reply: string): ModelPlan {
	const plan: ModelPlan = { questions: [], steps: [] };
	let list: string[] | undefined;
	for (const line of reply.split("\n")) {
		const heading = /^[\s#*_]*(questions|plan)\b[\s*_]*:?[\s*_]*$/i.exec(line)?.[1]?.toLowerCase();
		if (heading) list = heading === "plan" ? plan.steps : plan.questions;
		const entry = /^\s*(?:[-*•]|\d{1,2}[.)])\s+(.+)$/.exec(line)?.[1]?.trim();
		if (!heading && list && entry && !/^(?:none|no questions)\b/i.test(entry)) list.push(entry.slice(0, LONGEST_LINE));
	}
	return { questions: plan.questions.slice(0, MOST_QUESTIONS), steps: plan.steps.slice(0, MOST_STEPS) };
}

/** What was agreed, as the model is told it: the questions that were answered, then the plan. Empty for nothing. */
export function agreed(answers: readonly (readonly [question: string, answer: string])[], plan: string): string {
	const answered = answers.filter(([, answer]) => answer.trim() !== "");
	const told = answered.map(([question, answer]) => `- ${question}\n  ${answer.trim()}`).join("\n");
	return [told && `Asked and answered:\n${told}`, plan.trim() && `Plan:\n${plan.trim()}`].filter(Boolean).join("\n\n");
}
