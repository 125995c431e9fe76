import "server-only";
import { and, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { store } from "./client";
import { runs } from "./schema";

/** A lease without a heartbeat for this long is free, and so is one from as far ahead: its owner would have renewed it. */
const LEASE_MS = 15_000;

type Lease = { runId: string; owner: string };

/** Takes the run for `owner` when no live lease of another holds it. True when taken. */
export async function acquireLease({ runId, owner }: Lease): Promise<boolean> {
	const now = Date.now();
	const isStale = or(lt(runs.leaseAt, now - LEASE_MS), gt(runs.leaseAt, now + LEASE_MS));
	const free = or(isNull(runs.leaseOwner), isStale, eq(runs.leaseOwner, owner));
	const { changes } = store()
		.update(runs)
		.set({ leaseOwner: owner, leaseAt: now })
		.where(and(eq(runs.id, runId), free))
		.run();
	return changes === 1;
}

/** Says that the owner still runs these runs; returns those whose lease it still holds. */
export async function renewLeases(owner: string, runIds: readonly string[]): Promise<Set<string>> {
	if (runIds.length === 0) return new Set();
	const held = store()
		.update(runs)
		.set({ leaseAt: Date.now() })
		.where(and(eq(runs.leaseOwner, owner), inArray(runs.id, [...runIds])))
		.returning({ runId: runs.id })
		.all();
	return new Set(held.map(({ runId }) => runId));
}

/** Gives the run back. */
export async function releaseLease({ runId, owner }: Lease): Promise<void> {
	store()
		.update(runs)
		.set({ leaseOwner: null, leaseAt: null })
		.where(and(eq(runs.id, runId), eq(runs.leaseOwner, owner)))
		.run();
}

export type LeaseState = {
	runId: string;
	state: string;
	owner: string | null;
	leaseAt: number | null;
	crashes: number;
};

/** Who holds the lease of a run, if anybody does. */
export async function leaseOwner(runId: string): Promise<string | undefined> {
	return store().select({ owner: runs.leaseOwner }).from(runs).where(eq(runs.id, runId)).get()?.owner ?? undefined;
}

/**
 * Every run that should go on, with its lease, oldest first: neither ended nor paused by a person, nor asking one, nor
 * deleted. A sub-agent's goes on with the run it works for.
 */
export async function openRuns(): Promise<LeaseState[]> {
	return store()
		.select({ runId: runs.id, state: runs.state, owner: runs.leaseOwner, leaseAt: runs.leaseAt, crashes: runs.crashes })
		.from(runs)
		.where(
			sql`${runs.state} not in ('ended', 'paused', 'asking') and ${runs.deletedAt} is null and ${runs.spawnedBy} is null`,
		)
		.orderBy(runs.createdAt)
		.all();
}

/** Counts a death of the process that ran it, or forgets them all once the run has moved on. */
export async function setCrashes(runId: string, crashes: number): Promise<void> {
	store().update(runs).set({ crashes }).where(eq(runs.id, runId)).run();
}
