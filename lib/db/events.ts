import "server-only";
import { and, asc, eq, gte, lte, sql } from "drizzle-orm";
import { mayBringFiles } from "../trajectory/asking";
import { type AgentEvent, agentEventSchema, type RunEvent, storable } from "../trajectory/event";
import { bodyOf, RESULT_HEAD, type RunSummary, type SlimEvent, slim } from "../trajectory/packet";
import { type Store, store } from "./client";
import { type JournalPart, journalPartOf, lineageOf } from "./lineage";
import { cacheOf } from "./run-cache";
import { events, runs } from "./schema";

/** Somebody else appended first, or runs the run by now: the caller's fold is out of date and must stop. */
export class JournalConflict extends Error {
	constructor(runId: string, expectedSeq: number) {
		super(`The journal of run ${runId} does not end at event ${expectedSeq}, or another process goes on with it.`);
		this.name = "JournalConflict";
	}
}

type Statements = ReturnType<typeof prepare>;
const prepared = new WeakMap<Store, Statements>();

function prepare(db: Store) {
	const insert = db.insert(events).values({
		runId: sql.placeholder("runId"),
		seq: sql.placeholder("seq"),
		at: sql.placeholder("at"),
		type: sql.placeholder("type"),
		json: sql.placeholder("json"),
		body: sql.placeholder("body"),
	});
	const last = db
		.select({ seq: sql<number>`coalesce(max(${events.seq}), 0)` })
		.from(events)
		.where(eq(events.runId, sql.placeholder("runId")));
	const lease = db
		.select({ owner: runs.leaseOwner })
		.from(runs)
		.where(eq(runs.id, sql.placeholder("runId")));
	return { insert: insert.prepare(), last: last.prepare(), lease: lease.prepare() };
}

function statements(db: Store): Statements {
	const known = prepared.get(db) ?? prepare(db);
	prepared.set(db, known);
	return known;
}

export type AppendOptions = {
	/** Folds the events in, inside the transaction, and says whether the run's cached summary changed. */
	summarise?: ((stamped: readonly RunEvent[]) => RunSummary | undefined) | undefined;
	/** Appends only while this owner holds the run's lease. */
	owner?: string | undefined;
};

/**
 * Appends events after `expectedSeq`, stamped with sequence and time, and refreshes the run's cached summary, in one
 * transaction that is on disk when this resolves. Throws `JournalConflict`, before anything was folded, when the
 * journal does not end there or the lease is somebody else's by now.
 */
export async function appendEvents(
	runId: string,
	expectedSeq: number,
	added: readonly AgentEvent[],
	{ summarise, owner }: AppendOptions = {},
): Promise<RunEvent[]> {
	const db = store();
	const { insert, last, lease } = statements(db);
	const at = Date.now();
	const stamped = added.map((event, index) => ({
		...agentEventSchema.parse(event),
		runId,
		seq: expectedSeq + index + 1,
		at,
	}));
	db.transaction(
		(tx) => {
			if (last.get({ runId })?.seq !== expectedSeq) throw new JournalConflict(runId, expectedSeq);
			if (owner !== undefined && lease.get({ runId })?.owner !== owner) throw new JournalConflict(runId, expectedSeq);
			const summary = summarise?.(stamped);
			for (const event of stamped) insert.run(rowOf(event));
			if (summary) tx.update(runs).set(cacheOf(summary)).where(eq(runs.id, runId)).run();
		},
		{ behavior: "immediate" },
	);
	return stamped;
}

/** The long text goes into its own column; the rest is JSON, so that rows are read without it. */
export function rowOf(event: RunEvent) {
	const { runId, seq, at, type, ...payload } = event;
	const body = bodyOf(event);
	const bare: Record<string, unknown> = { ...payload };
	if (type === "model.replied") delete bare.content;
	if (type === "tool.returned") delete bare.text;
	if (mayBringFiles(event)) delete bare.attached;
	return { runId, seq, at, type, json: JSON.stringify(bare), body: body === undefined ? null : storable(body) };
}

/** A stored event; `body` holds its long text. */
export type EventRow = { runId: string; seq: number; at: number; type: string; json: string; body: string | null };

/** Joins a stored event; throws, naming it, when it is not one. */
export function eventOf({ runId, seq, at, type, json, body }: EventRow): RunEvent {
	const bare = { ...JSON.parse(json), type };
	if (type === "model.replied") bare.content = body ?? "";
	if (type === "tool.returned") bare.text = body ?? "";
	if ((type === "run.started" || type === "run.forked") && body !== null) bare.attached = body;
	const event = agentEventSchema.safeParse(bare);
	if (event.success) return { ...event.data, runId, seq, at };
	const [issue] = event.error.issues;
	throw new Error(`Event ${seq} of run ${runId} is damaged: ${type}, ${issue?.path.join(".")}: ${issue?.message}`);
}

const within = ({ runId, from, to }: JournalPart) =>
	and(eq(events.runId, runId), gte(events.seq, from), lte(events.seq, to));

/** Reads the parts of a journal one after another, until there are `limit` rows (−1: all). */
function readParts<T>(
	runId: string,
	{ afterSeq, limit }: { afterSeq: number; limit: number },
	read: (part: JournalPart, limit: number) => T[],
): T[] {
	const found: T[] = [];
	for (const part of lineageOf(runId)) {
		const from = Math.max(part.from, afterSeq + 1);
		if (from > part.to) continue;
		const wanted = limit < 0 ? -1 : limit - found.length;
		if (wanted === 0) break;
		for (const row of read({ ...part, from }, wanted)) found.push(row);
	}
	return found;
}

/** The run's events after `afterSeq`, whole and validated; the first `limit` of them when one is given. */
export async function readEvents(runId: string, afterSeq = 0, limit = -1): Promise<RunEvent[]> {
	return readParts(runId, { afterSeq, limit }, (part, wanted) =>
		store()
			.select()
			.from(events)
			.where(within(part))
			.orderBy(asc(events.seq))
			.limit(wanted)
			.all()
			.map((row) => eventOf({ ...row, runId })),
	);
}

type SlimRow = Omit<EventRow, "runId"> & { chars: number | null };

/** Columns of a slim event, results cut to `RESULT_HEAD` characters before they leave the database. */
const SLIM_PAGE = `
select seq, at, type, json,
	case type when 'tool.returned' then substr(body, 1, ${RESULT_HEAD}) when 'run.started' then null when 'run.forked' then null else body end as body,
	case when type = 'tool.returned' then length(body) end as chars
from events where run_id = ? and seq between ? and ? order by seq limit ?`;

/**
 * At most `limit` events after `afterSeq`, bodies cut to what a row shows. They were validated when they were written
 * and are not a second time, and the statement is the driver's own: a run of 5,000 calls is read in a third of a second.
 */
export async function readSlimEvents(runId: string, afterSeq: number, limit: number): Promise<SlimEvent[]> {
	const page = store().$client.prepare<[string, number, number, number], SlimRow>(SLIM_PAGE);
	return readParts(runId, { afterSeq, limit }, (part, wanted) =>
		page.all(part.runId, part.from, part.to, wanted).map((row) => slimOf(runId, row)),
	);
}

function slimOf(runId: string, { seq, at, type, json, body, chars }: SlimRow): SlimEvent {
	const bare = { type, ...JSON.parse(json) };
	if (type === "model.replied") bare.content = body ?? "";
	if (type === "tool.returned") bare.text = body ?? "";
	const event: RunEvent = { ...bare, runId, seq, at };
	return chars !== null && body !== null && chars > body.length ? { ...event, cut: chars } : slim(event);
}

/** The long text of one event; undefined when there is no such event or it has none. */
export async function readBody(runId: string, seq: number): Promise<string | undefined> {
	const part = journalPartOf(runId, seq);
	if (!part) return undefined;
	const row = store()
		.select({ body: events.body })
		.from(events)
		.where(and(eq(events.runId, part.runId), eq(events.seq, seq)))
		.get();
	return row?.body ?? undefined;
}

/** Gives a run the past it shares with its parent as its own, so that the parent may go. */
export function ownPast(runId: string): void {
	const shared = lineageOf(runId).filter((part) => part.runId !== runId);
	for (const { runId: writer, from, to } of shared) {
		store().run(
			sql`insert into ${events} (run_id, seq, at, type, json, body) select ${runId}, seq, at, type, json, body from ${events} where run_id = ${writer} and seq between ${from} and ${to}`,
		);
	}
	store().update(runs).set({ parentId: null, parentSeq: null }).where(eq(runs.id, runId)).run();
}
