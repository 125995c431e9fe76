import type { RollbackReason, ToolCall } from "../trajectory/event";
import type { RunSettings } from "../trajectory/settings";
import type { Memory, OpenTurn } from "./memory";
import { unreadText } from "./protocol/arguments";
import type { ReadReply } from "./protocol/protocol";
import type { Tool } from "./tool";

export type Verdict = { reason: RollbackReason; detail: string };

/** Upstream lets the fifth problem in a row through (spec §1.1, §1.8.5). */
const MAX_ROLLBACKS = 4;
/** Tries of a reply that was cut or repeats itself, beyond the first (spec §1.6: ten in all). */
const MAX_RESAMPLES = 9;
/** Empty replies in a row before the run fails (decision D14). */
export const MAX_EMPTY = 10;

const REPETITION_CHARS = 50;
const REPETITION_TIMES = 5;

/**
 * A rollback asks the same question again and hopes for another sample, so it is pointless at temperature 0: there
 * the model is told instead (spec §1.8.5).
 */
const resamples = (settings: RunSettings): boolean => settings.sampling.temperature !== 0;

/** Judges a reply before any of its calls is run; the reason to throw it away, if there is one. */
export function judgeReply(memory: Memory, open: OpenTurn, read: ReadReply): Verdict | undefined {
	const { settings, streak } = memory;
	if (!settings || !open.reply) return undefined;
	const broken = brokenReply(open, read, streak.resampled, settings);
	if (broken || open.purpose !== "research") return broken;
	if (streak.rollbacks >= MAX_ROLLBACKS || !resamples(settings) || read.calls.length > 0) return undefined;
	return formatError(read) ?? refusal(read);
}

function brokenReply(open: OpenTurn, read: ReadReply, resampled: number, settings: RunSettings): Verdict | undefined {
	const { content = "", finish } = open.reply ?? {};
	if (resampled < MAX_RESAMPLES && finish === "length") {
		return { reason: "length", detail: "The reply was cut at its token limit; asked again with 10 % more." };
	}
	const said = content.trim() !== "" || read.calls.length > 0 || (open.purpose === "research" && read.malformed);
	if (!said) {
		return { reason: "empty_reply", detail: "The model's reply was empty." };
	}
	return resampled < MAX_RESAMPLES && resamples(settings) && (finish === "repetition" || repeats(content))
		? { reason: "repetition", detail: "The reply repeats itself." }
		: undefined;
}

/** The last 50 characters occur more than 5 times (spec §1.1, repetition detector). */
function repeats(content: string): boolean {
	if (content.length < REPETITION_CHARS) return false;
	const tail = content.slice(-REPETITION_CHARS);
	let times = 0;
	for (let at = content.indexOf(tail); at >= 0; at = content.indexOf(tail, at + tail.length)) times++;
	return times > REPETITION_TIMES;
}

/** Control tags without a readable call (spec §1.8.4). */
const formatError = (read: ReadReply): Verdict | undefined =>
	read.malformed ? { reason: "format", detail: "The tool call could not be read." } : undefined;

const REFUSALS = ["time constraint", "I’m sorry, but I can’t", "I'm sorry, I cannot solve"];

/** Phrases upstream treats as a refusal, looked for in the visible text only (spec §1.8.4, decision D25). */
function refusal(read: ReadReply): Verdict | undefined {
	const phrase = REFUSALS.find((candidate) => read.visible.includes(candidate));
	return phrase ? { reason: "refusal", detail: `The model declined ("${phrase}").` } : undefined;
}

/** Judges the calls of a reply before the first of them is run, so that a turn that will go has no side effects. */
export function judgeCalls(memory: Memory, read: ReadReply, tools: ReadonlyMap<string, Tool>): Verdict | undefined {
	const { settings, streak } = memory;
	if (!settings || streak.rollbacks >= MAX_ROLLBACKS || !resamples(settings)) return undefined;
	const seen = new Map<string, number>();
	for (const call of read.calls) {
		const verdict = judgeCall(call, tools.get(call.name), { used: memory.used, seen });
		if (verdict) return verdict;
	}
	return undefined;
}

type Keys = { used: ReadonlyMap<string, number>; seen: Map<string, number> };

/** Enters the call's key into `seen`, so that a twin in the same turn is found too. */
function judgeCall(call: ToolCall, tool: Tool | undefined, keys: Keys): Verdict | undefined {
	if (!tool) return { reason: "unknown_tool", detail: `There is no tool named ${call.name}.` };
	const args = tool.repair?.(call.args) ?? call.args;
	const wrong = argumentProblem(tool, args);
	if (wrong) return { reason: "format", detail: `Wrong arguments for ${call.name}: ${wrong}` };
	const key = tool.duplicateKey?.(args);
	if (key === undefined) return undefined;
	const before = keys.used.get(key) ?? keys.seen.get(key);
	if (before === 0) return { reason: "duplicate", detail: `Twice the same ${call.name} in one turn.` };
	if (before !== undefined) return { reason: "duplicate", detail: `Same ${call.name} as call ${before}.` };
	keys.seen.set(key, 0);
	return undefined;
}

/** One sentence on what is wrong with the arguments, naming the argument; undefined when they fit the tool's schema. */
export function argumentProblem(tool: Tool, args: Record<string, unknown>): string | undefined {
	const unread = unreadText(args);
	if (unread !== undefined) return `the arguments are no JSON object: ${unread}`;
	const parsed = tool.input.safeParse(args);
	if (parsed.success) return undefined;
	const [issue] = parsed.error.issues;
	return `${issue?.path.join(".") || "arguments"}: ${issue?.message ?? "not valid"}`;
}

/** Judges the results of a turn whose calls have all run: a search that found nothing is asked anew (spec §1.8.7). */
export function judgeResults(memory: Memory, open: OpenTurn): Verdict | undefined {
	const { settings, streak } = memory;
	if (!settings || streak.rollbacks >= MAX_ROLLBACKS || !resamples(settings)) return undefined;
	const empty = open.returned.find(({ status }) => status === "empty");
	const name = empty && open.called.get(empty.callId)?.name;
	return name?.includes("search") ? { reason: "empty_search", detail: "The search found nothing." } : undefined;
}
