import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { LineMarks } from "../trajectory/line-marks";
import type { Judgement } from "../trajectory/notes";
import type { RunState } from "../trajectory/run-state";
import type { PublishScope, Snapshot, SnapshotPart } from "../trajectory/snapshot";

/**
 * One row a run: a cache of the fold (rebuilt by `npm run rebuild-runs`) and the lease of the process that runs it.
 * Times are epoch milliseconds.
 */
export const runs = sqliteTable(
	"runs",
	{
		id: text().primaryKey(),
		question: text().notNull(),
		title: text().notNull(),
		preset: text().notNull(),
		model: text().notNull(),
		answerMode: text("answer_mode").$type<"report" | "boxed">().notNull(),
		state: text().$type<RunState>().notNull(),
		outcome: text(),
		detail: text().notNull(),
		calls: integer().notNull(),
		budget: integer().notNull(),
		turns: integer().notNull(),
		sources: integer().notNull(),
		line: text({ mode: "json" }).$type<LineMarks>().notNull(),
		createdAt: integer("created_at").notNull(),
		endedAt: integer("ended_at"),
		leaseOwner: text("lease_owner"),
		leaseAt: integer("lease_at"),
		/** Times the process died while it ran this run, since the last kept turn. */
		crashes: integer().notNull(),
		/** The run this one shares its past with, and the last event they share; null once that past is its own. */
		parentId: text("parent_id"),
		parentSeq: integer("parent_seq"),
		/** The run and the call that a sub-agent works for; null for a run that a person asked for. */
		spawnedBy: text("spawned_by"),
		spawnedCall: text("spawned_call"),
		tags: text({ mode: "json" }).$type<string[]>().notNull().default([]),
		archived: integer({ mode: "boolean" }).notNull().default(false),
		notes: integer().notNull().default(0),
		label: text().$type<Judgement>(),
		/** Deleted, and gone for good once that cannot be taken back any more (`runner/remove.ts`). */
		deletedAt: integer("deleted_at"),
	},
	(table) => [
		index("runs_by_created").on(table.createdAt),
		index("runs_by_state").on(table.state),
		index("runs_by_parent").on(table.parentId),
		index("runs_by_spawner").on(table.spawnedBy, table.spawnedCall),
	],
);

/** The journal: insert only. `body` is the event's one long text, kept apart so that rows are read without it. */
export const events = sqliteTable(
	"events",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		seq: integer().notNull(),
		at: integer().notNull(),
		type: text().notNull(),
		json: text().notNull(),
		body: text(),
	},
	(table) => [
		primaryKey({ columns: [table.runId, table.seq] }),
		/** Few of very many: those that may bring files with a further question. */
		index("events_forked").on(table.runId, table.seq).where(sql`${table.type} = 'run.forked'`),
	],
);

/** Pages as they were read, once by the SHA-256 of their text, deflated. */
export const pages = sqliteTable("pages", {
	hash: text().primaryKey(),
	chars: integer().notNull(),
	deflated: blob({ mode: "buffer" }).notNull(),
	createdAt: integer("created_at").notNull(),
});

/** Which run has read which page, with what the page takes up: a run's pages are capped together. */
export const runPages = sqliteTable(
	"run_pages",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		hash: text().notNull(),
		url: text().notNull(),
		/** Deflated. */
		bytes: integer().notNull(),
		readAt: integer("read_at").notNull(),
	},
	(table) => [primaryKey({ columns: [table.runId, table.hash] }), index("run_pages_by_hash").on(table.hash)],
);

/** Share links: what one shows is frozen in `snapshot` and `share_parts`. Times are epoch milliseconds. */
export const shares = sqliteTable(
	"shares",
	{
		/** SHA-256 (hex) of the token; the token itself is nowhere. */
		tokenHash: text("token_hash").primaryKey(),
		/** Names the link to its owner, and its preview image to everybody; opens nothing. */
		id: text().notNull().unique(),
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		scope: text().$type<PublishScope>().notNull(),
		snapshot: text({ mode: "json" }).$type<Snapshot>().notNull(),
		/** The last event of the run that it knows. */
		seq: integer().notNull(),
		createdAt: integer("created_at").notNull(),
		/** Null: it does not end by itself. */
		expiresAt: integer("expires_at"),
		revokedAt: integer("revoked_at"),
		views: integer().notNull().default(0),
		viewedAt: integer("viewed_at"),
	},
	(table) => [index("shares_by_run").on(table.runId)],
);

/** The long texts of a share, deflated. */
export const shareParts = sqliteTable(
	"share_parts",
	{
		tokenHash: text("token_hash")
			.notNull()
			.references(() => shares.tokenHash, { onDelete: "cascade" }),
		name: text().$type<SnapshotPart>().notNull(),
		deflated: blob({ mode: "buffer" }).notNull(),
	},
	(table) => [primaryKey({ columns: [table.tokenHash, table.name] })],
);

/** Settings saved on the settings page, by the environment variable each stands for. */
export const settings = sqliteTable("settings", {
	variable: text().primaryKey(),
	/** As a variable would hold it; a secret's is encrypted (`runner/sealed.ts`). */
	value: text().notNull(),
	/** The address a secret was entered for: it is sent to no other. Null for what is no secret. */
	sentTo: text("sent_to"),
	savedAt: integer("saved_at").notNull(),
});
