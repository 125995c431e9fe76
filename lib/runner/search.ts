import "server-only";
import type { WebSearcher } from "../agent/tool";
import { env } from "../env";
import { brave } from "../tools/search/brave";
import { type ProviderFinding, probeProvider } from "../tools/search/probe-provider";
import { PROVIDER_IDS, type ProviderId, type SearchProvider } from "../tools/search/provider";
import { searchAll } from "../tools/search/search-all";
import { searxng } from "../tools/search/searxng";
import { serper } from "../tools/search/serper";
import { tavily } from "../tools/search/tavily";
import { wikipedia } from "../tools/search/wikipedia";

/** What one provider says of itself. `setting` is the one to look at when it is not well. */
export type SearchFinding = ProviderFinding & { provider: ProviderId; name: string; setting: string };

/** How long a provider of the internet is believed: looking costs it a request. */
const FRESH_MS = 300_000;
const LOCAL_FRESH_MS = 10_000;

type Seen = { at: number; finding: Promise<SearchFinding> };
type Held = { soundingsSearchSeen?: Map<ProviderId, Seen> };

/** The provider behind a name; undefined when the setting it needs is not set. */
function providerOf(id: ProviderId): SearchProvider | undefined {
	const { SEARXNG_URL, SERPER_API_KEY, SERPER_BASE_URL, BRAVE_API_KEY, BRAVE_PER_SECOND, TAVILY_API_KEY } = env();
	switch (id) {
		case "serper":
			return SERPER_API_KEY === undefined ? undefined : serper(SERPER_API_KEY.reveal(), SERPER_BASE_URL);
		case "brave":
			return BRAVE_API_KEY === undefined
				? undefined
				: brave({ apiKey: BRAVE_API_KEY.reveal(), perSecond: BRAVE_PER_SECOND });
		case "tavily":
			return TAVILY_API_KEY === undefined ? undefined : tavily(TAVILY_API_KEY.reveal());
		case "searxng":
			return SEARXNG_URL === undefined ? undefined : searxng(SEARXNG_URL);
		case "wikipedia":
			return wikipedia();
		default:
			return id satisfies never;
	}
}

const SETTING_OF: Record<ProviderId, string> = {
	serper: "SERPER_API_KEY",
	brave: "BRAVE_API_KEY",
	tavily: "TAVILY_API_KEY",
	searxng: "SEARXNG_URL",
	wikipedia: "SEARCH_PROVIDERS",
};

/** Named ones, or all that a key or an address was given for: what needs neither is not asked unless it is named. */
function wantedProviders(): ProviderId[] {
	const named = env().SEARCH_PROVIDERS;
	if (named) return PROVIDER_IDS.filter((id) => named.includes(id));
	return PROVIDER_IDS.filter((id) => id !== "wikipedia" && providerOf(id) !== undefined);
}

const chosenProviders = (): SearchProvider[] => wantedProviders().flatMap((id) => providerOf(id) ?? []);

/** The names of the providers that a search asks, as people know them; none when the web is not searched. */
export const searchedWith = (): string[] => chosenProviders().map(({ name }) => name);

/** What searches the web for a run; undefined when no provider is set up. */
export function webSearcher(): WebSearcher | undefined {
	const providers = chosenProviders();
	return providers.length > 0 ? searchAll(providers) : undefined;
}

/**
 * Asks every provider that is wanted whether it would answer, by requests that search nothing; each is waited for
 * `waitMs` at most. What was seen of one on the internet is believed for five minutes.
 */
export function probeSearch(waitMs: number): Promise<SearchFinding[]> {
	const held = globalThis as Held;
	held.soundingsSearchSeen ??= new Map();
	const known = held.soundingsSearchSeen;
	const now = performance.now();
	return Promise.all(
		wantedProviders().map((id) => {
			const seen = known.get(id);
			if (seen && now - seen.at < (id === "searxng" ? LOCAL_FRESH_MS : FRESH_MS)) return seen.finding;
			const finding = findingOf(id, waitMs);
			known.set(id, { at: now, finding });
			return finding;
		}),
	);
}

/** What was seen is not believed any more: settings have changed. */
export function forgetSearch(): void {
	delete (globalThis as Held).soundingsSearchSeen;
}

/** The providers that a search asks, by the names of the setting. */
export const searchedIds = (): string[] => wantedProviders();

/** Asks one provider now, whatever was seen of it before. */
export async function tryProvider(name: string, waitMs: number): Promise<SearchFinding | undefined> {
	const id = PROVIDER_IDS.find((known) => known === name);
	return id && findingOf(id, waitMs);
}

async function findingOf(id: ProviderId, waitMs: number): Promise<SearchFinding> {
	const provider = providerOf(id);
	const setting = SETTING_OF[id];
	if (provider) return { provider: id, name: provider.name, setting, ...(await probeProvider(provider, waitMs)) };
	const isNamed = env().SEARCH_PROVIDERS?.includes(id) ?? false;
	const detail = isNamed ? `SEARCH_PROVIDERS names ${id}, but ${setting} is not set.` : `${setting} is not set.`;
	return { provider: id, name: id, setting, ok: false, detail, ms: 0 };
}
