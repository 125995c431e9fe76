import "server-only";
import type { WebReader } from "../agent/tool";
import { env } from "../env";
import type { RunEvent } from "../trajectory/event";
import { readPage } from "../web/read-page";
import type { Bounds } from "../web/site-bounds";
import { WebError } from "../web/web-error";

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : url);

/** Web pages a run has opened so far, each address once. */
function openedIn(past: readonly RunEvent[]): Set<string> {
	const opened = new Set<string>();
	for (const event of past) {
		if (event.type !== "tool.returned") continue;
		for (const source of event.sources) if (source.opened && !source.docId) opened.add(source.url);
	}
	return opened;
}

/**
 * The web as one run may read it: so many pages in all, so many of one host, what it read before counted. A page that it
 * has read is the same text again, whatever part of it is asked for, and counts once.
 */
export function pageReader(past: readonly RunEvent[], bounds: Bounds, read = readPage): WebReader {
	const { PAGES_PER_HOST, PAGES_PER_RUN } = env();
	const asked = openedIn(past);
	const perHost = new Map<string, number>();
	for (const url of asked) perHost.set(hostOf(url), (perHost.get(hostOf(url)) ?? 0) + 1);
	return {
		read: async (url, signal) => {
			if (asked.has(url)) return read(url, signal, { again: true, bounds });
			const host = hostOf(url);
			const ofHost = perHost.get(host) ?? 0;
			if (ofHost >= PAGES_PER_HOST) throw spent(`${ofHost} pages of ${host}, the most it may read of one host`);
			if (asked.size >= PAGES_PER_RUN) throw spent(`${asked.size} web pages, the most it may read`);
			asked.add(url);
			perHost.set(host, ofHost + 1);
			return read(url, signal, { bounds });
		},
	};
}

const spent = (what: string): WebError =>
	new WebError("allowance", `This run has read ${what}. Use what it has read, or look elsewhere.`);
