"use server";
import { z } from "zod";
import type { ShareActions } from "@/components/run/share-actions";
import * as shares from "@/lib/db/shares";
import * as publish from "@/lib/publish/share";
import { shareChoiceSchema } from "@/lib/publish/share-choice";
import type { ShareChoice } from "@/lib/trajectory/snapshot";
import { refusal } from "../../refusal";

type Result<T extends keyof ShareActions> = ReturnType<ShareActions[T]>;

const DAY_MS = 86_400_000;
const runIdSchema = z.string().min(1).max(100);
const linkIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
const daysSchema = z.int().min(1).max(3650).optional();

/** What arrives here comes from the wire: anything but the page's own calls is refused in one sentence. */
const refused = { ok: false, error: "This request is not one the page makes." } as const;

export async function previewShare(runId: string, choice: ShareChoice): Result<"previewShare"> {
	const parsed = shareChoiceSchema.safeParse(choice);
	if (!parsed.success || !runIdSchema.safeParse(runId).success) return refused;
	const told = await publish.previewShare(runId, parsed.data);
	return told.ok ? told : refusal(told.why);
}

export async function createShare(runId: string, choice: ShareChoice, days?: number): Result<"createShare"> {
	const parsed = shareChoiceSchema.safeParse(choice);
	const isKnown = runIdSchema.safeParse(runId).success && daysSchema.safeParse(days).success;
	if (!parsed.success || !isKnown) return refused;
	const end = days === undefined ? {} : { expiresAt: Date.now() + days * DAY_MS };
	const made = await publish.publishShare(runId, { ...parsed.data, ...end });
	return made.ok ? { ok: true, token: made.token, shares: await shares.listShares(runId) } : refusal(made.why);
}

export async function listShares(runId: string): Result<"listShares"> {
	if (!runIdSchema.safeParse(runId).success) return refused;
	const origin = publish.shareOrigin();
	return { ok: true, shares: await shares.listShares(runId), ...(origin !== undefined && { origin }) };
}

export async function revokeShare(runId: string, id: string): Result<"revokeShare"> {
	if (!runIdSchema.safeParse(runId).success || !linkIdSchema.safeParse(id).success) return refused;
	return (await shares.revokeShare(runId, id)) ? { ok: true } : refusal("noLink");
}
