"use server";
import { z } from "zod";
import type { Done, TextPart } from "@/components/run/run-actions";
import { readBody as readEventBody } from "@/lib/db/events";
import * as find from "@/lib/db/find";
import { readPage } from "@/lib/db/pages";
import { readSummary } from "@/lib/db/runs";
import { cancelRun } from "@/lib/runner/runner";
import * as watch from "@/lib/runner/watch";
import type { FindResult } from "@/lib/trajectory/find-hit";
import { MOST_FIND_CHARS } from "@/lib/trajectory/find-hit";
import type { Packet, RunSummary } from "@/lib/trajectory/packet";
import { refusal } from "../../refusal";
import { part } from "./part";

const viewer = z.uuid();
const run = z.string().min(1).max(100);
const seq = z.int().min(0);
const phrase = z.string().max(MOST_FIND_CHARS);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What arrives here comes from the wire: anything but the page's own calls is refused in one sentence. */
const refused = { ok: false, error: "This request is not one the page makes." } as const;

/** The page's one stream; named a run, it is subscribed in the same round trip. */
export async function openStream(
	viewerId: string,
	runId?: string,
	afterSeq = 0,
): Promise<{ ok: true; stream: ReadableStream<Packet> } | { ok: false; error: string }> {
	if (!viewer.safeParse(viewerId).success) return refused;
	const stream = watch.openStream(viewerId);
	const subscribed = runId === undefined ? { ok: true as const } : await subscribe(viewerId, runId, afterSeq);
	if (subscribed.ok) return { ok: true, stream };
	watch.closeStream(viewerId);
	return subscribed;
}

export async function subscribe(viewerId: string, runId: string, afterSeq: number): Promise<Done> {
	const known = viewer.safeParse(viewerId).success && run.safeParse(runId).success && seq.safeParse(afterSeq).success;
	if (!known) return refused;
	const subscribed = await watch.subscribe(viewerId, runId, afterSeq);
	return subscribed.ok ? subscribed : refusal(subscribed.why);
}

export async function unsubscribe(viewerId: string, runId: string): Promise<Done> {
	if (!viewer.safeParse(viewerId).success) return refused;
	watch.unsubscribe(viewerId, runId);
	return { ok: true };
}

export async function closeStream(viewerId: string): Promise<Done> {
	if (!viewer.safeParse(viewerId).success) return refused;
	watch.closeStream(viewerId);
	return { ok: true };
}

export async function readRun(
	runId: string,
): Promise<{ ok: true; summary: RunSummary } | { ok: false; error: string }> {
	const summary = run.safeParse(runId).success ? await readSummary(runId) : undefined;
	return summary ? { ok: true, summary } : refusal("noRun");
}

/** Returns at once; that the run has ended comes as an event. */
export async function stopRun(runId: string): Promise<Done> {
	if (!run.safeParse(runId).success || !(await readSummary(runId))) return refusal("noRun");
	await cancelRun(runId);
	return { ok: true };
}

export async function readBody(runId: string, at: number, from = 0): Promise<TextPart> {
	if (!run.safeParse(runId).success || !seq.safeParse(at).success || !seq.safeParse(from).success) return refused;
	return part(await readEventBody(runId, at), from);
}

export async function findInRun(
	runId: string,
	text: string,
): Promise<{ ok: true; found: FindResult } | { ok: false; error: string }> {
	if (!run.safeParse(runId).success || !phrase.safeParse(text).success) return refused;
	return { ok: true, found: await find.findInRun(runId, text) };
}

/** The run's id is for the record of what was asked: pages are kept once, by hash, whichever run read them. */
export async function readSource(runId: string, pageHash: string, from = 0): Promise<TextPart> {
	if (!run.safeParse(runId).success || !hash.safeParse(pageHash).success || !seq.safeParse(from).success)
		return refused;
	return part(await readPage(pageHash), from);
}
