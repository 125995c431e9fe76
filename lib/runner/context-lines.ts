import "server-only";
import type { ContextMessage, FoldedMessages } from "../trajectory/context-view";
import type { Message } from "../trajectory/messages";
import { isMasked, kindOf, type Sized, tokensOf } from "./context-sizes";
import type { ContextMoment, Withdrawn } from "./context-walk";

const HEAD = 160;
/** Messages shown before and after the fold, and how many there must be between them. */
const FIRST = 2;
const LAST = 100;
const LEAST_FOLDED = 10;

type Against = { before: readonly Message[] | undefined; scale: number };

/** Every message of a request in order, and the rolled-back replies between them. */
export function linesOf(moment: ContextMoment, shown: readonly Sized[], { before, scale }: Against): ContextMessage[] {
	const known = before && new Set(before);
	const lines = shown.map((sized, at): ContextMessage => {
		const { message, text, tokens } = sized;
		const turn = "turn" in message && message.turn > 0 ? message.turn : undefined;
		const call = turn === undefined ? undefined : moment.calls.get(turn);
		const masked = isMasked(sized);
		const isNew = known !== undefined && !known.has(message);
		return {
			n: at + 1,
			kind: kindOf(message),
			...(turn !== undefined && { turn }),
			...(call && { call: call.n, tool: call.tool }),
			state: masked ? "masked" : "kept",
			...(isNew && { change: masked && before && at < before.length ? ("masked" as const) : ("added" as const) }),
			head: text.slice(0, HEAD),
			chars: text.length,
			tokens: Math.round(tokens),
		};
	});
	return withWithdrawn(lines, moment.withdrawn, scale);
}

/** Rolled-back replies stand where they would have stood. */
function withWithdrawn(lines: ContextMessage[], withdrawn: readonly Withdrawn[], scale: number): ContextMessage[] {
	const all = [...lines];
	for (const { turn, after, content } of withdrawn.toReversed()) {
		const tokens = Math.round(tokensOf(content, scale));
		const line: ContextMessage = {
			kind: "reply",
			turn,
			state: "rolled_back",
			head: content.slice(0, HEAD),
			chars: content.length,
			tokens,
		};
		const place = all.findIndex(({ n }) => n !== undefined && n > after);
		all.splice(place < 0 ? all.length : place, 0, line);
	}
	return all;
}

/** What lies between the first messages and the last hundred, in one line. */
export function folded(lines: ContextMessage[]): { messages: ContextMessage[]; folded?: FoldedMessages } {
	const hidden = lines.slice(FIRST, -LAST);
	if (hidden.length < LEAST_FOLDED) return { messages: lines };
	const calls = hidden.map(({ call }) => call).filter((call) => call !== undefined);
	return {
		messages: [...lines.slice(0, FIRST), ...lines.slice(-LAST)],
		folded: {
			messages: hidden.length,
			fromCall: Math.min(...calls),
			toCall: Math.max(...calls),
			masked: hidden.filter(({ state }) => state === "masked").length,
			tokens: hidden.reduce((all, { tokens, state }) => all + (state === "rolled_back" ? 0 : tokens), 0),
		},
	};
}
