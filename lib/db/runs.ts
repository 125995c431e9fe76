import "server-only";
import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { type AgentEventOf, agentEventSchema } from "../trajectory/event";
import type { RunSummary } from "../trajectory/packet";
import { summaryOf } from "../trajectory/summary";
import { type RunState, viewOf } from "../trajectory/view";
import { store } from "./client";
import { readEvents } from "./events";
import { cacheOf } from "./run-cache";
import { events, runs } from "./schema";

type RunRow = typeof runs.$inferSelect;

/** A new run with its first event, queued. */
export async function createRun(summary: RunSummary, started: AgentEventOf<"run.started">): Promise<void> {
	const { type, ...payload } = agentEventSchema.parse(started);
	store().transaction(
		(tx) => {
			tx.insert(runs)
				.values({ id: summary.id, createdAt: summary.createdAt, crashes: 0, ...cacheOf(summary) })
				.run();
			tx.insert(events)
				.values({ runId: summary.id, seq: 1, at: summary.createdAt, type, json: JSON.stringify(payload) })
				.run();
		},
		{ behavior: "immediate" },
	);
}

export type RunQuery = { search?: string; state?: string; before?: number; limit: number };

/** Runs newest first; `search` looks in questions and titles, `state` is a state or an outcome, `before` a time. */
export async function listRuns(query: RunQuery): Promise<{ runs: RunSummary[]; total: number }> {
	const matching = and(...conditions(query));
	const paged = query.before === undefined ? matching : and(matching, lt(runs.createdAt, query.before));
	const rows = store().select().from(runs).where(paged).orderBy(desc(runs.createdAt)).limit(query.limit).all();
	const total = store().$count(runs, matching);
	return { runs: rows.map(summaryOfRow), total: await total };
}

function conditions({ search, state }: RunQuery): SQL[] {
	const found: SQL[] = [];
	for (const word of search?.trim().split(/\s+/).filter(Boolean) ?? []) {
		const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
		found.push(sql`(${runs.question} like ${pattern} escape '\\' or ${runs.title} like ${pattern} escape '\\')`);
	}
	if (state) found.push(sql`(${runs.state} = ${state} or ${runs.outcome} = ${state})`);
	return found;
}

/** One run's cached summary. */
export async function readSummary(runId: string): Promise<RunSummary | undefined> {
	const row = store().select().from(runs).where(eq(runs.id, runId)).get();
	return row && summaryOfRow(row);
}

function summaryOfRow({ leaseOwner: _, leaseAt: __, crashes: ___, outcome, endedAt, ...row }: RunRow): RunSummary {
	return { ...row, ...(outcome !== null && { outcome }), ...(endedAt !== null && { endedAt }) };
}

/** The state a person sees, where it is not a fact of the journal (queued, waiting, recovering). */
export async function setState(runId: string, state: RunState, detail: string): Promise<void> {
	store().update(runs).set({ state, detail }).where(eq(runs.id, runId)).run();
}

/** Makes every cached summary anew from the journal; returns how many differed. */
export async function rebuildSummaries(): Promise<{ runs: number; changed: number }> {
	const rows = store().select().from(runs).all();
	let changed = 0;
	for (const row of rows) {
		const before = summaryOfRow(row);
		const made = summaryOf(viewOf(await readEvents(row.id)), row.createdAt);
		if (JSON.stringify(sorted(before)) === JSON.stringify(sorted(made))) continue;
		changed++;
		store().update(runs).set(cacheOf(made)).where(eq(runs.id, row.id)).run();
	}
	return { runs: rows.length, changed };
}

const sorted = (summary: RunSummary) => Object.entries(summary).sort(([a], [b]) => (a < b ? -1 : 1));
