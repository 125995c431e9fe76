import "server-only";
import type { PageText, ToolContext } from "../agent/tool";
import type { Source } from "../trajectory/event";
import { repairedAddress } from "../web/address";
import { isBlocked } from "./blocked";

const BLOCKED = "This site is blocked for this run. Look for another source.";

export type Opened = { page: PageText; hash: string } | { problem: string };

/** Reads a page from the library, else from the web, and stores its text for citations. */
export async function openPage(address: string, context: ToolContext): Promise<Opened> {
	if (isBlocked(address, context.blockedHosts)) {
		return { problem: BLOCKED };
	}
	const kept = await context.library.open(address);
	if (kept) return { page: kept, hash: await context.storeBody(kept.text, kept.url) };
	const repaired = repairedAddress(address);
	if (!/^https?:\/\//i.test(repaired)) {
		return {
			problem: "The library holds no such document, and this is no web address. Give the whole of it, with https://.",
		};
	}
	if (isBlocked(repaired, context.blockedHosts)) return { problem: BLOCKED };
	if (!context.web) return { problem: "This page is not in the library, and reading the web is switched off." };
	const page = await context.web.read(repaired, context.signal);
	if (isBlocked(page.url, context.blockedHosts)) return { problem: BLOCKED };
	return { page, hash: await context.storeBody(page.text, page.url) };
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
