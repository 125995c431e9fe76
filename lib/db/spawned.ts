import "server-only";
import { and, eq, isNull, ne } from "drizzle-orm";
import { store } from "./client";
import { runs } from "./schema";

/** The run of the sub-agent that works on a call, if one was begun. */
export async function spawnedFor(spawner: { runId: string; callId: string }): Promise<string | undefined> {
	const { runId, callId } = spawner;
	const found = and(eq(runs.spawnedBy, runId), eq(runs.spawnedCall, callId), isNull(runs.deletedAt));
	return store().select({ id: runs.id }).from(runs).where(found).get()?.id;
}

/** Runs of a run's sub-agents that have not ended. */
export async function openSpawned(runId: string): Promise<string[]> {
	const open = and(eq(runs.spawnedBy, runId), ne(runs.state, "ended"));
	return store()
		.select({ id: runs.id })
		.from(runs)
		.where(open)
		.all()
		.map(({ id }) => id);
}
