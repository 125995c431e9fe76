import "server-only";
import { answerTo, jsonOf } from "./ask-provider";
import type { SearchProvider } from "./provider";
import { faultOf, kindOfStatus, SearchFault } from "./search-fault";

/** Whether a provider would answer, found out by a request that searches nothing. */
export type ProviderFinding = { ok: boolean; detail: string; ms: number };

export async function probeProvider(provider: SearchProvider, waitMs: number): Promise<ProviderFinding> {
	const since = performance.now();
	const problem = await problemOf(provider, waitMs);
	const ms = Math.round(performance.now() - since);
	return { ok: problem === undefined, detail: problem?.message ?? `${provider.name} answers.`, ms };
}

async function problemOf(provider: SearchProvider, waitMs: number): Promise<SearchFault | undefined> {
	const { request, isWell } = provider.probe;
	const answer = await answerTo(provider, request, new AbortController().signal, waitMs);
	if (answer instanceof SearchFault) return answer;
	const { status } = answer;
	const json = jsonOf(answer.text);
	if (isWell?.(status, json)) return undefined;
	const kind = provider.faultOf?.(status, json) ?? kindOfStatus(status);
	return kind && faultOf(provider, kind, { status });
}
