import "server-only";
import { deleteRuns, existing, purgeRuns, readSummary } from "../db/runs";
import { removeOthers } from "../sandbox/folders";
import { purgeAttachments } from "./attachments";
import { cancelRun } from "./runner";

/** A deletion can be taken back for 10 s; the rest is for slow lines. */
const KEPT_MS = 15_000;

/** Takes runs off every list; those that go on are stopped first. They are gone for good a quarter of a minute later. */
export async function removeRuns(ids: readonly string[]): Promise<void> {
	for (const id of ids) if ((await readSummary(id))?.state !== "ended") await cancelRun(id);
	await deleteRuns(ids);
	purgeLater();
}

/** Removes for good what was deleted long enough ago, now and once more when the rest is due. */
export async function purgeDeleted(): Promise<void> {
	await purge();
	purgeLater();
}

async function purge(): Promise<void> {
	await purgeRuns(Date.now() - KEPT_MS);
	await removeOthers(existing);
	await purgeAttachments();
}

function purgeLater(): void {
	setTimeout(() => void purge(), KEPT_MS + 1000).unref();
}
