import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflate, inflate, inflateSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { store } from "./client";
import { pages } from "./schema";

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
