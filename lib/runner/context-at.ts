import "server-only";
import { readEvents } from "../db/events";
import { journalPartOf } from "../db/lineage";
import { COMPARED, type ContextView, type PolicyCost, samePolicy } from "../trajectory/context-view";
import type { AgentEventOf, RunEvent } from "../trajectory/event";
import type { Message } from "../trajectory/messages";
import type { Retention } from "../trajectory/settings";
import { folded, linesOf } from "./context-lines";
import { isMasked, kindOf, partsOf, type Sized, sizes, sum, textOf, tokensOf } from "./context-sizes";
import { type ContextMoment, rebuiltHash, visibleUnder, walkTo } from "./context-walk";

export type Supposition = {
	/** A supposed policy instead of the run's own. */
	retention?: Retention | undefined;
	/** Nothing is folded. */
	whole?: boolean | undefined;
};

/**
 * What the model saw at a turn, rebuilt from the events by the loop's own functions. A turn that a fork shares with its
 * parent was asked with the parent's settings, so it is rebuilt from the parent's journal. Undefined when that turn
 * asked nothing.
 */
export async function contextAt(
	runId: string,
	turn: number,
	query: Supposition = {},
): Promise<ContextView | undefined> {
	const events = await journalOf(runId, turn);
	const moment = walkTo(events, turn);
	return moment && contextView(moment, events, query);
}

/** The text of the n-th message (from 1) of a turn's request, exactly as sent; undefined when there is none. */
export async function contextText(
	runId: string,
	turn: number,
	n: number,
	{ retention }: Supposition = {},
): Promise<string | undefined> {
	const moment = walkTo(await journalOf(runId, turn), turn);
	const message = moment && visibleUnder(moment, retention)[n - 1];
	return message && textOf(moment, message);
}

type Kept = { runId: string; lastSeq: number; events: RunEvent[] };
type Held = { soundingsContext?: Kept[] };
const MOST_JOURNALS = 4;

/** The events of the run that asked at this turn. The last few journals stay at hand; only what is new is read. */
async function journalOf(runId: string, turn: number): Promise<RunEvent[]> {
	const events = await keptEvents(runId);
	const asked = events.findLast((event) => event.type === "model.requested" && event.turn === turn);
	const writer = asked && journalPartOf(runId, asked.seq)?.runId;
	return writer === undefined || writer === runId ? events : keptEvents(writer);
}

async function keptEvents(runId: string): Promise<RunEvent[]> {
	const held = globalThis as Held;
	held.soundingsContext ??= [];
	const known = held.soundingsContext.find((kept) => kept.runId === runId);
	const fresh = await readEvents(runId, known?.lastSeq ?? 0);
	const events = fresh.length === 0 && known ? known.events : [...(known?.events ?? []), ...fresh];
	const kept = { runId, lastSeq: events.at(-1)?.seq ?? 0, events };
	held.soundingsContext = [kept, ...held.soundingsContext.filter((other) => other.runId !== runId)].slice(
		0,
		MOST_JOURNALS,
	);
	return events;
}

function contextView(moment: ContextMoment, events: readonly RunEvent[], query: Supposition): ContextView {
	const { memory, settings, requested, calls } = moment;
	const { turn } = requested;
	const reply = events.find(
		(event): event is RunEvent & AgentEventOf<"model.replied"> => event.type === "model.replied" && event.turn === turn,
	);
	const counted = reply && !reply.usage.estimated ? reply.usage.inputTokens : undefined;
	const isSupposed = query.retention !== undefined && !samePolicy(query.retention, settings.retention);
	const own = sizes(moment, visibleUnder(moment), 1);
	const scale = counted === undefined ? 1 : counted / Math.max(1, sum(own));
	const shown = sizes(moment, visibleUnder(moment, query.retention), scale);
	const full = sizes(moment, memory.conversation.messages, scale);
	const sent = isSupposed ? sizes(moment, visibleUnder(moment), scale) : shown;
	const before = isSupposed ? undefined : moment.before;
	const lines = linesOf(moment, shown, { before: before?.visible, scale });
	const call = calls.get(turn)?.n ?? (requested ? moment.made + 1 : undefined);
	return {
		turn,
		...(memory.conversation.purpose === "research" && call !== undefined && { call }),
		purpose: memory.conversation.purpose,
		retention: query.retention ?? settings.retention,
		isSupposed,
		...(query.whole ? { messages: lines } : folded(lines)),
		count: shown.length,
		tokens: {
			...partsOf(shown, full),
			total: isSupposed || counted === undefined ? sum(shown) : counted,
			window: settings.contextTokens,
			estimated: counted === undefined,
		},
		hash: { rebuilt: rebuiltHash(moment), sent: requested.requestHash },
		...(before && { since: sinceOf(moment, sent, before, full) }),
		...(before && { reuse: reuseOf(sent, before.visible, reply?.usage.cachedTokens) }),
		policies: policiesOf(moment, scale, full),
		outside: outsideOf(moment, { shown, full, scale, later: laterThan(events, requested.seq) }),
	};
}

function sinceOf(
	moment: ContextMoment,
	sent: readonly Sized[],
	before: { turn: number; visible: Message[] },
	full: readonly Sized[],
): NonNullable<ContextView["since"]> {
	const known = new Set(before.visible);
	const now = new Set(sent.map(({ message }) => message));
	const fresh = sent.flatMap((sized, at) => (known.has(sized.message) ? [] : [{ sized, at }]));
	const masked = fresh.filter(({ sized, at }) => isMasked(sized) && at < before.visible.length);
	const added = fresh.filter((each) => !masked.includes(each));
	const gone = before.visible.filter((message, at) => !now.has(message) && !masked.some((each) => each.at === at));
	const saved = masked.reduce((all, { sized, at }) => all + (full[at]?.tokens ?? 0) - sized.tokens, 0);
	const call = moment.calls.get(before.turn)?.n;
	return {
		turn: before.turn,
		...(call !== undefined && { call }),
		added: added.length,
		addedTokens: sum(added.map(({ sized }) => sized)),
		masked: masked.length,
		maskedTokens: Math.round(saved),
		removed: gone.length,
		removedTokens: sum(sizes(moment, gone, 1)),
	};
}

/** The server's cache can serve the messages up to the first one that differs from the request before. */
function reuseOf(
	sent: readonly Sized[],
	before: readonly Message[],
	reported: number | undefined,
): NonNullable<ContextView["reuse"]> {
	let upTo = 0;
	while (upTo < sent.length && sent[upTo]?.message === before[upTo]) upTo++;
	return { tokens: sum(sent.slice(0, upTo)), upTo, ...(reported !== undefined && { reported }) };
}

function policiesOf(moment: ContextMoment, scale: number, full: readonly Sized[]): PolicyCost[] {
	const { settings } = moment;
	const compared = [settings.retention, ...COMPARED.filter((other) => !samePolicy(other, settings.retention))];
	return compared.map((retention) => {
		const visible = sizes(moment, visibleUnder(moment, retention), scale);
		const results = visible.filter((sized) => kindOf(sized.message) === "result" && !isMasked(sized)).length;
		const fullAt = retention.policy === "keep-all" ? outgrownAt(moment, full) : undefined;
		return { retention, results, tokens: sum(visible), ...(fullAt !== undefined && { fullAt }) };
	});
}

/** The call whose result no longer leaves room for a reply, when nothing is masked. */
function outgrownAt({ settings, calls }: ContextMoment, full: readonly Sized[]): number | undefined {
	const room = settings.contextTokens - (settings.sampling.max_tokens ?? 0);
	let total = 0;
	for (const { message, tokens } of full) {
		total += tokens;
		if (total > room) return "turn" in message ? calls.get(message.turn)?.n : undefined;
	}
	return undefined;
}

type Outside = { shown: readonly Sized[]; full: readonly Sized[]; scale: number; later: number };

function outsideOf({ withdrawn }: ContextMoment, { shown, full, scale, later }: Outside): ContextView["outside"] {
	const masked = shown.reduce((all, sized, at) => all + (isMasked(sized) ? (full[at]?.tokens ?? 0) : 0), 0);
	const rolledBack = withdrawn.reduce((all, { content }) => all + tokensOf(content, scale), 0);
	return {
		maskedTokens: Math.round(masked),
		rolledBack: withdrawn.length,
		rolledBackTokens: Math.round(rolledBack),
		later,
	};
}

/** Replies and results that came after this request: the model had not seen them yet. */
const laterThan = (events: readonly RunEvent[], seq: number): number =>
	events.filter((event) => event.seq > seq && (event.type === "model.replied" || event.type === "tool.returned"))
		.length;
