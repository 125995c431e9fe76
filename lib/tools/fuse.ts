import type { Organic } from "./results";

/** Constant of reciprocal rank fusion, as in its paper (Cormack, Clarke, Büttcher 2009). */
const RANK_CONSTANT = 60;

/** Merges ranked lists by reciprocal rank; a page that several found counts once, with all its ranks. */
export function fuse(...lists: Organic[][]): Organic[] {
	const ranked = new Map<string, { result: Organic; score: number }>();
	for (const list of lists) {
		const seen = new Set<string>();
		for (const result of list) {
			const key = pageKey(result.link);
			if (seen.has(key)) continue;
			seen.add(key);
			const known = ranked.get(key);
			const score = (known?.score ?? 0) + 1 / (RANK_CONSTANT + seen.size);
			ranked.set(key, { result: known ? { ...result, ...known.result } : result, score });
		}
	}
	return [...ranked.values()].sort((a, b) => b.score - a.score).map(({ result }) => result);
}

/** Parameters that say where a visitor came from, not what is shown. */
const TRACKING = /^(utm_\w+|gclid|fbclid|msclkid|yclid|igshid|mc_[ce]id|ref_src|srsltid)$/i;

/** Equal for addresses of the same page: scheme, www, tracking, fragment and a last slash do not make another one. */
export function pageKey(link: string): string {
	if (!/^https?:/i.test(link) || !URL.canParse(link)) return link;
	const url = new URL(link);
	for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
	url.searchParams.sort();
	const host = url.host.replace(/^www\./, "");
	const fragment = /^#!?\//.test(url.hash) ? url.hash : "";
	return `${host}${url.pathname.replace(/\/+$/, "")}${url.search}${fragment}`;
}
