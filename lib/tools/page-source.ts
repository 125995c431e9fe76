import "server-only";
import type { PageText, ToolContext } from "../agent/tool";
import type { Source } from "../trajectory/event";
import { repairedAddress } from "../web/address";
import { boundsProblem, isOutOfBounds } from "../web/site-bounds";

export type Opened = { page: PageText; hash: string } | { problem: string };

/** Reads a page from the library, else from the web, and stores its text for citations. */
export async function openPage(address: string, context: ToolContext): Promise<Opened> {
	const blocked = { ...context, allowedHosts: [] };
	const kept = isOutOfBounds(address, blocked) ? undefined : await context.library.open(address);
	if (kept && !isOutOfBounds(kept.url, blocked)) {
		return { page: kept, hash: await context.storeBody(kept.text, kept.url) };
	}
	const problem = boundsProblem(kept?.url ?? address, context);
	return problem === undefined ? await fromWeb(repairedAddress(address), context) : { problem };
}

async function fromWeb(address: string, context: ToolContext): Promise<Opened> {
	if (!/^https?:\/\//i.test(address)) {
		return {
			problem: "The library holds no such document, and this is no web address. Give the whole of it, with https://.",
		};
	}
	const problem = boundsProblem(address, context);
	if (problem !== undefined) return { problem };
	if (!context.web) return { problem: "This page is not in the library, and reading the web is switched off." };
	const page = await context.web.read(address, context.signal);
	const movedTo = boundsProblem(page.url, context);
	if (movedTo !== undefined) return { problem: `The page has moved to another site. ${movedTo}` };
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

/** What a line about a page adds when its scripts were run: its stored text is the page as rendered. */
export const renderedNote = ({ rendered }: PageText): string => (rendered ? `, ${rendered}` : "");
