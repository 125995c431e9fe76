import "server-only";
import { createShare } from "../db/shares";
import { env } from "../env";
import type { PublishPreview, ShareChoice } from "../trajectory/snapshot";
import type { SnapshotTask, TakenPreview, TakenSnapshot } from "./snapshot-worker";
import { inThread } from "./threads";

/**
 * Why a run cannot be shared: it is not there, has no answer that a report could show, or could not be gone through;
 * then with the words of what failed.
 */
export type ShareRefusal = { ok: false; why: "noRun" | "noReport" } | { ok: false; why: "notTaken"; detail: string };

/** Where links are reached from outside, when there is such a place (SHARE_ORIGIN). */
export const shareOrigin = (): string | undefined => env().SHARE_ORIGIN;

/** What a link to the run as it is now would show and hide; nothing is kept. */
export async function previewShare(
	runId: string,
	choice: ShareChoice,
): Promise<{ ok: true; preview: PublishPreview } | ShareRefusal> {
	const done = await worked<TakenPreview>("preview", { runId, choice });
	if (!done.ok) return done;
	const { preview, hasReport } = done.result;
	return choice.scope === "report" && !hasReport ? { ok: false, why: "noReport" } : { ok: true, preview };
}

/** Freezes the run as it is now under a new link. `expiresAt` is epoch ms; without it the link does not expire. */
export async function publishShare(
	runId: string,
	{ expiresAt, ...choice }: ShareChoice & { expiresAt?: number },
): Promise<{ ok: true; token: string; id: string } | ShareRefusal> {
	const taken = await takeSnapshot(runId, choice);
	if (!taken.ok) return taken;
	const { snapshot, parts, seq } = taken;
	return {
		ok: true,
		...(await createShare({ runId, snapshot, parts, seq, ...(expiresAt !== undefined && { expiresAt }) })),
	};
}

type Taken = Promise<({ ok: true } & TakenSnapshot) | ShareRefusal>;

/** The run as it is now, frozen and redacted, up to event `seq`; nothing is kept. */
export const takeSnapshot = (runId: string, choice: ShareChoice): Taken => taken("take", { runId, choice });

/** The same without its long texts, of which none is read. */
export const takeBareSnapshot = (runId: string, choice: ShareChoice): Taken => taken("takeBare", { runId, choice });

async function taken(name: "take" | "takeBare", { runId, choice }: SnapshotTask): Taken {
	const done = await worked<TakenSnapshot>(name, { runId, choice });
	if (!done.ok) return done;
	const { result } = done;
	return choice.scope === "report" && !result.snapshot.report
		? { ok: false, why: "noReport" }
		: { ok: true, ...result };
}

async function worked<Result>(
	name: "take" | "takeBare" | "preview",
	task: SnapshotTask,
): Promise<{ ok: true; result: Result } | ShareRefusal> {
	const done = await inThread<Result | undefined>({ file: "snapshot-worker.ts", name }, task);
	if (!done.ok) return { ok: false, why: "notTaken", detail: done.detail };
	return done.result === undefined ? { ok: false, why: "noRun" } : { ok: true, result: done.result };
}
