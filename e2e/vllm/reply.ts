/** One scripted or invented reply of the stand-in, before it is cut into a stream. */
export type StandInReply = {
	content?: string;
	reasoning?: string;
	calls?: { name: string; args: Record<string, unknown> | string }[];
	finish?: string;
	/** How many deltas the text is cut into; by default one for every four characters. */
	pieces?: number;
	/** Deltas a second of this reply alone. */
	pace?: number;
	/** A fault instead of, or in the middle of, the reply. */
	fault?: Fault;
};

export type Fault =
	| { kind: "status"; status: number; body: unknown; headers?: Record<string, string> }
	| { kind: "in-stream"; after: number; code: number; message: string }
	| { kind: "cut"; after: number }
	| { kind: "silence"; after: number }
	| { kind: "no-finish" }
	| { kind: "reset" };

export type Body = {
	model?: string;
	messages: { role: string; content: string | null; tool_calls?: unknown[] }[];
	tools?: { function: { name: string } }[];
	stream?: boolean;
	stream_options?: { include_usage?: boolean };
	max_tokens?: number;
	[key: string]: unknown;
};

/** Decides the reply to one request; deterministic, so that a run can be repeated. */
export type Policy = (body: Body) => StandInReply;
