import type { AgentEvent, AgentEventOf, ToolCall } from "./event";
import type { Retention, RunSettings } from "./settings";

/** What replaces a masked tool result (upstream's literal: MiroThinker's models know it). */
export const OMITTED = "Tool result is omitted to save tokens.";

type ResultPart = { callId: string; name: string; text: string };

/**
 * A message of the run, before a protocol puts it on the wire. `turn` is the turn that made it; a rolled-back turn's
 * messages leave. `results` is one message a turn, however many calls it had (decision D5).
 */
export type Message =
	| { role: "system"; content: string }
	| { role: "user"; kind: "task" | "answer" | "failure_summary"; content: string }
	| { role: "user"; kind: "results"; turn: number; results: readonly ResultPart[]; appended?: string }
	| {
			role: "assistant";
			turn: number;
			content: string;
			reasoning?: string;
			calls: readonly ToolCall[];
			prefill?: true;
	  };
