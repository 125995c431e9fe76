"use client";
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { FindField } from "@/components/run/find-field";
import { FindNote } from "@/components/run/find-note";
import type { Look } from "@/components/run/look-query";
import type { RunTab } from "@/components/run/place";
import { Pane, PanePlace, RunPanes } from "@/components/run/run-panes";
import { type RunSlots, RunSlotsContext } from "@/components/run/run-slots";
import { RunStore } from "@/components/run/run-store";
import { RunTabs } from "@/components/run/run-tabs";
import { useRowCursor } from "@/components/run/use-cursor";
import { LookProvider } from "@/components/run/use-look";
import { RunDeskContext } from "@/components/run/use-run";
import { type OpenedSource, RunPageProvider, type RunPageState } from "@/components/run/use-run-page";
import { CommandDeskContext, useCommandDesk } from "@/components/shell/use-commands";
import type { RunSummary, SlimEvent } from "@/lib/trajectory/packet";
import type { Snapshot } from "@/lib/trajectory/snapshot";
import { type ReadBodies, sharedFind } from "./shared-find";
import { SharedHead } from "./shared-head";
import { Inspector, MetricsTab, SourceReader, SourcesTab } from "./shared-panes";
import { type ReadPart, sharedReading } from "./shared-reading";
import { SharedReport } from "./shared-report";
import { SharedSources } from "./shared-sources";

const TABS: readonly RunTab[] = ["report", "timeline", "sources", "metrics"];
const WHOLE: Look = { filter: { chips: [] }, find: "", isGrouped: false, isPastOpen: false };

const ROW_SLOTS: RunSlots = { find: <FindField />, findNote: <FindNote /> };

type SharedRunProps = {
	snapshot: Snapshot;
	/** In order, from 1 on; may come later than the rest, and grow. */
	events: readonly SlimEvent[];
	readPart: ReadPart;
	readBodies: ReadBodies;
	/** Over the panes; says, say, that the events are on their way. */
	note?: ReactNode;
	/** The list below the report, where there is more to it than the addresses. */
	sources?: ReactNode;
};

/** A run as it was passed on: every step to be looked at and replayed, nothing to be changed. As high as its place. */
export function SharedRun({ snapshot, events, readPart, readBodies, note, sources }: SharedRunProps) {
	const [store] = useState(() => new RunStore(summaryOf(snapshot)));
	const desk = useMemo(() => ({ store, reading: sharedReading(() => store.events, readPart) }), [store, readPart]);
	const findInRun = useMemo(() => sharedFind(() => store.events, readBodies), [store, readBodies]);
	const commands = useCommandDesk(nothing);
	const [look, setLook] = useState(WHOLE);
	const [opened, setOpened] = useState<OpenedSource>();
	const openSource = useCallback(
		(url: string, claims: readonly string[] = []) => setOpened(url === "" ? undefined : { url, claims }),
		[],
	);
	useEffect(() => {
		const state = stateOf(snapshot);
		if (events.length > 0) store.take({ t: "events", runId: "", events: [...events], state, done: true });
	}, [store, events, snapshot]);
	return (
		<CommandDeskContext value={commands}>
			<RunDeskContext value={desk}>
				<CursorRoom store={store} openSource={openSource}>
					<LookProvider look={look} onLook={setLook} findInRun={findInRun}>
						<RunSlotsContext value={ROW_SLOTS}>
							<SharedPanes snapshot={snapshot} note={note} sources={sources ?? <SharedSources snapshot={snapshot} />} />
						</RunSlotsContext>
						<Suspense>
							<SourceReader opened={opened} onClose={() => setOpened(undefined)} />
						</Suspense>
					</LookProvider>
				</CursorRoom>
			</RunDeskContext>
		</CommandDeskContext>
	);
}

const nothing = (): void => undefined;

type RoomProps = { store: RunStore; openSource: RunPageState["openSource"]; children: ReactNode };

/** Holds the cursor: a step along the rows renders what follows it, not the page. */
function CursorRoom({ store, openSource, children }: RoomProps) {
	return (
		<RunPageProvider at={useRowCursor(store, { tab: "report" })} openSource={openSource}>
			{children}
		</RunPageProvider>
	);
}

function SharedPanes({ snapshot, note, sources }: Pick<SharedRunProps, "snapshot" | "note" | "sources">) {
	return (
		<RunPanes
			className="h-full"
			head={
				<>
					<header className="border-b border-line px-4 pt-3 desk:px-6">
						<SharedHead snapshot={snapshot} />
						<RunTabs tabs={TABS} />
					</header>
					{note}
				</>
			}
			inspector={(step) => <Inspector onStep={step} />}
		>
			<PanePlace tab="report">
				<div className="h-full desk:overflow-y-auto">
					<article data-print className="mx-auto max-w-[800px] px-4 pt-5 pb-16 desk:px-14 desk:pt-7 desk:pb-24">
						<SharedReport snapshot={snapshot} sources={sources} />
					</article>
				</div>
			</PanePlace>
			<Pane tab="sources">
				<SourcesTab />
			</Pane>
			<Pane tab="metrics">
				<MetricsTab />
			</Pane>
		</RunPanes>
	);
}

/** A run that still went on when it was taken stands still here. */
const stateOf = ({ outcome }: Snapshot) => (outcome ? "ended" : "paused");

/** What the parts of the run page ask of a run before its events are here. It has no name. */
function summaryOf(snapshot: Snapshot): RunSummary {
	const { title, question, preset, model, outcome, detail, calls, budget, turns, startedAt, endedAt, line } = snapshot;
	return {
		id: "",
		title,
		question,
		preset,
		model,
		answerMode: snapshot.report?.boxed === undefined ? "report" : "boxed",
		state: stateOf(snapshot),
		...(outcome && { outcome }),
		detail,
		calls,
		budget,
		turns,
		sources: snapshot.sources.length,
		createdAt: startedAt,
		...(endedAt !== undefined && { endedAt }),
		line,
		tags: [],
		archived: false,
		notes: 0,
	};
}
