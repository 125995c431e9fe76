"use server";
import { z } from "zod";
import type { RunsActions, RunsEdit } from "@/components/run/runs-actions";
import { readSummary, restoreRuns } from "@/lib/db/runs";
import { removeRuns } from "@/lib/runner/remove";
import { annotateRun } from "@/lib/runner/runner";
import { tagOf, withTag } from "@/lib/trajectory/notes";
import type { RunSummary } from "@/lib/trajectory/packet";
import { saidSchema } from "@/lib/trajectory/said";

type Result<T extends keyof RunsActions> = ReturnType<RunsActions[T]>;

const MOST_RUNS = 500;
const idsSchema = z.array(z.string().min(1).max(100)).min(1).max(MOST_RUNS);
const editSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("rename"), title: z.string() }),
	z.object({ kind: z.literal("tag"), tag: z.string(), isOn: z.boolean() }),
	z.object({ kind: z.literal("archive"), archived: z.boolean() }),
]);

const refused = (error: string) => ({ ok: false, error }) as const;
const tooMany = refused(`Choose 1 to ${MOST_RUNS} runs.`);

function saidOf(edit: RunsEdit, { tags }: RunSummary) {
	if (edit.kind === "rename") return { type: "run.edited", title: edit.title };
	if (edit.kind === "archive") return { type: "run.edited", archived: edit.archived };
	const tag = tagOf(edit.tag);
	return { type: "run.edited", tags: edit.isOn ? withTag(tags, tag) : tags.filter((known) => known !== tag) };
}

/** Changes several runs; stops at the first that cannot be changed, and says why. */
export async function edit(runIds: string[], wanted: RunsEdit): Result<"edit"> {
	const ids = idsSchema.safeParse(runIds);
	const parsed = editSchema.safeParse(wanted);
	if (!ids.success || !parsed.success) return tooMany;
	for (const id of ids.data) {
		const summary = await readSummary(id);
		if (!summary) continue;
		const said = saidSchema.safeParse(saidOf(parsed.data, summary));
		if (!said.success)
			return refused(`${said.error.issues[0]?.message ?? "Not valid."} (${summary.title.slice(0, 80)})`);
		await annotateRun(id, said.data);
	}
	return { ok: true };
}

export async function remove(runIds: string[]): Result<"remove"> {
	const ids = idsSchema.safeParse(runIds);
	if (!ids.success) return tooMany;
	await removeRuns(ids.data);
	return { ok: true };
}

export async function restore(runIds: string[]): Result<"restore"> {
	const ids = idsSchema.safeParse(runIds);
	return ids.success ? { ok: true, restored: await restoreRuns(ids.data) } : tooMany;
}
