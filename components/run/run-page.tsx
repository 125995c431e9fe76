"use client";
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { CompareCommand } from "@/components/compare/compare-command";
import { ExportRoom } from "@/components/report/export-room";
import { OnceOpen } from "@/components/ui/once-open";
import type { Packet, RunSummary } from "@/lib/trajectory/packet";
import { ApprovalBar } from "./approval-bar";
import { FindField } from "./find-field";
import { useFirstRows } from "./first-rows";
import { ForkDeskRoom } from "./fork-desk";
import { GoToCall } from "./go-to-call";
import { Announcer, ConnectionNote, FindNote, Notifier } from "./lazy-beside";
import {
	ContextTab,
	fetchPanesWhenIdle,
	Inspector,
	MetricsTab,
	ReportTab,
	SourceReader,
	SourcesTab,
	SubAgent,
} from "./lazy-panes";
import type { Look } from "./look-query";
import { ParentLink, ParentTitle } from "./parent-link";
import { RUN_TABS, type RunPlace } from "./place";
import type { RunActions } from "./run-actions";
import { RunHeader } from "./run-header";
import { Pane, RunPanes } from "./run-panes";
import { type RunSlots, RunSlotsContext } from "./run-slots";
import { RunStore } from "./run-store";
import { RunTabs } from "./run-tabs";
import { SteerBar } from "./steer-bar";
import { useCursor } from "./use-cursor";
import { LookProvider } from "./use-look";
import { RunActionsContext, RunDeskContext } from "./use-run";
import { type OpenedSource, RunPageContext } from "./use-run-page";
import { useRunStream } from "./use-run-stream";
import { useTabCommands } from "./use-tab-commands";

type RunPageProps = {
	summary: RunSummary;
	place: RunPlace;
	look: Look;
	actions: RunActions;
	/** The beginning of the recorded past, sent along with the page. */
	opening?: ReadableStream<Packet>;
	seesImages: boolean;
};

const ROW_SLOTS: RunSlots = {
	find: <FindField />,
	findNote: (
		<Suspense>
			<FindNote />
		</Suspense>
	),
	parentLink: (row) => <ParentLink row={row} />,
	subAgent: (child) => (
		<Suspense fallback={<div className="mt-1 h-5" />}>
			<SubAgent child={child} />
		</Suspense>
	),
	parentTitle: (otherwise) => <ParentTitle otherwise={otherwise} />,
};

/** One run, live or finished: the line, the header, the panes and the inspector. */
export function RunPage({ summary, place, look: firstLook, actions, opening, seesImages }: RunPageProps) {
	const [store] = useState(() => new RunStore(summary));
	/** A later render of the page brings another one, which is not needed any more. */
	const [first] = useState(opening);
	const desk = useMemo(() => ({ store, reading: actions, seesImages }), [store, actions, seesImages]);
	const { connection, retry } = useRunStream(store, actions, first);
	const [look, setLook] = useState(firstLook);
	const cursor = useCursor(store, place, look);
	const [opened, setOpened] = useState<OpenedSource>();
	const openSource = useCallback(
		(url: string, claims: readonly string[] = []) => setOpened(url === "" ? undefined : { url, claims }),
		[],
	);
	useFirstRows(connection.kind === "lost" || connection.kind === "refused");
	const isSettled = connection.kind !== "opening";
	useEffect(() => (isSettled ? fetchPanesWhenIdle() : undefined), [isSettled]);
	const state = useMemo(() => ({ ...cursor, openSource }), [cursor, openSource]);
	return (
		<RunDeskContext value={desk}>
			<RunActionsContext value={actions}>
				<RunPageContext value={state}>
					<LookProvider look={look} onLook={setLook} findInRun={actions.findInRun}>
						<ForkDeskRoom>
							<ExportRoom>
								<RunSlotsContext value={ROW_SLOTS}>
									<Panes
										note={
											<Suspense>
												<ConnectionNote connection={connection} onRetry={retry} />
											</Suspense>
										}
									/>
								</RunSlotsContext>
							</ExportRoom>
						</ForkDeskRoom>
						<OnceOpen open={opened !== undefined}>
							<SourceReader opened={opened} onClose={() => setOpened(undefined)} />
						</OnceOpen>
						<GoToCall />
						<CompareCommand />
						<Suspense>
							<Announcer />
							<Notifier />
						</Suspense>
					</LookProvider>
				</RunPageContext>
			</RunActionsContext>
		</RunDeskContext>
	);
}

function TabCommands() {
	useTabCommands();
	return null;
}

/** The inspector's place, while its code is on the way. */
const inspectorPlace = <div className="hidden border-l border-line bg-surface desk:block" />;

function Panes({ note }: { note: ReactNode }) {
	return (
		<RunPanes
			className="h-[calc(100dvh-48px)]"
			head={
				<>
					<RunHeader>
						<RunTabs tabs={RUN_TABS} />
					</RunHeader>
					{note}
				</>
			}
			foot={
				<>
					<ApprovalBar />
					<SteerBar />
				</>
			}
			inspector={(step) => (
				<Suspense fallback={inspectorPlace}>
					<Inspector onStep={step} />
				</Suspense>
			)}
		>
			<TabCommands />
			<Pane tab="report">
				<ReportTab />
			</Pane>
			<Pane tab="sources">
				<SourcesTab />
			</Pane>
			<Pane tab="context">
				<ContextTab />
			</Pane>
			<Pane tab="metrics">
				<MetricsTab />
			</Pane>
		</RunPanes>
	);
}
