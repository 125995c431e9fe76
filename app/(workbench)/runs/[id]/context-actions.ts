"use server";
import { z } from "zod";
import type { ContextResult, RunActions, TextPart } from "@/components/run/run-actions";
import { readEvents } from "@/lib/db/events";
import { contextAt, contextText } from "@/lib/runner/context-at";
import { answerTrace } from "@/lib/trajectory/answer-trace";
import { retentionSchema } from "@/lib/trajectory/settings";
import { refusal } from "../../refusal";
import { part } from "./part";

const query = z.object({
	run: z.string().min(1).max(100),
	turn: z.int().min(1),
	retention: retentionSchema.optional(),
	whole: z.boolean().optional(),
});
const refused = { ok: false, error: "This request is not one the page makes." } as const;

/** What the model saw at a turn; under `retention`, what it would have seen. */
export async function readContext(asked: z.input<typeof query>): Promise<ContextResult> {
	const parsed = query.safeParse(asked);
	if (!parsed.success) return refused;
	const { run, turn, ...how } = parsed.data;
	const context = await contextAt(run, turn, how);
	return context ? { ok: true, context } : refusal("noRequest");
}

/** The n-th message of that request, exactly as sent, 100,000 characters a part. */
export async function readContextText(asked: z.input<typeof query> & { n: number; from?: number }): Promise<TextPart> {
	const parsed = query.extend({ n: z.int().min(1), from: z.int().min(0).default(0) }).safeParse(asked);
	if (!parsed.success) return refused;
	const { run, turn, n, from, ...how } = parsed.data;
	return part(await contextText(run, turn, n, how), from);
}

/** Where the run's short answer could first be read, looked for in the whole texts. */
export async function readAnswerTrace(runId: string): Promise<Awaited<ReturnType<RunActions["readAnswerTrace"]>>> {
	if (!query.shape.run.safeParse(runId).success) return refused;
	const trace = answerTrace(await readEvents(runId));
	return { ok: true, ...(trace && { trace }) };
}
