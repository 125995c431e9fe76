import type { AnswerTrace } from "@/lib/trajectory/answer-trace";
import type { ContextView } from "@/lib/trajectory/context-view";
import type { FindResult } from "@/lib/trajectory/find-hit";
import type { Packet, RunSummary } from "@/lib/trajectory/packet";
import type { Retention } from "@/lib/trajectory/settings";
import type { ForkActions } from "./fork-actions";
import type { ShareActions } from "./share-actions";

type Refused = { ok: false; error: string };
export type Done = { ok: true } | Refused;
/** A part of a long text; `next` is where the following part begins, absent at the end. `chars` is the whole length. */
export type TextPart = { ok: true; text: string; chars: number; next?: number } | Refused;

export type ContextResult = { ok: true; context: ContextView } | Refused;
type ContextQuery = { run: string; turn: number; retention?: Retention; whole?: boolean };

/** What looking at a run asks for. A run that is passed on answers it from its snapshot. */
export type RunReading = {
	/** The whole text of an event, 100,000 characters a part. */
	readBody(runId: string, seq: number, from?: number): Promise<TextPart>;
	/** Where the short answer could first be read; without `trace` the run has none. */
	readAnswerTrace(runId: string): Promise<{ ok: true; trace?: AnswerTrace } | Refused>;
	/** A page as it was read, by the hash a source carries. */
	readSource(runId: string, hash: string, from?: number): Promise<TextPart>;
};

/** What a run holds of a phrase. */
export type FindInRun = (runId: string, text: string) => Promise<{ ok: true; found: FindResult } | Refused>;

/** The server actions of the run page, handed down by the page. */
export type RunActions = ForkActions &
	ShareActions &
	RunReading & {
		/** The one stream of the page; with a run it is subscribed at once, which saves a round trip. */
		openStream(
			viewerId: string,
			runId?: string,
			afterSeq?: number,
		): Promise<{ ok: true; stream: ReadableStream<Packet> } | Refused>;
		subscribe(viewerId: string, runId: string, afterSeq: number): Promise<Done>;
		unsubscribe(viewerId: string, runId: string): Promise<Done>;
		closeStream(viewerId: string): Promise<Done>;
		/** The head of another run: that of a sub-agent whose steps are looked at in place. */
		readRun(runId: string): Promise<{ ok: true; summary: RunSummary } | Refused>;
		stopRun(runId: string): Promise<Done>;
		/** What the model saw at a turn; under `retention`, what it would have seen. */
		readContext(query: ContextQuery): Promise<ContextResult>;
		/** The n-th message of that request, exactly as sent. */
		readContextText(query: ContextQuery & { n: number; from?: number }): Promise<TextPart>;
		findInRun: FindInRun;
	};
