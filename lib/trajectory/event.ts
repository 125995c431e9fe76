import { z } from "zod";
import { ROLLBACK_REASONS } from "./rollback";
import { runSettingsSchema } from "./settings";

/** Tokens of one model request. `cachedTokens` is the part of `inputTokens` the server took from its prefix cache. */
const usageSchema = z.object({
	inputTokens: z.number(),
	outputTokens: z.number(),
	cachedTokens: z.number().optional(),
	reasoningTokens: z.number().optional(),
	/** True when the server sent no usage and these are our own counts. */
	estimated: z.boolean().optional(),
});

const toolCallSchema = z.object({
	id: z.string(),
	server: z.string().optional(),
	name: z.string(),
	args: z.record(z.string(), z.unknown()),
});

/** A page or document that a tool saw. `opened`: its text was read, so that a citation may point to it. */
const sourceSchema = z.object({
	url: z.string(),
	title: z.string(),
	opened: z.boolean(),
	docId: z.string().optional(),
	/** SHA-256 of the stored text, when there is one (`bodies`). */
	hash: z.string().optional(),
	date: z.string().optional(),
});

/**
 * A file that a call left and the run keeps. `type` is told by its bytes, `hash` the SHA-256 (hex) under which it is
 * kept; empty where the file was not passed on with the run.
 */
const runFileSchema = z.object({
	name: z.string(),
	type: z.string(),
	bytes: z.int().min(0),
	hash: z.string(),
	width: z.int().min(1).optional(),
	height: z.int().min(1).optional(),
});

/** A file of a question. `chars`: length of its text, 0 where it has none; `hash` SHA-256 of its bytes, hex. */
export const attachmentSchema = z.object({
	id: z.uuid(),
	name: z.string(),
	type: z.string(),
	bytes: z.int().min(1),
	hash: z.string(),
	chars: z.int().min(0),
	/** Its text was longer than what is kept of one file. */
	cut: z.boolean().optional(),
	/** A picture that the model is shown with the question. */
	shown: z.literal(true).optional(),
});

const rollbackReasonSchema = z.enum(ROLLBACK_REASONS);

const outcomeSchema = z.enum([
	"answered",
	"forced",
	"turn_limit",
	"call_limit",
	"context_limit",
	"time_limit",
	"token_limit",
	"cancelled",
	"failed",
]);

/** What went wrong with one model request; decides whether and when it is tried again (`agent/fault.ts`). */
const faultClassSchema = z.enum([
	"refused",
	"reset",
	"timeout",
	"busy",
	"rate_limit",
	"server_error",
	"stream_error",
	"truncated",
	"overflow",
	"bad_request",
	"unauthorized",
	"not_found",
	"unexpected",
]);

/** What a forked run does differently from the run it came from. */
const forkChangeSchema = z.enum([
	"thought",
	"arguments",
	"result",
	"settings",
	"answer_now",
	"follow_up",
	"recorded_tools",
	"sample",
]);

/** The run a fork came from, and the last event they share. */
const parentSchema = z.object({ runId: z.string(), seq: z.int().min(1) });

/** The run and the call that a sub-agent works for. */
const spawnerSchema = z.object({ runId: z.string(), callId: z.string() });

/** A person's judgement; `none` takes an earlier one back. */
const labelSchema = z.enum(["good", "bad", "none"]);

const purposeSchema = z.enum(["research", "answer", "failure_summary"]);
const finishSchema = z.enum(["stop", "tool_calls", "length", "content_filter", "abort", "repetition", "unknown"]);
const turn = z.int().min(1);

/**
 * Everything that can happen in a run, one kind a fact. A body (reply or result text) stands in exactly one event.
 * `turn` numbers every sampled reply of the run from 1 and is never reused, so a rolled-back reply keeps its number.
 */
export const agentEventSchema = z.discriminatedUnion("type", [
	z.object({
		type: z.literal("run.started"),
		version: z.literal(1),
		question: z.string(),
		settings: runSettingsSchema,
		parent: parentSchema.optional(),
		/** This run is a sub-agent's. */
		spawnedBy: spawnerSchema.optional(),
		/** The first question of the thread, when this run asks a further one (`run.forked`). */
		task: z.string().optional(),
		/** What was agreed with the model before the first call: a person's answers to its questions, and the plan. */
		plan: z.string().optional(),
		/** The files of the first question of the thread. */
		attachments: z.array(attachmentSchema).optional(),
		/** What the first message says of them, as sent: their texts, each as far as it fits. */
		attached: z.string().optional(),
	}),
	/** Where a run leaves the past it shares with its parent; the events before it are the parent's own. */
	z.object({
		type: z.literal("run.forked"),
		parent: parentSchema,
		changes: z.array(forkChangeSchema),
		/** A further question on a finished run, asked with all that was found before. */
		followUp: z.string().optional(),
		/** The files that came with the further question. */
		attachments: z.array(attachmentSchema).optional(),
		/** What its message says of them, as sent. */
		attached: z.string().optional(),
	}),
	z.object({ type: z.literal("run.paused"), detail: z.string() }),
	z.object({ type: z.literal("run.resumed"), detail: z.string() }),
	z.object({ type: z.literal("attempt.started"), attempt: z.int().min(1), carried: z.string().optional() }),
	z.object({ type: z.literal("turn.started"), turn, purpose: purposeSchema }),
	z.object({
		type: z.literal("model.requested"),
		turn,
		/** Result messages, oldest first, whose text was replaced by the placeholder. */
		masked: z.int().min(0),
		messages: z.int().min(1),
		maxTokens: z.int().optional(),
		requestHash: z.string(),
	}),
	z.object({
		type: z.literal("model.failed"),
		turn,
		fault: faultClassSchema,
		message: z.string(),
		status: z.int().optional(),
		/** Epoch milliseconds of the next try; absent when it is not tried again. */
		retryAt: z.number().optional(),
	}),
	z.object({
		type: z.literal("model.replied"),
		turn,
		/** Verbatim: with the text protocol, think block and tool-call block are inside. */
		content: z.string(),
		/** The separate reasoning field, where the server splits it off. */
		reasoning: z.string().optional(),
		calls: z.array(toolCallSchema),
		/** Calls that stood inside the think block and were not run (decision D6). */
		callsInThink: z.int().optional(),
		finish: finishSchema,
		usage: usageSchema,
		ttftMs: z.number().optional(),
		ms: z.number(),
		serverModel: z.string().optional(),
	}),
	z.object({ type: z.literal("turn.rolled_back"), turn, reason: rollbackReasonSchema, detail: z.string() }),
	z.object({
		type: z.literal("tool.called"),
		turn,
		callId: z.string(),
		name: z.string(),
		/** The arguments as run, when repair changed what the model wrote. */
		repaired: z.record(z.string(), z.unknown()).optional(),
	}),
	z.object({
		type: z.literal("tool.returned"),
		turn,
		callId: z.string(),
		status: z.enum(["ok", "error", "empty"]),
		/** What the model reads. */
		text: z.string(),
		/** What the screen shows: one line. */
		summary: z.string(),
		sources: z.array(sourceSchema),
		files: z.array(runFileSchema).optional(),
		ms: z.number(),
	}),
	/** A sub-agent works on this call, in a run of its own. */
	z.object({ type: z.literal("subagent.started"), turn, callId: z.string(), child: z.string() }),
	/** A call of a tool that asks first waits for a person. Nothing has been done yet. */
	z.object({ type: z.literal("approval.asked"), turn, callId: z.string() }),
	z.object({
		type: z.literal("approval.decided"),
		turn,
		callId: z.string(),
		approved: z.boolean(),
		/** What the model is told with a refusal. */
		note: z.string().optional(),
		/** Allowed for all further calls of this tool in this run too. */
		further: z.boolean().optional(),
	}),
	z.object({ type: z.literal("user.steered"), text: z.string() }),
	z.object({
		type: z.literal("run.ended"),
		outcome: outcomeSchema,
		detail: z.string(),
		/** The turn whose reply holds the answer. */
		answerTurn: z.int().optional(),
		boxed: z.string().optional(),
	}),
	z.object({ type: z.literal("score.recorded"), scorer: z.string(), value: z.number(), reason: z.string() }),
	/** A note or a label on the run, or on the row whose result (else whose turn) has the sequence number `target`. */
	z.object({
		type: z.literal("note.added"),
		target: z.int().optional(),
		text: z.string(),
		label: labelSchema.optional(),
	}),
	z.object({
		type: z.literal("run.edited"),
		title: z.string().optional(),
		tags: z.array(z.string()).optional(),
		archived: z.boolean().optional(),
	}),
]);

export type AgentEvent = z.infer<typeof agentEventSchema>;
export type AgentEventOf<T extends AgentEvent["type"]> = Extract<AgentEvent, { type: T }>;
export type ToolCall = z.infer<typeof toolCallSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type RunFile = z.infer<typeof runFileSchema>;
export type Attachment = z.infer<typeof attachmentSchema>;
export type Usage = z.infer<typeof usageSchema>;
export type Outcome = z.infer<typeof outcomeSchema>;
export type FaultClass = z.infer<typeof faultClassSchema>;
export type FinishReason = z.infer<typeof finishSchema>;
export type RollbackReason = z.infer<typeof rollbackReasonSchema>;
export type ForkChange = z.infer<typeof forkChangeSchema>;
export type Parent = z.infer<typeof parentSchema>;
export type Spawner = z.infer<typeof spawnerSchema>;
export type Label = z.infer<typeof labelSchema>;
export type Purpose = z.infer<typeof purposeSchema>;

/**
 * A text as it can be stored and sent alike: SQLite's text functions stop at NUL, and UTF-8 has no lone surrogates;
 * both become U+FFFD before the text is used anywhere, so that what was stored is what the model saw.
 */
export const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "\ufffd");

/** A recorded event: the runner, never the agent, stamps identity, order (`seq` from 1, no gaps) and time (epoch ms). */
export type RunEvent = AgentEvent & { runId: string; seq: number; at: number };

/** Streams past, is never stored: the reply as it is written, the progress of a tool. */
export type LiveEvent =
	| { type: "model.delta"; turn: number; part: "reasoning" | "text" | "call"; text: string }
	| { type: "tool.progressed"; turn: number; callId: string; text: string };
