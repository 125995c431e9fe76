import type { Outcome } from "./event";
import type { LineMarks } from "./line-marks";
import type { RedactionCounts, RedactionRules } from "./redact";
import type { RedactionKind } from "./redaction-kinds";
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

/** Where something was taken out: in the title and the other short texts, the report, a source, a page, before a call. */
export type SnapshotPlace = { part: "head" | "report" } | { part: "source" | "page" | "call"; n: number };

/** One thing that is taken out: how it read, cut to 200 characters, what stands there, how often, and where first. */
export type RemovedExample = { text: string; marker: string; times: number; place: SnapshotPlace };

/** What would leave the machine, and what would not. `bytes` counts snapshot and parts as UTF-8 before packing. */
export type PublishPreview = {
	counts: RedactionCounts;
	/** Up to 50 of each kind, in the order they were met. */
	examples: Record<RedactionKind, RemovedExample[]>;
	bytes: number;
	/** Calls whose steps go along. */
	calls: number;
	/** Pages whose text goes along. */
	pages: number;
	/** False while the run goes on: what comes later is not in the snapshot. */
	isOver: boolean;
};
