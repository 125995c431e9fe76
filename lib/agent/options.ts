import type { AgentEvent, LiveEvent } from "../trajectory/event";
import type { RunSettings } from "../trajectory/settings";
import type { Model } from "./model";
import type { Protocol } from "./protocol/protocol";
import type { RequestBuilder } from "./request";
import type { RequestHasher } from "./request-hash";
import type { Tool, ToolContext } from "./tool";

/** Which call of a run a tool works for. */
export type CallPlace = { turn: number; callId: string };

/** What a run needs of the installation; the runner joins it. */
export type AgentOptions = {
	runId: string;
	settings: RunSettings;
	model: Model;
	protocol: Protocol;
	tools: readonly Tool[];
	toolContext(progress: (text: string) => void, signal: AbortSignal, call: CallPlace): ToolContext;
	/** Receives what streams past and is never stored. Must not throw. */
	live(event: LiveEvent): void;
	/** What a person said since it was last asked; each is stored already. */
	heard(): AgentEvent[];
	/** True when a person wants the run to pause; it then stops before its next step. */
	pausing(): boolean;
	/** Milliseconds the run has worked, pauses and downtime left out. */
	elapsedMs(): number;
	/** Waits, or rejects with the signal's reason. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
	countTokens(text: string): number;
	signal: AbortSignal;
};

/** What lives as long as one execution of a run. */
export type RunTools = {
	protocol: Protocol;
	tools: ReadonlyMap<string, Tool>;
	builder: RequestBuilder;
	hasher: RequestHasher;
};
