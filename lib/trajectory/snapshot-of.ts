import type { RunEvent } from "./event";
import { bodyOf, type RunSummary, slim } from "./packet";
import { type RedactionRules, type Redactor, type Removed, redactor } from "./redact";
import { type Report, reportOf } from "./report";
import type { PublishScope, Snapshot, SnapshotPart, SnapshotPlace, SnapshotSource } from "./snapshot";
import { type PassedOn, passOn } from "./snapshot-events";
import type { SourceView } from "./source-view";
import { type RunView, viewOf } from "./view";

export type SnapshotMaking = {
	/** All events of the run, whole. */
	events: readonly RunEvent[];
	summary: RunSummary;
	/** The text of a stored page, by its hash; undefined when it was not kept. */
	pages(hash: string): string | undefined;
	scope: PublishScope;
	rules: RedactionRules;
	/** Epoch milliseconds. */
	takenAt: number;
	/** Hears of every place that was taken out. */
	onRemoved?(removed: Removed & { place: SnapshotPlace }): void;
};

export type MadeSnapshot = { snapshot: Snapshot; parts: Map<SnapshotPart, string> };

/** A run as it is passed on, frozen and redacted. Pure: the same run, rules and time give the same snapshot. */
export function snapshotOf(making: SnapshotMaking): MadeSnapshot {
	const { events, summary, scope, rules, takenAt, onRemoved } = making;
	let place: SnapshotPlace = { part: "head" };
	const taking = redactor(rules, (removed) => onRemoved?.({ ...removed, place }));
	const stand = (next: SnapshotPlace): void => {
		place = next;
	};
	const view = viewOf(events);
	const head = headOf(view, summary, taking);
	stand({ part: "report" });
	const report = reportOf(view);
	const shown = report && taking.value(withBoxed(report, view));
	const cited = report ? citedIn(report, view) : [];
	const desk: Desk = { making, taking, stand, view, numbers: new Map(), parts: new Map() };
	if (scope !== "report") for (const source of cited) numberPage(desk, source);
	const sources = scope === "report" ? [] : cited.map((source, at) => sourceOf(desk, source, at + 1));
	const passed = scope === "trajectory" ? addEvents(desk) : undefined;
	addPages(desk);
	const snapshot: Snapshot = {
		version: 1,
		scope,
		...head,
		takenAt,
		startedAt: view.startedAt,
		...(view.endedAt !== undefined && { endedAt: view.endedAt }),
		...(view.outcome !== undefined && { outcome: view.outcome }),
		calls: view.calls,
		budget: view.settings?.limits.calls ?? summary.budget,
		turns: view.turns,
		line: structuredClone(view.line),
		...(shown && { report: { ...shown, citations: citationsOf(shown, passed) } }),
		sources,
		redacted: taking.counts,
	};
	return { snapshot, parts: desk.parts };
}

type Desk = {
	making: SnapshotMaking;
	taking: Redactor;
	stand(place: SnapshotPlace): void;
	view: RunView;
	/** Numbers of the pages, by hash; a text that no page was kept of stands under the number of its event. */
	numbers: Map<string | number, number>;
	parts: Map<SnapshotPart, string>;
};

const headOf = (view: RunView, summary: RunSummary, { text }: Redactor) => ({
	title: text(summary.title),
	question: text(summary.question),
	detail: text(view.detail),
	preset: text(summary.preset),
	model: text(summary.model),
});

const withBoxed = (report: Report, { answer }: RunView): Report & { boxed?: string } => ({
	...report,
	...(answer?.boxed !== undefined && { boxed: answer.boxed }),
});

function citedIn(report: Report, { sources }: RunView): SourceView[] {
	return report.citations.flatMap(({ url }) => sources.get(url) ?? []);
}

/** A citation names the event that holds the text only where the events are passed on as well. */
const citationsOf = ({ citations }: Report, passed: PassedOn | undefined): Report["citations"] =>
	citations.map(({ openedSeq, ...citation }) => {
		const seq = openedSeq === undefined ? undefined : passed?.seqs.get(openedSeq);
		return { ...citation, ...(seq !== undefined && { openedSeq: seq }) };
	});

/** What the text of a source is kept under: its page, else the event that held what was read. */
const keyOf = ({ hash, openedSeq }: SourceView): string | number | undefined => hash ?? openedSeq;

const textOf = ({ making }: Desk, key: string | number): string | undefined => {
	if (typeof key === "string") return making.pages(key);
	const event = making.events.find(({ seq }) => seq === key);
	return event && bodyOf(event);
};

function numberPage(desk: Desk, source: SourceView): void {
	const key = keyOf(source);
	if (key !== undefined && !desk.numbers.has(key) && textOf(desk, key) !== undefined) {
		desk.numbers.set(key, desk.numbers.size + 1);
	}
}

function sourceOf({ taking, stand, numbers }: Desk, source: SourceView, n: number): SnapshotSource {
	stand({ part: "source", n });
	const key = keyOf(source);
	const page = key === undefined ? undefined : numbers.get(key);
	return {
		n,
		url: taking.text(source.url),
		title: taking.text(source.title),
		...(source.date !== undefined && { date: taking.text(source.date) }),
		...(source.query !== undefined && { query: taking.text(source.query) }),
		firstCall: source.firstCall,
		...(source.openedCall !== undefined && { openedCall: source.openedCall }),
		...(page !== undefined && { part: `page/${page}` as const }),
	};
}

/** The slim events, and beside them the whole texts of those that were cut after they were redacted. */
function addEvents(desk: Desk): PassedOn {
	const { making, taking, stand, numbers, parts } = desk;
	for (const event of making.events) {
		if (event.type !== "tool.returned") continue;
		for (const { hash } of event.sources) {
			if (hash !== undefined && !numbers.has(hash) && making.pages(hash) !== undefined) {
				numbers.set(hash, numbers.size + 1);
			}
		}
	}
	const onCall = (n: number) => stand({ part: "call", n });
	const passed = passOn(making.events, { redactor: taking, numberOf: (hash) => numbers.get(hash), onCall });
	const cut = passed.events.map(slim);
	cut.forEach((event, at) => {
		const whole = passed.events[at];
		const body = event.cut === undefined || !whole ? undefined : bodyOf(whole);
		if (body !== undefined) parts.set(`body/${event.seq}`, body);
	});
	parts.set("events", JSON.stringify(cut));
	return passed;
}

function addPages(desk: Desk): void {
	for (const [key, n] of desk.numbers) {
		desk.stand({ part: "page", n });
		desk.parts.set(`page/${n}`, desk.taking.text(textOf(desk, key) ?? ""));
	}
}
