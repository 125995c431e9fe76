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
	/** Sent in the place of the true counts; null: `"usage":null`. */
	usage?: Record<string, unknown> | null;
	/** Milliseconds the request waits in line: its headers are out, nothing else. */
	queueMs?: number;
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
	messages: {
		role: string;
		content: string | null;
		reasoning?: string;
		reasoning_content?: string;
		tool_calls?: unknown[];
	}[];
	tools?: { function: { name: string } }[];
	stream?: boolean;
	stream_options?: { include_usage?: boolean; continuous_usage_stats?: boolean };
	max_tokens?: number;
	[key: string]: unknown;
};

/** Decides the reply to one request; deterministic, so that a run can be repeated. */
export type Policy = (body: Body) => StandInReply;

export type StandInOptions = {
	policy: Policy;
	port?: number;
	model?: string;
	contextTokens?: number;
	/** Tokens a second; as fast as it can when absent. */
	pace?: number;
	apiKey?: string;
	withUsage?: boolean;
	/** Of vLLM, or "sglang": decides the names of the reasoning field and the words of errors. */
	version?: string;
	/** False: the chat template drops the thoughts of earlier turns, as Qwen's own does. */
	keepsThoughts?: boolean;
};

/** The version a server has when nobody chose one. */
export const NEWEST = "0.29.0";
