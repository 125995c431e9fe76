"use client";
import { memo, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { CompareCommand } from "@/components/compare/compare-command";
import { ExportRoom } from "@/components/report/export-room";
import { InBrowser } from "@/components/ui/in-browser";
import { OnceOpen } from "@/components/ui/once-open";
import type { FirstRows } from "@/lib/trajectory/first-rows";
import type { Packet, RunSummary } from "@/lib/trajectory/packet";
import { ApprovalBar } from "./approval-bar";
import { FindField } from "./find-field";
import { ForkCommand } from "./fork-command";
import { ForkDeskRoom } from "./fork-desk";
import { GoToCall } from "./go-to-call";
import { Announcer, FindNote, Notifier } from "./lazy-beside";
import { ContextTab, Inspector, MetricsTab, ReportTab, SourceReader, SourcesTab, SubAgent } from "./lazy-panes";
import type { Look } from "./look-query";
import { ParentLink, ParentTitle } from "./parent-link";
import { RUN_TABS, type RunPlace } from "./place";
import type { RunActions } from "./run-actions";
import { RunHeader } from "./run-header";
import { RunLine } from "./run-line";
import { Pane, RunPanes } from "./run-panes";
import { type RunSlots, RunSlotsContext } from "./run-slots";
import { RunStore } from "./run-store";
import { RunTabs } from "./run-tabs";
import { SteerBar } from "./steer-bar";
import { type OpenedAt, useCursor } from "./use-cursor";
import { LookProvider } from "./use-look";
import { RunActionsContext, RunDeskContext, useRunDesk } from "./use-run";
import { type OpenedSource, RunPageProvider, type RunPageState } from "./use-run-page";
import { useTabCommands } from "./use-tab-commands";

type RunPageProps = {
	summary: RunSummary;
	place: RunPlace;
	look: Look;
	actions: RunActions;
	/** The beginning of the recorded past, sent along with the page. */
	opening?: ReadableStream<Packet> | undefined;
	/** The rows around the place, of a run that is over: they stand there before its past has come. */
	first?: FirstRows | undefined;
	/** Whether runs were forked from this one: the line that says so comes later. */
	hasForks: boolean;
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
		<InBrowser place={<div className="mt-1 h-5" />}>
			<SubAgent child={child} />
		</InBrowser>
	),
	parentTitle: (otherwise) => <ParentTitle otherwise={otherwise} />,
};

/** One run, live or finished: the line, the header, the panes and the inspector. */
export function RunPage({
	summary,
	place,
	look: firstLook,
	actions,
	opening,
	first,
	hasForks,
	seesImages,
}: RunPageProps) {
	const [store] = useState(() => new RunStore(summary, first));
	/** A later render of the page brings another one, which is not needed any more. */
	const [past] = useState(opening);
	const desk = useMemo(() => ({ store, reading: actions, seesImages }), [store, actions, seesImages]);
	const [look, setLook] = useState(firstLook);
	const [opened, setOpened] = useState<OpenedSource>();
	const openSource = useCallback(
		(url: string, claims: readonly string[] = []) => setOpened(url === "" ? undefined : { url, claims }),
		[],
	);
	return (
		<RunDeskContext value={desk}>
			<RunActionsContext value={actions}>
				<CursorRoom opened={{ place, look, first }} openSource={openSource}>
					<LookProvider look={look} onLook={setLook} findInRun={actions.findInRun}>
						<ForkDeskRoom hasForks={hasForks}>
							<ExportRoom>
								<RunSlotsContext value={ROW_SLOTS}>
									<Panes opening={past} />
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
				</CursorRoom>
			</RunActionsContext>
		</RunDeskContext>
	);
}

type RoomProps = { opened: OpenedAt; openSource: RunPageState["openSource"]; children: ReactNode };

/** Holds the cursor: a step along the rows renders what follows it, not the page. */
function CursorRoom({ opened, openSource, children }: RoomProps) {
	const { store } = useRunDesk();
	return (
		<RunPageProvider at={useCursor(store, opened)} openSource={openSource}>
			{children}
		</RunPageProvider>
	);
}

function TabCommands() {
	useTabCommands();
	return null;
}

const Panes = memo(function Panes({ opening }: Pick<RunPageProps, "opening">) {
	return (
		<RunPanes
			className="h-[calc(100dvh-48px)]"
			head={
				<>
					<RunHeader>
						<RunTabs tabs={RUN_TABS} />
					</RunHeader>
					<RunLine opening={opening} />
				</>
			}
			foot={
				<>
					<ApprovalBar />
					<SteerBar />
				</>
			}
			inspector={(step) => <Inspector onStep={step} />}
		>
			<TabCommands />
			<ForkCommand />
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
});
