import type { SearchFaultKind } from "../../agent/tool";
import type { SearchProvider } from "./provider";

/** Why a provider gave no results. `message` is one sentence of ours: nothing of what was sent or came back is in it. */
export class SearchFault extends Error {
	readonly kind: SearchFaultKind;
	/** How long the provider asked to be left alone. */
	readonly retryAfterMs: number | undefined;

	constructor(kind: SearchFaultKind, message: string, retryAfterMs?: number) {
		super(message);
		this.name = "SearchFault";
		this.kind = kind;
		this.retryAfterMs = retryAfterMs;
	}
}

export function faultOf(
	{ name, setting, words }: Pick<SearchProvider, "name" | "setting" | "words">,
	kind: SearchFaultKind,
	{ status, retryAfterMs }: { status?: number; retryAfterMs?: number | undefined } = {},
): SearchFault {
	const said = words?.[kind] ?? SENTENCES[kind]({ name, setting, status });
	return new SearchFault(kind, said, retryAfterMs);
}

type Facts = { name: string; setting: string; status: number | undefined };

const SENTENCES: Record<SearchFaultKind, (facts: Facts) => string> = {
	unauthorized: ({ name, setting }) => `${name} refuses access. Check ${setting}.`,
	quota: ({ name }) => `The quota at ${name} is used up.`,
	rate_limit: ({ name }) => `${name} is limiting requests. Try again later.`,
	refused: ({ name, status }) => `${name} does not accept this query (status ${status}).`,
	server: ({ name, status = 0 }) =>
		status >= 200 && status < 300 ? `${name} cannot answer now.` : `${name} answered with status ${status}.`,
	timeout: ({ name }) => `${name} did not answer in time.`,
	unreachable: ({ name }) => `${name} could not be reached.`,
	unreadable: ({ name }) => `The answer of ${name} could not be read.`,
};

/** What a status means where the provider's own words say nothing else. */
export function kindOfStatus(status: number): SearchFaultKind | undefined {
	if (status >= 200 && status < 300) return undefined;
	if (status === 401 || status === 403) return "unauthorized";
	if (status === 402) return "quota";
	if (status === 429) return "rate_limit";
	if (status === 408) return "timeout";
	return status === 400 || status === 422 ? "refused" : "server";
}
