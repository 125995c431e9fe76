import type { SearchFaultKind, WebHit, WebQuery } from "../../agent/tool";
import type { ServiceRequest } from "../../web/configured-fetch";

/** The search providers there are, as `SEARCH_PROVIDERS` names them. */
export const PROVIDER_IDS = ["serper", "brave", "tavily", "searxng", "wikipedia"] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** What is sent for a query and, for the model, what of it could not be said; or why the provider sits this one out. */
export type Prepared = { request: ServiceRequest; notes: string[] } | { sitsOut: string };

/**
 * One search service: how a query is put to it and how its answer is read. All that is common (pace, patience, faults,
 * what is forgotten of an answer) stands in `ask-provider.ts`, so that a provider is a table of differences.
 */
export type SearchProvider = {
	id: ProviderId;
	/** As people know it. */
	name: string;
	/** The setting to look at when it refuses us. */
	setting: string;
	/** Least time between two requests of this process, milliseconds. */
	paceMs: number;
	prepare(query: WebQuery): Prepared;
	/** The hits of a good answer from `url`, texts as sent; undefined when it does not have the documented form. */
	read(answer: unknown, url: URL): WebHit[] | undefined;
	/** What an answer says beyond its status; undefined leaves it to the status. */
	faultOf?(status: number, answer: unknown): SearchFaultKind | undefined;
	/** Sentences that name the remedy better than the common ones. */
	words?: Partial<Record<SearchFaultKind, string>>;
	/** A request that costs nothing; `isWell` says of what answer all is well, where 200 is not the sign. */
	probe: { request: ServiceRequest; isWell?(status: number, answer: unknown): boolean };
};
