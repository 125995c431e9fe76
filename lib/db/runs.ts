import "server-only";
import { and, desc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { type AgentEventOf, agentEventSchema, type RunEvent } from "../trajectory/event";
import type { Judgement } from "../trajectory/notes";
import type { RunSummary } from "../trajectory/packet";
import type { RunState } from "../trajectory/run-state";
import { summaryOf } from "../trajectory/summary";
import { viewOf } from "../trajectory/view";
import { store } from "./client";
import { ownPast, readEvents, rowOf } from "./events";
import { cacheOf } from "./run-cache";
import { events, runs } from "./schema";

type RunRow = typeof runs.$inferSelect;

/** A new run with its first event, queued; a fork also with the events that part it from its parent. */
export async function createRun(
	summary: RunSummary,
	started: AgentEventOf<"run.started">,
	parting: readonly RunEvent[] = [],
): Promise<void> {
	const { id, createdAt, parent, spawnedBy } = summary;
	const first = { ...agentEventSchema.parse(started), runId: id, seq: 1, at: createdAt };
	const family = {
		parentId: parent?.runId ?? null,
		parentSeq: parent?.seq ?? null,
		spawnedBy: spawnedBy?.runId ?? null,
		spawnedCall: spawnedBy?.callId ?? null,
	};
	store().transaction(
		(tx) => {
			tx.insert(runs)
				.values({ id, createdAt, crashes: 0, ...cacheOf(summary), ...family })
				.run();
			for (const event of [first, ...parting]) tx.insert(events).values(rowOf(event)).run();
		},
		{ behavior: "immediate" },
	);
}

/** Runs that were forked from this one, oldest first. */
export async function childrenOf(runId: string): Promise<RunSummary[]> {
	const forked = and(eq(runs.parentId, runId), isNull(runs.deletedAt));
	return store().select().from(runs).where(forked).orderBy(runs.createdAt).all().map(summaryOfRow);
}

/** Whether any run was forked from this one. */
export async function hasForks(runId: string): Promise<boolean> {
	const forked = and(eq(runs.parentId, runId), isNull(runs.deletedAt));
	return store().select({ id: runs.id }).from(runs).where(forked).limit(1).all().length > 0;
}

/**
 * Hides runs from every list, with the runs of their sub-agents; `purgeRuns` removes them for good, `restoreRuns` brings
 * them back before that.
 */
export async function deleteRuns(ids: readonly string[]): Promise<void> {
	store()
		.update(runs)
		.set({ deletedAt: Date.now() })
		.where(or(inArray(runs.id, [...ids]), inArray(runs.spawnedBy, [...ids])))
		.run();
}

/** Takes a deletion back; returns how many of these runs were still there. */
export async function restoreRuns(ids: readonly string[]): Promise<number> {
	const back = (which: SQL) => store().update(runs).set({ deletedAt: null }).where(which).run().changes;
	back(inArray(runs.spawnedBy, [...ids]));
	return back(inArray(runs.id, [...ids]));
}

/** Removes what was deleted before `time` (epoch ms) for good. Children keep their events. */
export async function purgeRuns(time: number): Promise<number> {
	const gone = store().select({ id: runs.id }).from(runs).where(lt(runs.deletedAt, time)).all();
	for (const { id } of gone) {
		store().transaction(
			(tx) => {
				for (const child of tx.select({ id: runs.id }).from(runs).where(eq(runs.parentId, id)).all()) ownPast(child.id);
				tx.delete(runs).where(eq(runs.id, id)).run();
			},
			{ behavior: "immediate" },
		);
	}
	return gone.length;
}

/** Those of the runs that there are, deleted ones that can still be brought back among them. */
export async function existing(ids: readonly string[]): Promise<Set<string>> {
	const found = store()
		.select({ id: runs.id })
		.from(runs)
		.where(inArray(runs.id, [...ids]))
		.all();
	return new Set(found.map(({ id }) => id));
}

export type RunQuery = {
	search?: string;
	state?: string;
	tag?: string;
	label?: Judgement | "noted";
	archived?: boolean;
	before?: number;
	limit: number;
};

/**
 * Runs newest first, without those of sub-agents; `search` looks in questions, titles and tags, `state` is a state or an outcome, `before` a time.
 * Archived runs stand apart.
 */
export async function listRuns(query: RunQuery): Promise<{ runs: RunSummary[]; total: number }> {
	const matching = and(...conditions(query));
	const paged = query.before === undefined ? matching : and(matching, lt(runs.createdAt, query.before));
	const rows = store().select().from(runs).where(paged).orderBy(desc(runs.createdAt)).limit(query.limit).all();
	const total = store().$count(runs, matching);
	return { runs: rows.map(summaryOfRow), total: await total };
}

function conditions({ search, state, tag, label, archived = false }: RunQuery): SQL[] {
	const found: SQL[] = [isNull(runs.deletedAt), isNull(runs.spawnedBy), eq(runs.archived, archived)];
	if (tag) found.push(sql`exists (select 1 from json_each(${runs.tags}) where value = ${tag})`);
	if (label === "noted") found.push(gt(runs.notes, 0));
	else if (label) found.push(eq(runs.label, label));
	for (const word of search?.trim().split(/\s+/).filter(Boolean) ?? []) {
		const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
		found.push(
			sql`(${runs.question} like ${pattern} escape '\\' or ${runs.title} like ${pattern} escape '\\' or ${runs.tags} like ${pattern} escape '\\')`,
		);
	}
	if (state) found.push(sql`(${runs.state} = ${state} or ${runs.outcome} = ${state})`);
	return found;
}

/** One run's cached summary. */
export async function readSummary(runId: string): Promise<RunSummary | undefined> {
	const row = store()
		.select()
		.from(runs)
		.where(and(eq(runs.id, runId), isNull(runs.deletedAt)))
		.get();
	return row && summaryOfRow(row);
}

function summaryOfRow(row: RunRow): RunSummary {
	const { leaseOwner: _, leaseAt: __, crashes: ___, deletedAt: ____, ...rest } = row;
	const { outcome, endedAt, label, parentId, parentSeq, spawnedBy, spawnedCall, ...facts } = rest;
	return {
		...facts,
		...(outcome !== null && { outcome }),
		...(endedAt !== null && { endedAt }),
		...(label !== null && { label }),
		...(parentId !== null && parentSeq !== null && { parent: { runId: parentId, seq: parentSeq } }),
		...(spawnedBy !== null && spawnedCall !== null && { spawnedBy: { runId: spawnedBy, callId: spawnedCall } }),
	};
}

/** Every tag in use, with the number of runs that carry it, most used first. */
export async function allTags(): Promise<{ tag: string; runs: number }[]> {
	return store().all(
		sql`select value as tag, count(*) as runs from ${runs}, json_each(${runs.tags}) where deleted_at is null group by value order by runs desc, tag limit 100`,
	);
}

/** The state a person sees, where it is not a fact of the journal (queued, waiting, recovering). */
export async function setState(runId: string, state: RunState, detail: string): Promise<void> {
	store().update(runs).set({ state, detail }).where(eq(runs.id, runId)).run();
}

/** Makes every cached summary anew from the journal; says how many differed, and which runs cannot be read and why. */
export async function rebuildSummaries(): Promise<{ runs: number; changed: number; unreadable: string[] }> {
	const rows = store().select().from(runs).all();
	const unreadable: string[] = [];
	let changed = 0;
	for (const row of rows) {
		const past = await readEvents(row.id).catch((error: unknown) => void unreadable.push(String(error)));
		if (!past) continue;
		const made = summaryOf(viewOf(past), row.createdAt);
		if (JSON.stringify(sorted(summaryOfRow(row))) === JSON.stringify(sorted(made))) continue;
		changed++;
		store().update(runs).set(cacheOf(made)).where(eq(runs.id, row.id)).run();
	}
	return { runs: rows.length, changed, unreadable };
}

const sorted = ({ parent: _, ...summary }: RunSummary) => Object.entries(summary).sort(([a], [b]) => (a < b ? -1 : 1));
