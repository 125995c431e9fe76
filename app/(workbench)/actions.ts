"use server";

import { startRun as start } from "@/lib/runner/runner";
import { type AskInput, type AskResult, askInputSchema } from "@/lib/trajectory/ask";
import { refusal } from "./refusal";

/** Starts a run and returns at once; the run belongs to the server. */
export async function startRun(input: AskInput): Promise<AskResult> {
	const [issue] = askInputSchema.shape.question.safeParse(input.question).error?.issues ?? [];
	if (!issue) return start(input);
	const { error } = await refusal(issue.code === "too_big" ? "longQuestion" : "shortQuestion");
	return { ok: false, field: "question", message: error };
}
