import type { Purpose } from "./event";
import type { Retention } from "./settings";

export type ContextKind = "system" | "task" | "steer" | "answer" | "failure_summary" | "reply" | "result";

/** One message of a request, or one that is not in it any more. Tokens are estimates scaled to the server's count. */
export type ContextMessage = {
	/** Place in the request, from 1; absent for a reply that was rolled back. */
	n?: number;
	kind: ContextKind;
	turn?: number;
	/** Number of the turn's first kept call. */
	call?: number;
	tool?: string;
	state: "kept" | "masked" | "rolled_back";
	/** What became of it since the request before. */
	change?: "added" | "masked";
	/** Beginning of its text as sent. */
	head: string;
	chars: number;
	tokens: number;
};

/** Messages in the middle that are told in one line. */
export type FoldedMessages = { messages: number; fromCall: number; toCall: number; masked: number; tokens: number };

/** What a retention policy would have kept at this request. `fullAt`: the call at which its prompt outgrew the window. */
export type PolicyCost = { retention: Retention; results: number; tokens: number; fullAt?: number };

/** Whether the request, rebuilt from the events, is the one that was sent; absent hashes were not there to compare. */
export type HashCheck = { rebuilt: string; sent?: string };

/** Exactly what the model saw at one turn, beside what it saw before and what it did not see. Sizes in tokens. */
export type ContextView = {
	turn: number;
	call?: number;
	purpose: Purpose;
	retention: Retention;
	/** The policy shown is not the one that was used: nothing was sent like this. */
	isSupposed: boolean;
	/** The first messages, then those after the fold. */
	messages: ContextMessage[];
	folded?: FoldedMessages;
	/** Messages in the request. */
	count: number;
	tokens: {
		total: number;
		window: number;
		system: number;
		question: number;
		thoughts: number;
		results: number;
		placeholders: number;
		keptResults: number;
		maskedResults: number;
		/** The server did not count this prompt. */
		estimated: boolean;
	};
	hash: HashCheck;
	since?: {
		turn: number;
		call?: number;
		added: number;
		addedTokens: number;
		masked: number;
		maskedTokens: number;
		removed: number;
		removedTokens: number;
	};
	/** The beginning that is the same as before: what the server's cache can serve. `reported` is what it says it did. */
	reuse?: { tokens: number; upTo: number; reported?: number };
	policies: PolicyCost[];
	outside: { maskedTokens: number; rolledBack: number; rolledBackTokens: number; later: number };
};

/** The policies that are set beside the one in use: MiroThinker's, a wider one, batches, everything. */
export const COMPARED: readonly Retention[] = [
	{ policy: "keep-last", k: 5 },
	{ policy: "keep-last", k: 20 },
	{ policy: "keep-last-batched", k: 5, batch: 10 },
	{ policy: "keep-all" },
];

export const samePolicy = (a: Retention, b: Retention): boolean =>
	a.policy === b.policy &&
	(a.policy === "keep-all" || b.policy === "keep-all" || a.k === b.k) &&
	(a.policy !== "keep-last-batched" || b.policy !== "keep-last-batched" || a.batch === b.batch);
