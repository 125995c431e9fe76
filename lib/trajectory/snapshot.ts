import type { Outcome } from "./event";
import type { LineMarks } from "./line-marks";
import type { RedactionCounts, RedactionKind, RedactionRules } from "./redact";
import type { Report } from "./report";

/** How much of a run is passed on: the report; with the cited pages as they were read; all steps, to be replayed. */
export const PUBLISH_SCOPES = ["report", "sources", "trajectory"] as const;
export type PublishScope = (typeof PUBLISH_SCOPES)[number];

/**
 * A run as it is passed on, frozen and redacted: what a share link shows and an offline page holds. It names no run,
 * no parent, no notes and no scores. Long texts are kept beside it, one by one (`SnapshotPart`). Times are epoch ms.
 */
export type Snapshot = {
	version: 1;
	scope: PublishScope;
	title: string;
	question: string;
	/** When the snapshot was taken. */
	takenAt: number;
	startedAt: number;
	/** Absent while the run still went on when it was taken. */
	endedAt?: number;
	outcome?: Outcome;
	/** Why the run ended, in plain words. */
	detail: string;
	preset: string;
	model: string;
	calls: number;
	budget: number;
	turns: number;
	line: LineMarks;
	/** Absent while there is no answer. */
	report?: Report & { boxed?: string };
	/** The cited sources in the order of their numbers; empty in the scope `report`. */
	sources: SnapshotSource[];
	redacted: RedactionCounts;
};

export type SnapshotSource = {
	n: number;
	url: string;
	title: string;
	date?: string;
	/** The query that first found it, and the calls that found and read it. */
	query?: string;
	firstCall: number;
	openedCall?: number;
	/** The part that holds the text as it was read; absent when none was kept. */
	part?: SnapshotPart;
};

/**
 * Names of the long texts of a snapshot, all redacted. `events`: the JSON of the slim events, numbered anew from 1 with
 * an empty `runId` (scope `trajectory`). `body/SEQ`: the whole text of an event that was cut. `page/N`: a page as it was
 * read; in the events of a snapshot a source's `hash` is its `N` as text.
 */
export type SnapshotPart = "events" | `body/${number}` | `page/${number}`;

/** What a person chose to pass on, and what is to be taken out of it. */
export type ShareChoice = { scope: PublishScope; rules: RedactionRules };

/** What would leave: how much, and what is taken out of it, with one example of each marker (the first `examples`). */
export type PublishPreview = {
	counts: RedactionCounts;
	examples: { kind: RedactionKind; text: string; marker: string }[];
	calls: number;
	/** Pages whose text goes along. */
	pages: number;
	chars: number;
	/** The run still goes on; what comes later is not in the snapshot. */
	isOpen: boolean;
};
