import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflate, inflate, inflateSync } from "node:zlib";
import { and, eq, ne, sql } from "drizzle-orm";
import { type Store, store } from "./client";
import { pages, runPages } from "./schema";

const deflated = promisify(deflate);
const inflated = promisify(inflate);

/** Stores a page's text once, whoever reads it; returns the SHA-256 of the text (hex). */
export async function storePage(text: string): Promise<string> {
	const bytes = Buffer.from(text, "utf8");
	const hash = createHash("sha256").update(bytes).digest("hex");
	const known = store().select({ hash: pages.hash }).from(pages).where(eq(pages.hash, hash)).get();
	if (known) return hash;
	const row = { hash, chars: text.length, deflated: await deflated(bytes), createdAt: Date.now() };
	store().insert(pages).values(row).onConflictDoNothing().run();
	return hash;
}

type ReadByRun = { runId: string; url: string; text: string; maxBytes: number };

/**
 * Stores a page that a run has read and counts it as the run's; beyond `maxBytes` of compressed texts the run's oldest
 * pages that none of its answers cites are let go, never the one just read. `dropped` says how many.
 */
export async function storePageOf({
	runId,
	url,
	text,
	maxBytes,
}: ReadByRun): Promise<{ hash: string; dropped: number }> {
	const hash = await storePage(text);
	const dropped = store().transaction(
		(tx) => {
			const size = tx.get<{ bytes: number }>(sql`select length(deflated) as bytes from ${pages} where hash = ${hash}`);
			const row = { runId, hash, url, bytes: size?.bytes ?? 0, readAt: Date.now() };
			tx.insert(runPages)
				.values(row)
				.onConflictDoUpdate({ target: [runPages.runId, runPages.hash], set: { url } })
				.run();
			return letGo(tx, runId, hash, maxBytes);
		},
		{ behavior: "immediate" },
	);
	return { hash, dropped };
}

type Transaction = Parameters<Parameters<Store["transaction"]>[0]>[0];

/** An answer is a reply without calls; it cites a page by writing its address. */
const UNCITED = sql`not exists (
	select 1 from events e where e.run_id = run_pages.run_id and e.type = 'model.replied'
	and json_array_length(e.json, '$.calls') = 0 and instr(e.body, run_pages.url) > 0)`;

/** Whether another run needs the text: one that has read it, or a fork of this one, whose past is this run's. */
const NEEDED_ELSEWHERE = (runId: string, hash: string) => sql`
	exists (select 1 from run_pages where hash = ${hash} and run_id <> ${runId})
	or exists (select 1 from runs where parent_id = ${runId})`;

function letGo(tx: Transaction, runId: string, newest: string, maxBytes: number): number {
	const sum = sql<number>`coalesce(sum(${runPages.bytes}), 0)`;
	let over = (tx.select({ sum }).from(runPages).where(eq(runPages.runId, runId)).get()?.sum ?? 0) - maxBytes;
	if (over <= 0) return 0;
	const oldest = tx
		.select({ hash: runPages.hash, bytes: runPages.bytes })
		.from(runPages)
		.where(and(eq(runPages.runId, runId), ne(runPages.hash, newest), UNCITED))
		.orderBy(runPages.readAt, sql`rowid`)
		.all();
	let dropped = 0;
	for (const { hash, bytes } of oldest) {
		if (over <= 0) break;
		tx.run(sql`delete from pages where hash = ${hash} and not (${NEEDED_ELSEWHERE(runId, hash)})`);
		tx.delete(runPages)
			.where(and(eq(runPages.runId, runId), eq(runPages.hash, hash)))
			.run();
		over -= bytes;
		dropped++;
	}
	return dropped;
}

/** A stored page's text as it was read. */
export async function readPage(hash: string): Promise<string | undefined> {
	const kept = deflatedPage(hash);
	return kept && (await inflated(kept)).toString("utf8");
}

/** The same without a wait, for work in a thread of its own: unpacking holds up whatever else runs there. */
export function readPageNow(hash: string): string | undefined {
	const kept = deflatedPage(hash);
	return kept && inflateSync(kept).toString("utf8");
}

const deflatedPage = (hash: string): Buffer | undefined =>
	store().select({ deflated: pages.deflated }).from(pages).where(eq(pages.hash, hash)).get()?.deflated;
