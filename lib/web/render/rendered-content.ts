import "server-only";
import { env } from "../../env";
import { extractHtml } from "../extract";
import type { FetchOptions, Guard } from "../guarded-fetch";
import type { ExtractedPage } from "../html";
import { VERDICT_TEXT } from "../page-verdict";
import type { Bounds } from "../site-bounds";
import { type Chromium, sharedChromium } from "./chromium";
import type { Traffic } from "./egress-proxy";
import { RenderFault } from "./render-fault";
import { renderPage } from "./render-page";

const MOST_NAMED = 5;

type Rendering = {
	guard: Guard;
	bounds: Bounds;
	admit: NonNullable<FetchOptions["admit"]>;
	signal: AbortSignal;
};
type Content = { ok: true; page: ExtractedPage } | { ok: false; problem: string };

/**
 * A page as Chromium shows it, through the same extraction as any other; why not, as sentences for the model; undefined
 * where rendering is off. The host is asked as for any reading: robots.txt, then its turn. Throws `WebError`.
 */
export async function renderedContent(
	url: string,
	{ admit, signal, ...passage }: Rendering,
	chromium: Chromium = sharedChromium(),
): Promise<Content | undefined> {
	const { READ_RENDER, READ_RENDER_SECONDS } = env();
	if (READ_RENDER === "off") return undefined;
	const leave = await admit(new URL(url), signal);
	try {
		const made = await renderPage(url, chromium, { ...passage, signal, totalMs: READ_RENDER_SECONDS * 1000 });
		if (new URL(made.url).origin !== new URL(url).origin) (await admit(new URL(made.url), signal))();
		const { verdict, ...page } = await extractHtml(made.html, made.url);
		if (verdict && verdict !== "script_only") return { ok: false, problem: VERDICT_TEXT[verdict] };
		const note = `rendered with Chromium${refusedNote(made.traffic)}`;
		if (verdict || page.text.trim() === "") return { ok: false, problem: `The page shows nothing even when ${note}.` };
		return { ok: true, page: { ...page, url: made.url, rendered: note } };
	} catch (error) {
		if (!(error instanceof RenderFault)) throw error;
		return { ok: false, problem: `The page is made by its scripts. ${error.message} ${error.remedy}` };
	} finally {
		leave();
	}
}

function refusedNote({ refused, named }: Traffic): string {
	if (refused === 0) return "";
	const more = named.length > MOST_NAMED ? " and others" : "";
	return `; ${refused} of its requests refused (${named.slice(0, MOST_NAMED).join(", ")}${more})`;
}
