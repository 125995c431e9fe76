import "server-only";
import { closeStore, store } from "../db/client";
import { unlessFull } from "../db/sqlite";
import { leaveLine, takeInWaiting } from "../library/line";
import { closeChromium } from "../web/render/chromium";
import { closeMcp } from "./mcp";
import { purgeDeleted } from "./remove";
import { detachRuns, recoverRuns } from "./runner";
import { takeUpSavedSettings } from "./saved-settings";

const RECOVER_MS = 10_000;

/** Opens the database, removes what was deleted, goes on with open runs and with files sent to the library, and ends cleanly on SIGTERM and SIGINT (a second signal ends at once). */
export async function boot(): Promise<void> {
	store();
	await takeUpSavedSettings();
	await purgeDeleted();
	await recoverRuns();
	setInterval(() => void recoverRuns().catch(unlessFull), RECOVER_MS).unref();
	void takeInWaiting();
	setInterval(() => void takeInWaiting(), RECOVER_MS).unref();
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void leave(signal));
}

async function leave(signal: "SIGTERM" | "SIGINT"): Promise<void> {
	process.once(signal, () => process.exit(1));
	await Promise.all([detachRuns(), leaveLine()]);
	await Promise.all([closeMcp(), closeChromium()]);
	closeStore();
	process.exit(0);
}
