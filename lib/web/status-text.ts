/** Longest a site is left alone at its own wish, seconds. */
const MOST_WAIT_S = 600;

const SENTENCES: Record<number, string> = {
	204: "The site answered that there is nothing to show.",
	205: "The site answered that there is nothing to show.",
	206: "The site sent only a part of the page.",
	304: "The site answered that the page has not changed, which was not asked.",
	401: "The site asks for a login.",
	402: "The site asks for a payment.",
	403: "The site refuses to show this page.",
	404: "The site has no such page.",
	410: "The page is gone for good.",
	418: "The site refuses to answer programs.",
	429: "The site asks for fewer requests.",
	451: "The page is withheld for legal reasons.",
	503: "The site is overloaded or closed for now.",
};

/** One sentence for an answer that is no page; undefined for one that is. */
export function statusProblem(status: number): string | undefined {
	const known = SENTENCES[status];
	if (known) return `${known} (${status})`;
	if (status >= 200 && status < 300) return undefined;
	if (status >= 500 && status < 600) return `The site failed. (${status})`;
	return status >= 400 && status < 500 ? `The site refused the request. (${status})` : `The site answered ${status}.`;
}

/** How long a site wants to be left alone, milliseconds, at most ten minutes: seconds or a date. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
	if (header === undefined) return undefined;
	const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MOST_WAIT_S * 1000) : undefined;
}
