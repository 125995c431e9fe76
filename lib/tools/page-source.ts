import "server-only";
import type { PageText, ToolContext } from "../agent/tool";
import type { Source } from "../trajectory/event";
import { isBlocked } from "./blocked";

export type Opened = { page: PageText; hash: string } | { problem: string };

/** Reads a page from the library, else from the web, and stores its text for citations. */
export async function openPage(address: string, context: ToolContext): Promise<Opened> {
	if (isBlocked(address, context.blockedHosts)) {
		return { problem: "This site is blocked for this run. Look for another source." };
	}
	const kept = await context.library.open(address);
	if (kept) return { page: kept, hash: await context.storeBody(kept.text) };
	if (!/^https?:\/\//i.test(address))
		return { problem: "The library holds no such document, and this is no web address." };
	if (!context.web) return { problem: "This page is not in the library, and reading the web is switched off." };
	const page = await context.web.read(address, context.signal);
	return { page, hash: await context.storeBody(page.text) };
}

/** A read page as a source that citations can point to. */
export const sourceOf = ({ url, title, docId, date }: PageText, hash: string): Source => ({
	url,
	title,
	opened: true,
	hash,
	...(docId && { docId }),
	...(date && { date }),
});
