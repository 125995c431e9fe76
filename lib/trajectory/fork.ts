import { z } from "zod";
import { type AgentEvent, type AgentEventOf, type ForkChange, type RunEvent, storable } from "./event";
import { retentionSchema, sitesSchema } from "./settings";
import { isVisible, typed } from "./typed";

const MAX_TEXT = 200_000;
const calls = z.int("A whole number.").min(1, "At least 1 call.").max(50_000, "At most 50,000 calls.").optional();
const text = z
	.string()
	.overwrite(storable)
	.max(MAX_TEXT, `At most ${MAX_TEXT.toLocaleString("en")} characters.`);

/** What a person may ask of a fork; `call` counts kept calls from 1, `calls` is the budget from there on. */
export const forkInputSchema = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("from_call"),
		call: z.int().min(1),
		thought: text.optional(),
		args: z.record(z.string(), z.unknown()).optional(),
		result: text.optional(),
		preset: z.string().optional(),
		/** A model the server lists. */
		model: z.string().max(500).optional(),
		retention: retentionSchema.optional(),
		onlySites: sitesSchema.optional(),
		neverSites: sitesSchema.optional(),
		calls,
	}),
	z.object({ kind: z.literal("answer_now"), call: z.int().min(1) }),
	z.object({
		kind: z.literal("follow_up"),
		question: typed()
			.min(3, "The question needs at least 3 characters.")
			.max(20_000)
			.refine(isVisible, "The question shows no letter. Write it out."),
		/** Ids of files that were sent for this question. */
		attachments: z.array(z.string()).optional(),
		calls,
	}),
	z.object({
		kind: z.literal("again"),
		samples: z.int("A whole number.").min(1, "At least 1.").max(8, "At most 8 at a time."),
	}),
	z.object({ kind: z.literal("recorded_tools") }),
]);

export type ForkInput = z.input<typeof forkInputSchema>;
export type Fork = z.infer<typeof forkInputSchema>;
export type ForkFromCall = Extract<Fork, { kind: "from_call" }>;
export type ForkResult = { ok: true; runIds: string[] } | { ok: false; field: string; message: string };

/** The turn of a kept call: its events, and the call itself. */
export type TurnAt = {
	turn: number;
	replied: AgentEventOf<"model.replied"> & { seq: number };
	returned: AgentEventOf<"tool.returned"> & { seq: number };
	/** The last event of the turn: a fork after it leaves no call without its result. */
	endSeq: number;
};

/** Finds the n-th kept call in a run's events. Undefined when there is none or it has no result yet. */
export function turnAtCall(events: readonly RunEvent[], n: number): TurnAt | undefined {
	const turn = turnOfCall(events, n);
	if (!turn) return undefined;
	let replied: TurnAt["replied"] | undefined;
	let returned: TurnAt["returned"] | undefined;
	let endSeq = 0;
	for (const event of events) {
		if (!("turn" in event) || event.turn !== turn.turn) continue;
		if (event.type === "model.replied") replied = event;
		if (event.type === "tool.returned") endSeq = event.seq;
		if (event.type === "tool.returned" && event.callId === turn.callId) returned = event;
	}
	return replied && returned && { turn: turn.turn, replied, returned, endSeq };
}

function turnOfCall(events: readonly RunEvent[], n: number): { turn: number; callId: string } | undefined {
	const kept: { turn: number; callId: string }[] = [];
	for (const event of events) {
		if (event.type === "tool.called") kept.push({ turn: event.turn, callId: event.callId });
		if (event.type !== "turn.rolled_back") continue;
		while (kept.at(-1)?.turn === event.turn) kept.pop();
	}
	return kept[n - 1];
}

/**
 * The last event before `endSeq` after which no turn is open: one without a reply, or with calls that were never run,
 * cannot be part of what a model reads next.
 */
export function settledBefore(events: readonly RunEvent[], endSeq: number): number {
	const before = events.filter(({ seq }) => seq < endSeq);
	const opener = before.findLast((event) => event.type === "turn.started");
	if (!opener) return endSeq - 1;
	const own = before.filter((event) => "turn" in event && event.turn === opener.turn);
	const reply = own.findLast((event) => event.type === "model.replied");
	const returned = new Set(own.flatMap((event) => (event.type === "tool.returned" ? [event.callId] : [])));
	const isDone =
		own.some(({ type }) => type === "turn.rolled_back") || reply?.calls.every(({ id }) => returned.has(id)) === true;
	return (isDone ? endSeq : opener.seq) - 1;
}

/** Where a fork leaves its parent, and the edited event that comes first. */
export type Parting = { cut: number; changes: ForkChange[]; edited?: AgentEvent };

/** An edited result replaces the recorded one; an edited thought or argument replaces the reply, which then acts anew. */
export function partingOf(
	at: TurnAt,
	edits: Pick<ForkFromCall, "thought" | "args" | "result">,
	rewrite: (reply: AgentEventOf<"model.replied">, edits: ReplyEdits) => AgentEventOf<"model.replied">,
): Parting {
	const { thought, args, result } = edits;
	if (thought !== undefined || args !== undefined) {
		const reply = bare(at.replied);
		const edited = rewrite(reply, {
			callId: at.returned.callId,
			...(thought !== undefined && { thought }),
			...(args !== undefined && { args }),
		});
		const changes: ForkChange[] = [
			...(thought !== undefined ? ["thought" as const] : []),
			...(args !== undefined ? ["arguments" as const] : []),
		];
		return { cut: at.replied.seq - 1, changes, edited };
	}
	if (result === undefined) return { cut: at.endSeq, changes: [] };
	const edited = { ...bare(at.returned), text: result, summary: result.slice(0, 120), status: "ok" as const };
	return { cut: at.returned.seq - 1, changes: ["result"], edited };
}

export type ReplyEdits = { callId: string; thought?: string; args?: Record<string, unknown> };

function bare<T extends object>(event: T): Omit<T, "runId" | "seq" | "at"> & T {
	const { runId: _, seq: __, at: ___, ...payload } = event as T & { runId?: string; seq?: number; at?: number };
	return payload as Omit<T, "runId" | "seq" | "at"> & T;
}
