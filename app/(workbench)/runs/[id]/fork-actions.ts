"use server";
import { z } from "zod";
import type { ForkActions } from "@/components/run/fork-actions";
import { readSlimEvents } from "@/lib/db/events";
import { readSummary } from "@/lib/db/runs";
import { familyOf } from "@/lib/runner/family";
import { forkRun } from "@/lib/runner/fork";
import { modelNames } from "@/lib/runner/model-problem";
import { removeRuns } from "@/lib/runner/remove";
import { annotateRun, decideCall, pauseRun, resumeRun, steerRun } from "@/lib/runner/runner";
import { askSetUp } from "@/lib/runner/settings";
import { type Decision, decisionSchema } from "@/lib/trajectory/decision";
import type { ForkInput, ForkResult } from "@/lib/trajectory/fork";
import { type Remark, saidSchema } from "@/lib/trajectory/said";
import { isVisible, typed } from "@/lib/trajectory/typed";
import { refusal } from "../../refusal";

type Result<T extends keyof ForkActions> = ReturnType<ForkActions[T]>;

const MOST_WORDS = 20_000;
const MOST_RUNS = 500;
const runIdSchema = z.string().min(1).max(100);
const wordsSchema = typed().min(1).max(MOST_WORDS).refine(isVisible);

const refused = (error: string) => ({ ok: false, error }) as const;
const done = { ok: true } as const;

const isKnown = async (runId: string): Promise<boolean> =>
	runIdSchema.safeParse(runId).success && (await readSummary(runId)) !== undefined;

const problemOf = (error: z.ZodError): string => error.issues[0]?.message ?? "Not valid.";

export async function steer(runId: string, text: string): Result<"steer"> {
	const words = wordsSchema.safeParse(text);
	if (!words.success) return refusal(text.length > MOST_WORDS ? "longWords" : "noWords");
	if (!(await isKnown(runId))) return refusal("noRun");
	return (await steerRun(runId, words.data)) ? done : refusal("hasEnded");
}

export async function pause(runId: string): Result<"pause"> {
	if (!(await isKnown(runId))) return refusal("noRun");
	return (await pauseRun(runId)) ? done : refusal("endedOrPaused");
}

export async function resume(runId: string): Result<"resume"> {
	if (!(await isKnown(runId))) return refusal("noRun");
	return (await resumeRun(runId)) ? done : refusal("notPaused");
}

export async function decide(runId: string, decision: Decision): Result<"decide"> {
	const word = decisionSchema.safeParse(decision);
	if (!word.success || !(await isKnown(runId))) return refusal("noRun");
	return (await decideCall(runId, word.data)) ? done : refusal("notAsking");
}

export async function fork(runId: string, input: ForkInput): Promise<ForkResult> {
	if (!(await isKnown(runId))) return { ok: false, field: "run", message: (await refusal("noRun")).error };
	return forkRun(runId, input);
}

export async function forkSetUp(): Result<"forkSetUp"> {
	const [{ presets }, models] = await Promise.all([askSetUp(), modelNames()]);
	return { presets, models };
}

export async function annotate(runId: string, said: Remark, afterSeq: number): Result<"annotate"> {
	const parsed = saidSchema.safeParse(said);
	if (!parsed.success) return refused(problemOf(parsed.error));
	if (!(await isKnown(runId)) || !z.int().min(0).safeParse(afterSeq).success) return refusal("noRun");
	await annotateRun(runId, parsed.data);
	return { ok: true, events: await readSlimEvents(runId, afterSeq, -1) };
}

export async function family(runId: string): Result<"family"> {
	const found = runIdSchema.safeParse(runId).success ? await familyOf(runId) : undefined;
	return found ?? { ancestors: [], siblings: [], children: [] };
}

export async function remove(runIds: string[]): Result<"remove"> {
	const ids = z.array(runIdSchema).min(1).max(MOST_RUNS).safeParse(runIds);
	if (!ids.success) return refused(`Choose 1 to ${MOST_RUNS} runs.`);
	await removeRuns(ids.data);
	return done;
}
