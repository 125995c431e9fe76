import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import { and, desc, eq, gt, isNull, like, or, type SQL, sql } from "drizzle-orm";
import type { PublishScope, Snapshot, SnapshotPart } from "../trajectory/snapshot";
import { store } from "./client";
import { runs, shareParts, shares } from "./schema";

const deflated = promisify(deflate);
const inflated = promisify(inflate);

/** 256 bits from the system's generator, base64url. */
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export type NewShare = {
	runId: string;
	/** The last event that the snapshot knows. */
	seq: number;
	snapshot: Snapshot;
	parts: ReadonlyMap<SnapshotPart, string>;
	/** Epoch ms; absent: until it is revoked. */
	expiresAt?: number;
};

/** One link as its owner sees it; the token is not kept, so the link itself cannot be shown again. */
export type ShareFacts = {
	id: string;
	scope: PublishScope;
	createdAt: number;
	expiresAt?: number;
	revokedAt?: number;
	views: number;
	viewedAt?: number;
};

/** Keeps a snapshot and returns the token that opens it; only its hash is stored. */
export async function createShare(share: NewShare): Promise<{ token: string; id: string }> {
	const token = randomBytes(TOKEN_BYTES).toString("base64url");
	const tokenHash = hashOf(token);
	const id = randomBytes(16).toString("hex");
	const { runId, seq, snapshot, expiresAt = null } = share;
	const parts: (typeof shareParts.$inferInsert)[] = [];
	for (const [name, text] of share.parts) parts.push({ tokenHash, name, deflated: await deflated(text) });
	const row = { tokenHash, id, runId, seq, snapshot, expiresAt, scope: snapshot.scope, createdAt: Date.now() };
	store().transaction(
		(tx) => {
			tx.insert(shares).values(row).run();
			for (const part of parts) tx.insert(shareParts).values(part).run();
		},
		{ behavior: "immediate" },
	);
	return { token, id };
}

/**
 * What a token opens. Undefined, and nothing tells why, when there is no such link, it has expired or was revoked, or
 * its run was deleted.
 */
export async function readShare(token: string): Promise<{ id: string; snapshot: Snapshot } | undefined> {
	if (!TOKEN.test(token)) return undefined;
	return openShares(eq(shares.tokenHash, hashOf(token))).get();
}

/** One long text of what a token opens. */
export async function readSharePart(token: string, name: string): Promise<string | undefined> {
	if (!TOKEN.test(token)) return undefined;
	const row = store()
		.select({ deflated: shareParts.deflated })
		.from(shareParts)
		.innerJoin(shares, eq(shares.tokenHash, shareParts.tokenHash))
		.innerJoin(runs, eq(runs.id, shares.runId))
		.where(isOpen(and(eq(shareParts.tokenHash, hashOf(token)), eq(shareParts.name, name as SnapshotPart))))
		.get();
	return row && (await inflated(row.deflated)).toString("utf8");
}

/** The numbers of the events whose whole text a token opens (`body/SEQ`), in their order; none when it opens nothing. */
export async function listShareBodies(token: string): Promise<number[]> {
	if (!TOKEN.test(token)) return [];
	const names = store()
		.select({ name: shareParts.name })
		.from(shareParts)
		.innerJoin(shares, eq(shares.tokenHash, shareParts.tokenHash))
		.innerJoin(runs, eq(runs.id, shares.runId))
		.where(isOpen(and(eq(shareParts.tokenHash, hashOf(token)), like(shareParts.name, "body/%"))))
		.all();
	return names.map(({ name }) => Number(name.slice("body/".length))).sort((a, b) => a - b);
}

/** What a preview image may tell: the snapshot of a link that is open, by the link's id. */
export async function readSharePreview(id: string): Promise<Snapshot | undefined> {
	return openShares(eq(shares.id, id)).get()?.snapshot;
}

export async function countView(token: string): Promise<void> {
	store()
		.update(shares)
		.set({ views: sql`${shares.views} + 1`, viewedAt: Date.now() })
		.where(eq(shares.tokenHash, hashOf(token)))
		.run();
}

/** The links of a run, newest first, the ended ones too. */
export async function listShares(runId: string): Promise<ShareFacts[]> {
	const rows = store()
		.select({
			id: shares.id,
			scope: shares.scope,
			createdAt: shares.createdAt,
			expiresAt: shares.expiresAt,
			revokedAt: shares.revokedAt,
			views: shares.views,
			viewedAt: shares.viewedAt,
		})
		.from(shares)
		.where(eq(shares.runId, runId))
		.orderBy(desc(shares.createdAt))
		.all();
	return rows.map(({ expiresAt, revokedAt, viewedAt, ...facts }) => ({
		...facts,
		...(expiresAt !== null && { expiresAt }),
		...(revokedAt !== null && { revokedAt }),
		...(viewedAt !== null && { viewedAt }),
	}));
}

/** Ends a link at once and drops its texts; its line in the list stays. False when there is no such open link. */
export async function revokeShare(runId: string, id: string): Promise<boolean> {
	return store().transaction(
		(tx) => {
			const wanted = and(eq(shares.runId, runId), eq(shares.id, id), isNull(shares.revokedAt));
			const found = tx.select({ tokenHash: shares.tokenHash }).from(shares).where(wanted).get();
			if (!found) return false;
			tx.update(shares).set({ revokedAt: Date.now() }).where(wanted).run();
			tx.delete(shareParts).where(eq(shareParts.tokenHash, found.tokenHash)).run();
			return true;
		},
		{ behavior: "immediate" },
	);
}

const openShares = (which: SQL) =>
	store()
		.select({ id: shares.id, snapshot: shares.snapshot })
		.from(shares)
		.innerJoin(runs, eq(runs.id, shares.runId))
		.where(isOpen(which))
		.limit(1);

/** Of the links meant, those that open: not revoked, not past their date, their run not deleted. */
const isOpen = (which: SQL | undefined) =>
	and(
		which,
		isNull(shares.revokedAt),
		or(isNull(shares.expiresAt), gt(shares.expiresAt, Date.now())),
		isNull(runs.deletedAt),
	);

/** The token has 256 random bits: a plain hash of it cannot be guessed back, and equal hashes are found by index. */
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
