import "server-only";
import CachePolicy from "http-cache-semantics";
import type { PageText } from "../agent/tool";
import type { Fetched } from "./guarded-fetch";

const CACHE_ENTRIES = 200;
const CACHE_CHARS = 50_000_000;

/** `within`: the sites that the scripts of a rendered page could reach; a run with others is not given it. */
type Entry = { page: PageText; policy: CachePolicy; within: string };

const asked = (url: string): CachePolicy.Request => ({ url, method: "GET", headers: {} });

/** Pages as they were read, by the address that was asked for, with what their sites say of keeping them (RFC 9111). */
export class PageCache {
	readonly #entries = new Map<string, Entry>();
	#chars = 0;

	/** The page, when its site would let it be shown again without asking. */
	fresh(url: string, within = ""): PageText | undefined {
		const entry = this.#entry(url, within);
		return entry?.policy.satisfiesWithoutRevalidation(asked(url)) ? entry.page : undefined;
	}

	/** The page however old it is. */
	any(url: string, within = ""): PageText | undefined {
		return this.#entry(url, within)?.page;
	}

	/** Headers that ask the site whether the kept page still holds; none when it gave nothing to ask by. */
	question(url: string, within = ""): Record<string, string> {
		const headers = this.#entry(url, within)?.policy.revalidationHeaders(asked(url)) ?? {};
		const { "if-none-match": tag, "if-modified-since": since } = headers;
		return { ...(tag && { "if-none-match": String(tag) }), ...(since && { "if-modified-since": String(since) }) };
	}

	/** The kept page, when the site's answer to that question is that it still holds. */
	confirmed(url: string, { status, headers }: Fetched): PageText | undefined {
		const entry = this.#entries.get(url);
		if (!entry || status !== 304) return undefined;
		entry.policy = entry.policy.revalidatedPolicy(asked(url), { status, headers }).policy;
		return entry.page;
	}

	/** Keeps a page; the oldest go when there are too many. */
	keep(url: string, page: PageText, { status, headers }: Fetched, within = ""): void {
		this.#drop(url);
		const policy = new CachePolicy(asked(url), { status, headers }, { shared: false });
		this.#entries.set(url, { page, policy, within });
		this.#chars += page.text.length;
		for (const [oldest] of this.#entries) {
			if (this.#entries.size <= CACHE_ENTRIES && this.#chars <= CACHE_CHARS) return;
			this.#drop(oldest);
		}
	}

	#entry(url: string, within: string): Entry | undefined {
		const entry = this.#entries.get(url);
		return entry?.page.rendered === undefined || entry.within === within ? entry : undefined;
	}

	#drop(url: string): void {
		this.#chars -= this.#entries.get(url)?.page.text.length ?? 0;
		this.#entries.delete(url);
	}
}
