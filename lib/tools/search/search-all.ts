import "server-only";
import type { WebHit, WebQuery, WebResults, WebSearcher } from "../../agent/tool";
import { askProvider, PATIENCE, type Patience } from "./ask-provider";
import type { SearchProvider } from "./provider";
import { SearchFault } from "./search-fault";

/** Without `hits`, the provider sat this one out. */
type Answered = { provider: string; hits?: WebHit[]; notes: string[] } | WebResults["failed"][number];

/** One search with several providers at once. One that fails is named beside what the others found. */
export function searchAll(providers: readonly SearchProvider[], patience: Patience = PATIENCE): WebSearcher {
	return {
		async search(query, signal) {
			const answers = await Promise.all(providers.map((provider) => answerOf(provider, query, signal, patience)));
			const results: WebResults = { lists: [], notes: [], failed: [] };
			for (const answer of answers) {
				if ("kind" in answer) results.failed.push(answer);
				else {
					results.notes.push(...answer.notes.map((note) => `${answer.provider}: ${note}.`));
					if (answer.hits) results.lists.push({ provider: answer.provider, hits: answer.hits });
				}
			}
			return results;
		},
	};
}

async function answerOf(
	provider: SearchProvider,
	query: WebQuery,
	signal: AbortSignal,
	patience: Patience,
): Promise<Answered> {
	try {
		const told = await askProvider(provider, query, signal, patience);
		const { name } = provider;
		return "sitsOut" in told
			? { provider: name, notes: [`not asked, it ${told.sitsOut}`] }
			: { provider: name, ...told };
	} catch (error) {
		if (!(error instanceof SearchFault)) throw error;
		return { provider: provider.name, kind: error.kind, message: error.message };
	}
}
